"""One process that loads the model and serves it."""

import asyncio
import logging
import signal
import socket
import time
from collections.abc import Callable

import uvloop

from serving.app import App
from serving.handler import HandlerError, import_handler
from serving.handler_thread import HandlerThread
from serving.http_server import http_server
from serving.inline_handler import InlineHandler
from serving.lifecycle import LOAD_FAILED, STOPPED, STUCK, Stopped
from serving.model import Model
from serving.settings import Settings

log = logging.getLogger("serving")


def stop_loading(*_: object) -> None:
    raise Stopped


def run_worker(settings: Settings, bound: socket.socket, on_ready: Callable[[], object]) -> int:
    """Loads the model, then serves it on the socket until a signal or a hanging handler; returns the exit status.

    The socket is bound and not yet listening: connections are refused until the model is loaded.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        # Ends the process while it loads. Later uvicorn takes the signals, and raises them again when all is stopped.
        signal.signal(number, stop_loading)
    started = time.monotonic()
    stuck = False

    def load() -> Model:
        handler = import_handler(settings.handler_folder, settings.program)
        return Model(handler, settings.model_folder, settings.default_accept)

    def stop_for_replacement(where: str) -> None:
        nonlocal stuck
        stuck = server.should_exit = True
        log.error("the handler hangs, and this worker will be replaced; it is at\n%s", where)

    thread = InlineHandler(load) if settings.inline else HandlerThread(load, settings.timeout_s, stop_for_replacement)
    try:
        model = thread.loaded.result()
    except HandlerError as error:
        log.error("cannot serve: %s", error)
        return LOAD_FAILED
    except BaseException as error:
        if thread.loaded.done():
            log.error("cannot load the model: %s: %s", type(error).__name__, error, exc_info=error)
            return LOAD_FAILED
        raise

    server = http_server(App(model, thread, settings))

    async def serve() -> None:
        thread.attach(asyncio.get_running_loop())
        log.info("serving on %s:%d, loaded in %.2f s", settings.host, settings.port, time.monotonic() - started)
        on_ready()
        await server.serve(sockets=[bound])

    uvloop.run(serve())
    return STUCK if stuck else STOPPED
