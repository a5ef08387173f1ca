"""`python -m serving [serve]`: serves the handler folder that the environment names (see settings.py)."""

import logging
import os
import socket
import sys

from serving.lifecycle import STUCK, UNUSABLE
from serving.log import start_logging
from serving.settings import Settings, SettingsError, read_settings
from serving.supervisor import Supervisor
from serving.worker import run_worker

log = logging.getLogger("serving")


def main(arguments: list[str]) -> int:
    """Runs until a signal; returns the exit status."""
    if arguments not in ([], ["serve"]):
        print(f"usage: python -m serving [serve], not {' '.join(arguments)!r}", file=sys.stderr)
        return UNUSABLE
    start_logging(logging.INFO)
    try:
        settings = read_settings(os.environ)
        bound = bind(settings)
    except (SettingsError, OSError) as error:
        log.error("cannot start: %s", error)
        return UNUSABLE
    start_logging(settings.log_level)
    if settings.workers > 1:
        return Supervisor(settings, bound).run()
    status = run_worker(settings, bound, on_ready=lambda: None)
    if status == STUCK:
        # A thread cannot be stopped, but a process can become a new one, in place: the container goes on.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return status


def bind(settings: Settings) -> socket.socket:
    """A socket with the address, which is not listening yet."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((settings.host, settings.port))
    except OSError as error:
        bound.close()
        raise OSError(f"port {settings.port} of {settings.host} cannot be used: {error.strerror}") from error
    return bound


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
