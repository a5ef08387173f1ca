"""`python -m serving [serve]`: serves the handler folder that the environment names (see settings.py)."""

import logging
import os
import socket
import sys

from serving.lifecycle import STUCK, UNUSABLE
from serving.log import start_logging
from serving.multi_model_worker import run_multi_model_worker
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
        if settings.multi_model:
            refuse_for_many_models(settings)
        bound = bind(settings)
    except (SettingsError, OSError) as error:
        log.error("cannot start: %s", error)
        return UNUSABLE
    start_logging(settings.log_level)
    if settings.workers > 1:
        return Supervisor(settings, bound).run()
    if settings.multi_model:
        status = run_multi_model_worker(settings, bound)
    else:
        status = run_worker(settings, bound, on_ready=lambda: None)
    if status == STUCK:
        # A thread cannot be stopped, but a process can become a new one, in place: the container goes on.
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return status


def refuse_for_many_models(settings: Settings) -> None:
    """:raises SettingsError: naming what only a server of one model can do"""
    problems = []
    if settings.workers > 1:
        problems.append(
            f"SAGEMAKER_MODEL_SERVER_WORKERS is {settings.workers}, and many models have one process, with a thread for"
            " each: another worker would not have the models that this one loads"
        )
    if settings.inline:
        problems.append("SERVING_INLINE is true, and a load in the event loop would keep all other models waiting")
    if problems:
        raise SettingsError(f"SAGEMAKER_MULTI_MODEL is true: {'; '.join(problems)}")


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
