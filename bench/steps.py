"""Calls the handlers of a stack's steps one after another in one process, as often as each line of stdin says.

The argument names a JSON file: the steps in order, each with its handler folder, its base folder (its `model` holds the
unpacked artifact) and its environment, and the request. Answers each line with the milliseconds of each time, and with
the last step's answer.
"""

import base64
import json
import os
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

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
    for step in steps:
        body, content_type = step.answer(body, content_type, accept if step is steps[-1] else None)
    return body


def main(file: str) -> None:
    described: dict[str, Any] = json.loads(Path(file).read_text())
    steps = [Step(**step) for step in described["steps"]]
    body = Path(described["body"]).read_bytes()
    answer = b""
    for line in sys.stdin:
        each = []
        for _ in range(int(line)):
            started = time.perf_counter()
            answer = run(steps, body, described["contentType"], described["accept"])
            each.append((time.perf_counter() - started) * 1000)
        print(json.dumps({"each": each, "answer": base64.b64encode(answer).decode()}), flush=True)


main(sys.argv[1])
