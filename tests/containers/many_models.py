"""Multi-model servers, and an artifact folder for each of their models."""

import json
from concurrent.futures import Future, ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import urllib3

from conftest import Server, Start

Response = urllib3.BaseHTTPResponse

HANDLER = """
    import json
    import os
    import sys
    import threading
    import time
    from pathlib import Path

    class Weights:
        def __init__(self, folder):
            self.folder = folder
            self.values = json.loads((folder / "weights.json").read_text())
            self.thread = threading.get_ident()

    def wait_for(gate, reached):
        reached.touch()
        while not gate.exists():
            time.sleep(0.01)

    def model_fn(model_dir):
        folder = Path(model_dir)
        with (folder / "loads").open("a") as file:
            file.write("x")
        if (folder / "gated").exists():
            wait_for(folder / "gate", folder / "loading")
        return Weights(folder)

    def transform_fn(model, body, content_type, accept, context):
        if body == b"wait":
            wait_for(model.folder / "gate", model.folder / "running")
        if body == b"hang":
            while True:
                time.sleep(0.01)
        if body == b"memory":
            raise MemoryError("no room for this batch")
        if body == b"stream":
            return (part for part in ["one ", b"two ", "three"]), "text/plain"
        if body == b"same thread":
            return str(model.thread == threading.get_ident()), "text/plain"
        if body == b"pid":
            return str(os.getpid()), "text/plain"
        return json.dumps(model.values), "application/json"
"""
"""Answers what weights.json holds, and does as the body says. A file `gated` makes model_fn wait for a file `gate`."""


class ManyModels:
    """A server in multi-model mode."""

    def __init__(self, start: Start, module: str, source: str | None = HANDLER, **environment: str) -> None:
        self.module = module
        self.server: Server = start(source, module, SAGEMAKER_MULTI_MODEL="true", **environment)

    def folder(self, name: str) -> Path:
        """Where the platform unpacks the artifact of a model."""
        return self.server.folder / "models" / quote(name, safe="") / "model"

    def artifact(self, name: str, **files: str) -> Path:
        """Makes an artifact with weights.json, which holds the name, and further files: `suffixless=content`."""
        folder = self.folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in {"weights.json": json.dumps(name), **files}.items():
            (folder / file).write_text(content)
        return folder

    def post(self, name: str, url: object) -> Response:
        body = json.dumps({"model_name": name, "url": str(url)})
        return self.server.request("POST", "/models", body, headers={"Content-Type": "application/json"})

    def load(self, name: str) -> Response:
        """Asks to load a model, whose artifact is made where there is none."""
        return self.post(name, self.folder(name) if self.folder(name).exists() else self.artifact(name))

    def load_again(self, name: str) -> Response:
        """Asks to load a model that was refused with 507: 409 for a moment on Multi Model Server, until it lets go of it."""
        answer = self.load(name)

        def is_answered() -> bool:
            nonlocal answer
            if answer.status == 409:
                answer = self.load(name)
            return answer.status != 409

        if self.module == "multi_model_server":
            self.server.wait_until(is_answered)
        return answer

    def loaded(self, *names: str) -> "ManyModels":
        for name in names:
            answer = self.load(name)
            assert answer.status == 200, answer.data
        return self

    def unload(self, name: str) -> Response:
        return self.server.request("DELETE", f"/models/{quote(name, safe='')}")

    def describe(self, name: str) -> Response:
        return self.server.request("GET", f"/models/{quote(name, safe='')}")

    def invoke(self, name: str, body: Any = b"", content_type: str = "text/plain", **headers: str) -> Response:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        path = f"/models/{quote(name, safe='')}/invoke"
        return self.server.request("POST", path, body, headers={"Content-Type": content_type, **named})

    def send(self, method: str, path: str, body: str | bytes | None = None) -> HTTPConnection:
        """Sends a request, whose answer is read later, and returns when the step server has it."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        connection.request(method, path, body)
        for _ in range(3):  # answered by the event loop after what was there before
            assert self.server.pings()
        return connection

    def page(self, **query: object) -> Any:
        answer = self.server.request("GET", f"/models?{urlencode(query)}")
        assert answer.status == 200, answer.data
        return json.loads(answer.data)

    def names(self) -> list[str]:
        """The names on the first page of the list."""
        return [model["modelName"] for model in self.page()["models"]]

    def loads(self, name: str) -> int:
        """How often model_fn has been called."""
        return len((self.folder(name) / "loads").read_text())

    def begin(self, pool: ThreadPoolExecutor, name: str, body: bytes = b"wait") -> "Future[Response]":
        """Begins an invocation, by default one that runs until `finish`, and returns when the handler has it."""
        answer = pool.submit(self.invoke, name, body)
        self.server.wait_until((self.folder(name) / "running").exists)
        return answer

    def finish(self, name: str) -> None:
        (self.folder(name) / "gate").touch()

    def begin_load(self, pool: ThreadPoolExecutor, name: str) -> "Future[Response]":
        """Begins a load that runs until `finish`, and returns when model_fn has been called."""
        self.artifact(name, gated="")
        answer = pool.submit(self.load, name)
        self.server.wait_until((self.folder(name) / "loading").exists)
        return answer


def reason_of(answer: Response) -> str:
    """The reason in an error's body: `{"error": …}`, or Multi Model Server's own `{"code", "type", "message"}`."""
    body = json.loads(answer.data)
    if list(body) == ["error"]:
        return str(body["error"])
    assert list(body) == ["code", "type", "message"]
    assert body["code"] == answer.status
    return str(body["message"])
