"""Sending whole answers, and the line that is logged of a request."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from serving.context import Headers
from serving.errors import error_body, reason_of, status_of

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
JSON = (b"content-type", b"application/json")

log = logging.getLogger("serving")


async def refuse(send: Send, error: Exception, *headers: tuple[bytes, bytes]) -> int:
    """Answers an error; returns the bytes of the body."""
    content = error_body(error)
    await send_whole(send, status_of(error), [JSON, *headers], content)
    return len(content)


async def send_json(send: Send, value: Any) -> None:
    await send_whole(send, 200, [JSON], json.dumps(value, ensure_ascii=False).encode())


async def send_whole(send: Send, status: int, headers: list[tuple[bytes, bytes]], content: bytes) -> None:
    headers.append((b"content-length", b"%d" % len(content)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def log_request(
    headers: Headers, status: int, seconds: float, request_bytes: int, response_bytes: int, error: Exception | None
) -> None:
    """One line for a request; the traceback goes with faults of the server, never the payload."""
    fields: dict[str, Any] = {
        "inference_id": headers.get("x-amzn-sagemaker-inference-id"),
        "status": status,
        "ms": round(seconds * 1000, 3),
        "request_bytes": request_bytes,
        "response_bytes": response_bytes,
    }
    target = headers.get("x-amzn-sagemaker-target-model")
    if target is not None:
        fields["target_model"] = target
    if error is None:
        log.info("answered", extra=fields)
    elif 400 <= status < 500:
        log.info("refused: %s", reason_of(error), extra=fields)
    else:
        log.error("failed: %s", reason_of(error), extra=fields, exc_info=error)
