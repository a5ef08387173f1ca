"""Invocations: a request's body to the handler, and its answer back, whole or in parts."""

import asyncio
import contextlib
import time
from collections.abc import Iterator

from serving.context import Headers
from serving.errors import refusal, status_of
from serving.handler_thread import HandlerThread
from serving.http_answer import Receive, Send, log_request, refuse, send_whole
from serving.inline_handler import InlineHandler
from serving.model import Answer, Model
from serving.settings import Settings

Caller = HandlerThread[Model] | InlineHandler[Model]
END = object()


class ClientGone(Exception):
    """The client closed the connection before its request was whole."""


class Invocations:
    """Answers requests to models, within a server's limits."""

    def __init__(self, settings: Settings) -> None:
        self._max_request_bytes = settings.max_request_bytes
        self._access_log = settings.access_log

    async def answer(self, model: Model, thread: Caller, headers: Headers, receive: Receive, send: Send) -> None:
        """Answers one request by a model, whose handler runs where `thread` calls it."""
        started = time.monotonic()
        request_bytes = response_bytes = 0
        error: Exception | None = None
        try:
            body = await read_body(headers, receive, self._max_request_bytes)
            request_bytes = len(body)
            answer: Answer = await thread.run(model.answer, body, headers)
            status = answer.status
            if isinstance(answer.body, bytes):
                response_bytes = len(answer.body)
                await send_whole(send, status, answer.headers, answer.body)
            else:
                error, response_bytes = await stream(thread, answer, answer.body, receive, send)
        except ClientGone:
            return
        except Exception as raised:
            error = raised
            status = status_of(raised)
            response_bytes = await refuse(send, raised)
        if error is not None or self._access_log:
            log_request(headers, status, time.monotonic() - started, request_bytes, response_bytes, error)


async def read_body(headers: Headers, receive: Receive, limit: int) -> bytes:
    """The body of a request, of at most `limit` bytes.

    :raises GenericInferenceToolkitError: 413 for a larger one
    :raises ClientGone:
    """
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


async def stream(
    thread: Caller, answer: Answer, parts: Iterator[bytes | str], receive: Receive, send: Send
) -> tuple[Exception | None, int]:
    """Sends the parts as they are made, and returns what ended them early and the bytes sent.

    Each part is a call of its own, made when the client has taken the last one: a slow client keeps nobody waiting,
    and other requests are answered between two parts. An error before the first part is raised, so that it is
    answered as such; after it only breaking the connection off tells the client.
    """
    sent = 0
    gone = asyncio.ensure_future(receive())
    try:
        part = await thread.run(next, parts, END)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        try:
            while part is not END and not gone.done():
                data = part.encode() if isinstance(part, str) else part
                await send({"type": "http.response.body", "body": data, "more_body": True})
                sent += len(data)
                await asyncio.sleep(0)  # others have their turn, wherever the handler runs
                part = await thread.run(next, parts, END)
        except Exception as error:
            return error, sent
        await send({"type": "http.response.body", "body": b""})
        return None, sent
    finally:
        gone.cancel()
        if hasattr(parts, "close"):
            with contextlib.suppress(Exception):  # its end has no effect on the answer any more
                await thread.run(parts.close)
