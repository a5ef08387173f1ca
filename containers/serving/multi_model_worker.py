"""One process that loads and unloads models as it is asked to, and serves them."""

import logging
import os
import signal
import socket
from pathlib import Path

import uvloop

from serving.errors import reason_of
from serving.handler import Handler, HandlerError, import_handler
from serving.http_server import http_server
from serving.lifecycle import LOAD_FAILED, STOPPED, STUCK, Stopped
from serving.loaded_models import LoadedModels
from serving.memory_budget import MemoryBudget, in_mib
from serving.multi_model_app import MultiModelApp
from serving.remembered_models import remember, remembered
from serving.settings import Settings
from serving.worker import stop_loading

log = logging.getLogger("serving")


def run_multi_model_worker(settings: Settings, bound: socket.socket) -> int:
    """Serves on the socket until a signal or a hanging handler; returns the exit status.

    A process that replaces another one loads that one's models first, and refuses connections until it has.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop_loading)
    # Each model's thread would have a team of threads of its own in libraries that use OpenMP; as in Multi Model Server.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folders = remembered()
    handler = handler_of(settings)
    if handler is None:
        return LOAD_FAILED
    stuck = False

    def stop_for_replacement(where: str) -> None:
        nonlocal stuck
        stuck = server.should_exit = True
        log.error("the handler hangs, and this worker will be replaced; it is at\n%s", where)

    models = LoadedModels(handler, MemoryBudget(settings.memory_budget), settings, stop_for_replacement)
    server = http_server(MultiModelApp(models, settings))

    async def serve() -> None:
        while folders and not stuck:
            name, folder = folders.popitem()
            try:
                await models.load(name, Path(folder))
            except Exception as error:
                log.error("a model of the replaced worker is not loaded again: %s", reason_of(error))
        budget = in_mib(settings.memory_budget)
        log.info("serving on %s:%d; all models may take the server to %s", settings.host, settings.port, budget)
        await server.serve(sockets=[bound])

    uvloop.run(serve())
    if stuck:
        remember({**folders, **models.folders()})
    return STUCK if stuck else STOPPED


def handler_of(settings: Settings) -> Handler | None:
    """The handler, or nothing when it is of no use; the log says why."""
    try:
        return import_handler(settings.handler_folder, settings.program)
    except Stopped:
        raise
    except HandlerError as error:
        log.error("cannot serve: %s", error)
    except BaseException as error:  # sys.exit() in a handler included
        log.error("cannot import the handler: %s: %s", type(error).__name__, error, exc_info=error)
    return None
