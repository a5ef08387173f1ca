"""Starts the servers as the platform does, and talks to them over sockets; loads handlers to call them directly."""

import importlib.util
import json
import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import urllib3
from sagemaker_inference.errors import GenericInferenceToolkitError

ROOT = Path(__file__).resolve().parents[2]
START_S = 120
"""For whatever a server does: far more than it takes, as the machine may have other work."""
sys.path.extend([str(ROOT / "containers"), str(ROOT / "containers" / "digits")])


def free_port() -> int:
    """A port that both servers take, below those of the local host, whose tests run at the same time, and of systems."""
    while True:
        port = random.randrange(10_000, 20_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


class Server:
    """A server process on a port of its own, and an HTTP client for it."""

    def __init__(self, python: str, module: str, folder: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.folder = folder
        self._log_file = folder / "log"
        self._log = self._log_file.open("wb")
        self.process = subprocess.Popen(
            [python, "-m", module, "serve"],
            env={
                "PATH": os.defpath,
                "PYTHONPATH": str(ROOT / "containers"),
                "SERVING_HOST": "127.0.0.1",
                "SAGEMAKER_BIND_TO_PORT": str(self.port),
                "SAGEMAKER_BASE_DIR": str(folder),
                "SAGEMAKER_SUBMIT_DIRECTORY": str(folder / "program"),
                **environment,
            },
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        self._http = urllib3.HTTPConnectionPool("127.0.0.1", self.port, maxsize=32, retries=False, timeout=START_S)

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> urllib3.BaseHTTPResponse:
        return self._http.request(method, path, body=body, **options)

    def invoke(
        self, body: Any = b"", content_type: str = "application/json", **headers: str
    ) -> urllib3.BaseHTTPResponse:
        """POST /invocations; further headers are given as keywords with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.request("POST", "/invocations", body, headers={"Content-Type": content_type, **named})

    def pings(self) -> bool:
        try:
            return self.request("GET", "/ping").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_S
        while not condition():
            assert time.monotonic() < deadline, f"did not happen within {START_S} s:\n{self.log()}"
            time.sleep(0.02)

    def wait_ready(self) -> "Server":
        self.wait_until(lambda: self.pings() or self.process.poll() is not None)
        assert self.process.poll() is None, f"ended with status {self.process.returncode}:\n{self.log()}"
        return self

    def wait_ended(self) -> int:
        return self.process.wait(START_S)

    def log(self) -> str:
        return self._log_file.read_text()

    def log_lines(self) -> list[dict[str, Any]]:
        """What it has logged so far. The line of a request may come after its answer: `stop` first to have it."""
        return [json.loads(line) for line in self.log().splitlines()]

    def children(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.wait_ended()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(START_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._http.close()
        self._log.close()


Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a server: `start(the handler's source, module="serving", ready=True, helper="…", VARIABLE="value")`.

    `helper` is the source of a helper.py beside the handler, further names are environment variables.
    """
    servers: list[Server] = []

    def start_server(
        source: str | None, module: str = "serving", ready: bool = True, helper: str = "", **environment: str
    ) -> Server:
        folder = tmp_path / str(len(servers))
        (folder / "program").mkdir(parents=True)
        (folder / "model").mkdir()
        if source is not None:
            (folder / "program" / "inference.py").write_text(textwrap.dedent(source))
        (folder / "program" / "helper.py").write_text(textwrap.dedent(helper))
        servers.append(Server(python_of(module), module, folder, environment))
        return servers[-1].wait_ready() if ready else servers[-1]

    yield start_server
    for server in servers:
        server.close()


def python_of(module: str) -> str:
    if module == "serving":
        return sys.executable
    python = os.environ.get("MULTI_MODEL_SERVER_PYTHON")
    assert python, (
        "MULTI_MODEL_SERVER_PYTHON is unset: it names the Python of an environment with"
        " containers/multi_model_server/requirements.txt and containers/digits/requirements.txt"
    )
    return python


@pytest.fixture(params=["serving", "multi_model_server"])
def module(request: pytest.FixtureRequest) -> str:
    """Either server: a test that takes it holds for both."""
    return str(request.param)


@pytest.fixture(scope="session")
def digits_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base folder of a trained digits model, made as a user makes it."""
    base = tmp_path_factory.mktemp("digits")
    subprocess.run([sys.executable, str(ROOT / "models/digits/train.py"), str(base / "model")], check=True)
    return base


@pytest.fixture(scope="session")
def scan_artifacts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders, each with a base folder for each of the scans' models, trained as a user trains them, side by side."""
    folders = (tmp_path_factory.mktemp("scans"), tmp_path_factory.mktemp("scans-again"))
    (folders[1] / "topics" / "model").mkdir(parents=True)
    (folders[1] / "topics" / "model" / "left-over").touch()
    runs = [
        subprocess.Popen([sys.executable, str(ROOT / "models/scans" / step / "train.py"), str(folder / step / "model")])
        for step in ("quality", "recognition", "topics")
        for folder in folders
    ]
    assert [run.wait() for run in runs] == [0] * len(runs)
    return folders


@pytest.fixture(scope="session")
def house_artifacts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two folders, each with a base folder for both trained steps of the homes' pipeline, trained as a user trains them.
    That of `predict` holds a folder a region, and in it a model a city."""
    folders = (tmp_path_factory.mktemp("houses"), tmp_path_factory.mktemp("houses-again"))
    left_over = folders[1] / "predict" / "model" / "europe" / "atlantis"
    left_over.mkdir(parents=True)
    (left_over / "model.json").touch()
    runs = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "models/houses" / step / "train.py"), str(folder / step / "model")]
        )
        for step in ("preprocess", "predict")
        for folder in folders
    ]
    assert [run.wait() for run in runs] == [0] * len(runs)
    return folders


def error_of(response: urllib3.BaseHTTPResponse) -> str:
    """The reason in an error's body, which is JSON with nothing else in it."""
    assert response.headers["Content-Type"] == "application/json"
    body = json.loads(response.data)
    assert list(body) == ["error"]
    return str(body["error"])


def handler_of(container: str) -> ModuleType:
    """The inference.py of a container folder, which is one module however often it is asked for."""
    name = f"{container}_inference"
    if name in sys.modules:
        return sys.modules[name]
    folder = ROOT / "containers" / container
    sys.path.append(str(folder))
    spec = importlib.util.spec_from_file_location(name, folder / "inference.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def refusal(function: Any, *arguments: Any) -> tuple[int, str]:
    """The status and the reason with which a handler's function refuses a request."""
    with pytest.raises(GenericInferenceToolkitError) as raised:
        function(*arguments)
    return raised.value.status_code, raised.value.message
