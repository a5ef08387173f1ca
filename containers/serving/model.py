"""A loaded model and the answering of one request with it."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from serving.context import Context, Headers
from serving.default_functions import ANY_TYPE, TEXT_TYPES, answered_type
from serving.errors import refusal
from serving.handler import Handler

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


@dataclass(slots=True)
class Answer:
    """A response: its body is whole, or an iterator whose parts are sent as they are made."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes | Iterator[bytes | str]


class Model:
    """One artifact loaded by a handler. One thread uses it: handlers may count on that, as in Multi Model Server."""

    def __init__(self, handler: Handler, folder: Path, default_accept: str, name: str = "model") -> None:
        """Loads the model; raises what the handler's functions raise."""
        self._handler = handler
        self._default_accept = default_accept
        self._properties = {
            "model_name": name,
            "model_dir": str(folder),
            "gpu_id": None,
            "batch_size": 1,
            "server_name": "serving",
        }
        self._value = handler.load(str(folder), Context(self._properties, Headers(())))

    def unload(self) -> None:
        """Lets go of what was loaded. To be called like `answer`, which must not be called after it."""
        self._value = None

    def answer(self, body: bytes, headers: Headers) -> Answer:
        """Answers one request; raises what the handler's functions raise."""
        content_type = headers.get("content-type")
        accept = headers.get("accept")
        if accept is None or accept == ANY_TYPE or accept == "":
            accept = self._default_accept
        context = Context(self._properties, headers)
        data = decode_text(body) if content_type in TEXT_TYPES else body
        result = self._handler.transform(self._value, data, content_type, accept, context)

        content, kind = content_of(result, accept, self._default_accept)
        processor = context.request_processor[0]
        processor.add_response_property("content-type", kind)
        headers_out = [header_bytes(name, value) for name, value in processor.get_response_headers().items()]
        return Answer(processor.get_response_status_code(), headers_out, content)


@lru_cache
def header_bytes(name: str, value: str) -> tuple[bytes, bytes]:
    """The header as it is sent. Cached, as nearly all answers have the same."""
    if HEADER_NAME.fullmatch(name) is None or HEADER_VALUE.fullmatch(value) is None:
        raise ValueError(f"{name!r}: {value!r} is not an HTTP header: one line of Latin-1 characters is accepted")
    return name.encode("latin-1"), value.encode("latin-1")


def decode_text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise refusal(400, f"the body is not UTF-8: {error}") from error


def content_of(result: Any, accept: str, default_accept: str) -> tuple[bytes | Iterator[bytes | str], str]:
    """What a handler returned, `(body, content type)` or only a body, as what can be sent and its type."""
    content, kind = result if isinstance(result, tuple) else (result, answered_type(accept, default_accept))
    if isinstance(content, (bytes, Iterator)):
        return content, kind
    if isinstance(content, str):
        return content.encode(), kind
    if isinstance(content, (bytearray, memoryview)):
        return bytes(content), kind
    if inspect.iscoroutine(content):
        content.close()
    raise TypeError(
        f"the handler returned {type(content).__name__} for {kind}: bytes, str or an iterator of them is accepted"
    )
