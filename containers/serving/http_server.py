"""The HTTP server around an application."""

from collections.abc import Awaitable, Callable

import uvicorn

from serving.http_answer import Message, Receive, Send
from serving.lifecycle import STOP_S

KEEP_ALIVE_S = 300
"""Seconds an idle connection stays open: longer than any client's pool keeps it, so that none meets a closed one."""
BACKLOG = 2048


def http_server(app: Callable[[Message, Receive, Send], Awaitable[None]]) -> uvicorn.Server:
    """The server, which stops in order when its `should_exit` is set or a signal comes."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            date_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=STOP_S,
        )
    )
