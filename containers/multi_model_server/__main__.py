"""`python -m multi_model_server [serve]`: serves the handler folder the environment names (../serving/settings.py).

Stays in the foreground: SIGTERM and SIGINT end the Java server and its Python workers, and the one model that does not
load ends all with status 1, which Multi Model Server by itself does not do.
"""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from multi_model_server.handler_service import LOADED
from multi_model_server.java_server import start_java
from multi_model_server.refused_models import RefusedModels
from serving.lifecycle import LOAD_FAILED, STOP_S, STOPPED, UNUSABLE
from serving.log import start_logging
from serving.settings import Settings, SettingsError, read_settings

MOST_PORT = 32_766
"""Multi Model Server refuses a higher one as invalid."""
LOOK_EVERY_S = 0.05
PR_SET_CHILD_SUBREAPER = 36

log = logging.getLogger("serving")


def main(arguments: list[str]) -> int:
    """Runs until a signal; returns the exit status."""
    if arguments not in ([], ["serve"]):
        print(f"usage: python -m multi_model_server [serve], not {' '.join(arguments)!r}", file=sys.stderr)
        return UNUSABLE
    start_logging(logging.INFO)
    try:
        settings = read_settings(os.environ)
        if settings.port > MOST_PORT:
            raise SettingsError(
                f"SAGEMAKER_BIND_TO_PORT is {settings.port}; Multi Model Server takes ports up to {MOST_PORT}"
            )
    except SettingsError as error:
        log.error("cannot start: %s", error)
        return UNUSABLE
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(STOPPED))
    with tempfile.TemporaryDirectory(prefix="mms-", ignore_cleanup_errors=True) as folder:
        return serve(settings, Path(folder))


def serve(settings: Settings, folder: Path) -> int:
    java = start_java(settings, folder)
    try:
        if settings.multi_model:
            return watch_models(java, RefusedModels(folder / "refused", settings))
        return watch(java, folder / "state", settings)
    finally:
        end_group(java)


def watch(java: "subprocess.Popen[bytes]", state: Path, settings: Settings) -> int:
    """Returns the exit status when the server ends by itself, or its model has not been loaded in time."""
    deadline = time.monotonic() + settings.timeout_s
    loaded = False
    while java.poll() is None:
        if not loaded:
            said = state.read_text() if state.exists() else ""
            loaded = said == LOADED
            if said not in ("", LOADED):
                log.error("cannot load the model: %s", said)
                return LOAD_FAILED
            if not loaded and time.monotonic() > deadline:
                log.error("the model was not loaded within SAGEMAKER_MODEL_SERVER_TIMEOUT, %g s", settings.timeout_s)
                return LOAD_FAILED
        time.sleep(LOOK_EVERY_S)
    return ended_by_itself(java)


def watch_models(java: "subprocess.Popen[bytes]", refused: RefusedModels) -> int:
    """Returns the exit status when the server ends by itself; models come and go."""
    adopt_orphans()
    while java.poll() is None:
        refused.look()
        reap_orphans(java)
        time.sleep(LOOK_EVERY_S)
    return ended_by_itself(java)


def adopt_orphans() -> None:
    """Makes this process the parent of workers whose own has ended, as it is in a container anyway."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans(java: "subprocess.Popen[bytes]") -> None:
    """Lets workers of unloaded models go that have ended; Multi Model Server leaves them to whoever adopts them."""
    while True:
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None or ended.si_pid == java.pid:  # that one is for poll()
            return
        os.waitpid(ended.si_pid, 0)


def ended_by_itself(java: "subprocess.Popen[bytes]") -> int:
    log.error("Multi Model Server ended by itself with status %d", java.returncode)
    return java.returncode if java.returncode > 0 else LOAD_FAILED


def end_group(java: "subprocess.Popen[bytes]") -> None:
    """Stops Java, which breaks off requests in flight, and then its Python workers, which it leaves behind."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        java.terminate()
        java.wait(STOP_S)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(java.pid, signal.SIGKILL)
    java.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
