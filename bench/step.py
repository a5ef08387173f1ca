"""The handlers of a stack's steps in one process."""

import os
import sys
from types import ModuleType

from serving.context import Headers
from serving.handler import import_handler
from serving.model import Model
from serving.settings import read_settings


class Step:
    """A handler with its model. Handlers have modules, and read variables, of the same names: each sees only its own."""

    def __init__(self, folder: str, base: str, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = environment
        self._modules: dict[str, ModuleType] = {}
        before = set(sys.modules)
        self._enter()
        settings = read_settings({**environment, "SAGEMAKER_SUBMIT_DIRECTORY": folder, "SAGEMAKER_BASE_DIR": base})
        handler = import_handler(settings.handler_folder, settings.program)
        self._model = Model(handler, settings.model_folder, settings.default_accept)
        self._modules = {name: module for name, module in sys.modules.items() if name not in before and self._has(module)}
        self._leave()
        sys.path[:] = [path for path in sys.path if path != folder]

    def _has(self, module: ModuleType) -> bool:
        return str(getattr(module, "__file__", None)).startswith(f"{self._folder}{os.sep}")

    def _enter(self) -> None:
        sys.path.insert(0, self._folder)
        sys.modules.update(self._modules)
        os.environ.update(self._environment)

    def _leave(self) -> None:
        for name in self._environment:
            del os.environ[name]
        for name in self._modules:
            del sys.modules[name]
        sys.path.remove(self._folder)

    def answer(self, body: bytes, content_type: str, accept: str | None) -> tuple[bytes, str]:
        headers = [(b"content-type", content_type.encode()), *([(b"accept", accept.encode())] if accept else [])]
        self._enter()
        try:
            answer = self._model.answer(body, Headers(headers))
        finally:
            self._leave()
        whole = answer.body if isinstance(answer.body, bytes) else b"".join(
            part if isinstance(part, bytes) else part.encode() for part in answer.body
        )
        return whole, dict(answer.headers)[b"content-type"].decode()


def run(steps: list[Step], body: bytes, content_type: str, accept: str) -> bytes:
    """The last step's answer, where each is given what the one before it answered."""
    for step in steps:
        body, content_type = step.answer(body, content_type, accept if step is steps[-1] else None)
    return body
