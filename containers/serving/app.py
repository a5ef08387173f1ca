"""The HTTP side: GET /ping and POST /invocations."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from serving.context import Headers
from serving.errors import error_body, reason_of, refusal, status_of
from serving.handler_thread import HandlerThread
from serving.inline_handler import InlineHandler
from serving.model import Answer, Model
from serving.settings import Settings

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
METHODS = {"/ping": "GET", "/invocations": "POST"}
END = object()

log = logging.getLogger("serving")


class ClientGone(Exception):
    """The client closed the connection before its request was whole."""


class App:
    """An ASGI application. Without a framework: at this rate of requests one costs more than all else."""

    def __init__(self, model: Model, thread: HandlerThread[Model] | InlineHandler[Model], settings: Settings) -> None:
        self._model = model
        self._thread = thread
        self._settings = settings

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
            await self._invoke(Headers(scope["headers"]), receive, send)

    async def _invoke(self, headers: Headers, receive: Receive, send: Send) -> None:
        started = time.monotonic()
        request_bytes = response_bytes = 0
        error: Exception | None = None
        try:
            body = await self._read_body(headers, receive)
            request_bytes = len(body)
            answer: Answer = await self._thread.run(self._model.answer, body, headers)
            status = answer.status
            if isinstance(answer.body, bytes):
                response_bytes = len(answer.body)
                await send_whole(send, status, answer.headers, answer.body)
            else:
                error, response_bytes = await self._stream(answer, answer.body, receive, send)
        except ClientGone:
            return
        except Exception as raised:
            error = raised
            status = status_of(raised)
            response_bytes = await refuse(send, raised)
        if error is not None or self._settings.access_log:
            log_request(headers, status, time.monotonic() - started, request_bytes, response_bytes, error)

    async def _read_body(self, headers: Headers, receive: Receive) -> bytes:
        limit = self._settings.max_request_bytes
        length = headers.get("content-length")
        if length is not None and int(length) > limit:  # the HTTP parser has refused what is no number
            raise refusal(413, f"the body has {length} bytes; at most {limit} are accepted")
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > limit:
                raise refusal(413, f"the body has {size} bytes or more; at most {limit} are accepted")
            if not message.get("more_body", False):
                return b"".join([*parts, part]) if parts else part
            parts.append(part)

    async def _stream(
        self, answer: Answer, parts: Iterator[bytes | str], receive: Receive, send: Send
    ) -> tuple[Exception | None, int]:
        """Sends the parts as they are made, and returns what ended them early and the bytes sent.

        Each part is a call of its own, made when the client has taken the last one: a slow client keeps nobody waiting,
        and other requests are answered between two parts. An error before the first part is raised, so that it is
        answered as such; after it only breaking the connection off tells the client.
        """
        sent = 0
        gone = asyncio.ensure_future(receive())
        try:
            part = await self._thread.run(next, parts, END)
            await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
            try:
                while part is not END and not gone.done():
                    data = part.encode() if isinstance(part, str) else part
                    await send({"type": "http.response.body", "body": data, "more_body": True})
                    sent += len(data)
                    await asyncio.sleep(0)  # others have their turn, wherever the handler runs
                    part = await self._thread.run(next, parts, END)
            except Exception as error:
                return error, sent
            await send({"type": "http.response.body", "body": b""})
            return None, sent
        finally:
            gone.cancel()
            if hasattr(parts, "close"):
                with contextlib.suppress(Exception):  # its end has no effect on the answer any more
                    await self._thread.run(parts.close)


async def refuse(send: Send, error: Exception, *headers: tuple[bytes, bytes]) -> int:
    """Answers an error; returns the bytes of the body."""
    content = error_body(error)
    await send_whole(send, status_of(error), [(b"content-type", b"application/json"), *headers], content)
    return len(content)


async def send_whole(send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> None:
    headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def log_request(
    headers: Headers, status: int, seconds: float, request_bytes: int, response_bytes: int, error: Exception | None
) -> None:
    """One line for a request; the traceback goes with faults of the server, never the payload."""
    fields = {
        "inference_id": headers.get("x-amzn-sagemaker-inference-id"),
        "status": status,
        "ms": round(seconds * 1000, 3),
        "request_bytes": request_bytes,
        "response_bytes": response_bytes,
    }
    if error is None:
        log.info("answered", extra=fields)
    elif 400 <= status < 500:
        log.info("refused: %s", reason_of(error), extra=fields)
    else:
        log.error("failed: %s", reason_of(error), extra=fields, exc_info=error)
