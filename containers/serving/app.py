"""The HTTP side of a server of one model: GET /ping and POST /invocations."""

from serving.context import Headers
from serving.errors import refusal
from serving.http_answer import Message, Receive, Send, refuse, send_whole
from serving.invocations import Caller, Invocations
from serving.model import Model
from serving.settings import Settings

METHODS = {"/ping": "GET", "/invocations": "POST"}


class App:
    """An ASGI application. Without a framework: at this rate of requests one costs more than all else."""

    def __init__(self, model: Model, thread: Caller, settings: Settings) -> None:
        self._model = model
        self._thread = thread
        self._answer = Invocations(settings).answer

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["path"]
        method = METHODS.get(path)
        if method is None:
            await refuse(send, refusal(404, f"{path} is not a path of this server: {', '.join(METHODS)} are"))
        elif scope["method"] != method:
            error = refusal(405, f"{path} takes {method}, not {scope['method']}")
            await refuse(send, error, (b"allow", method.encode()))
        elif path == "/ping":
            await send_whole(send, 503 if self._thread.stuck else 200, [], b"")
        else:
            await self._answer(self._model, self._thread, Headers(scope["headers"]), receive, send)
