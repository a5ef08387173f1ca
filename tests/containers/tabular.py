"""The tabular pipeline for its tests: its handlers, its models, trained, and its containers, served."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, Server, handler_of

STEPS = {"preprocess": "tabular-preprocess", "predict": "xgboost", "postprocess": "tabular-postprocess"}
"""Each step's container, in the order that requests flow."""
SELECTED = {
    "SAGEMAKER_INFERENCE_OUTPUT": "predicted_label,probabilities",
    "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT": "application/json",
}
JSON = (ROOT / "examples" / "tabular.json").read_bytes()
JSON_LINES = b"".join(json.dumps(instance).encode() + b"\n" for instance in json.loads(JSON)["instances"])
CSV = (ROOT / "examples" / "tabular.csv").read_bytes()
INSTANCES: list[dict[str, Any]] = json.loads(JSON)["instances"]


class Request:
    """What a handler reads of its context: the Accept header."""

    def __init__(self, accept: str | None) -> None:
        self._accept = accept

    def get_request_header(self, idx: int, key: str) -> str | None:
        return {(0, "Accept"): self._accept}[(idx, key)]


preprocess, predict, postprocess = (handler_of(container) for container in STEPS.values())


def train(step: str, output: Path) -> str:
    command = [sys.executable, str(ROOT / "models/tabular" / step / "train.py"), str(output)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def artifacts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each step's base folder, its artifact as `model` in it, trained as a user trains them."""
    folder = tmp_path_factory.mktemp("tabular")
    for step in STEPS:
        train(step, folder / step / "model")
    return folder


@pytest.fixture(scope="module")
def models(artifacts: Path) -> dict[str, Any]:
    modules = {"preprocess": preprocess, "predict": predict, "postprocess": postprocess}
    return {step: module.model_fn(str(artifacts / step / "model")) for step, module in modules.items()}


@pytest.fixture
def selected(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SELECTED.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def servers(artifacts: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    running: dict[str, Server] = {}
    for step, container in STEPS.items():
        environment = {
            "SAGEMAKER_BASE_DIR": str(artifacts / step),
            "SAGEMAKER_SUBMIT_DIRECTORY": str(ROOT / "containers" / container),
            **(SELECTED if step == "predict" else {}),
        }
        running[step] = Server(sys.executable, "serving", tmp_path_factory.mktemp(step), environment)
    for server in running.values():
        server.wait_ready()
    yield running
    for server in running.values():
        server.close()


def run_preprocess(models: dict[str, Any], body: bytes | str, content_type: str) -> str:
    features = preprocess.predict_fn(preprocess.input_fn(body, content_type), models["preprocess"])
    answer, kind = preprocess.output_fn(features, "application/json")
    assert kind == "text/csv"
    return answer


def run_predict(
    models: dict[str, Any], body: bytes | str, content_type: str | None, accept: str | None = None
) -> tuple[str, str]:
    prediction = predict.predict_fn(predict.input_fn(body, content_type), models["predict"])
    return predict.output_fn(prediction, "application/json", Request(accept))


def run_postprocess(models: dict[str, Any], body: bytes | str, accept: str) -> tuple[str, str]:
    answers = postprocess.predict_fn(postprocess.input_fn(body, "application/json"), models["postprocess"])
    return postprocess.output_fn(answers, accept)
