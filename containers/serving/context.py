"""What a handler function with a trailing `context` argument is given, under the names of Multi Model Server."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class Headers(Mapping[str, str]):
    """Request headers, found by a name in any case; decoded when they are read."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        """Takes pairs of lower-case name and value, as ASGI has them."""
        self._raw = dict(raw)

    def __getitem__(self, name: str) -> str:
        return self._raw[name.lower().encode("latin-1")].decode("latin-1")

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self._raw)

    def __len__(self) -> int:
        return len(self._raw)


class RequestProcessor:
    """One request's headers, and the status and headers of its answer."""

    def __init__(self, headers: Headers) -> None:
        self._request_headers = headers
        self._response_headers: dict[str, str] = {}
        self._status = 200

    def get_request_property(self, key: str) -> str | None:
        return self._request_headers.get(key)

    def get_request_properties(self) -> Headers:
        return self._request_headers

    def add_response_property(self, key: str, value: str) -> None:
        self._response_headers[key.lower()] = value

    def get_response_header(self, key: str) -> str | None:
        return self._response_headers.get(key.lower())

    def get_response_headers(self) -> dict[str, str]:
        return self._response_headers

    def report_status(self, code: int, reason_phrase: str | None = None) -> None:
        """Sets the answer's status. The phrase is taken for the sake of old handlers, and not sent."""
        self._status = code

    def get_response_status_code(self) -> int:
        return self._status


class Context:
    """The model's folder, and the request being answered: always number 0, as requests are not batched."""

    def __init__(self, system_properties: dict[str, Any], headers: Headers) -> None:
        self.system_properties = system_properties
        self.request_processor = [RequestProcessor(headers)]

    @property
    def model_name(self) -> str:
        """What the platform calls the model: one of many, or "model"."""
        return str(self.system_properties["model_name"])

    def get_request_header(self, idx: int, key: str) -> str | None:
        return self.request_processor[idx].get_request_property(key)

    def get_all_request_header(self, idx: int) -> Headers:
        return self.request_processor[idx].get_request_properties()

    def set_response_header(self, idx: int, key: str, value: str) -> None:
        self.request_processor[idx].add_response_property(key, value)

    def set_response_content_type(self, idx: int, value: str) -> None:
        self.set_response_header(idx, "content-type", value)

    def set_response_status(self, code: int = 200, phrase: str = "", idx: int = 0) -> None:
        self.request_processor[idx].report_status(code, phrase)
