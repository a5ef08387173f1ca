"""The digits container: its functions, and the same folder on both servers."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from sagemaker_inference.errors import GenericInferenceToolkitError

import inference
from conftest import ROOT, Server, error_of, python_of

PROGRAM = ROOT / "containers" / "digits"
PNG = (ROOT / "examples" / "digits.png").read_bytes()
JSON = (ROOT / "examples" / "digits.json").read_bytes()


@pytest.fixture(scope="module")
def model(digits_model: Path) -> Any:
    return inference.model_fn(str(digits_model / "model"))


@pytest.fixture(scope="module", params=["serving", "multi_model_server"])
def server(request: pytest.FixtureRequest, digits_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp(request.param)
    environment = {"SAGEMAKER_BASE_DIR": str(digits_model), "SAGEMAKER_SUBMIT_DIRECTORY": str(PROGRAM)}
    running = Server(python_of(request.param), request.param, folder, environment)
    yield running.wait_ready()
    running.close()


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def labels(model: Any, body: bytes, content_type: str) -> list[int]:
    prediction = inference.predict_fn(inference.input_fn(body, content_type), model)
    answer, kind = inference.output_fn(prediction, "application/json")
    assert kind == "application/json"
    return [one["label"] for one in json.loads(answer)["predictions"]]


def refusal(body: bytes | str, content_type: str | None) -> tuple[int, str]:
    with pytest.raises(GenericInferenceToolkitError) as raised:
        inference.input_fn(body, content_type)
    return raised.value.status_code, raised.value.message


def test_the_examples_are_recognised(model: Any) -> None:
    assert labels(model, JSON, "application/json") == list(range(10))
    assert labels(model, PNG, "image/png") == [7]


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "LA", "I;16"])
def test_pngs_of_every_kind_are_read(model: Any, mode: str) -> None:
    seven = Image.open(io.BytesIO(PNG))
    converted = Image.fromarray(np.asarray(seven).astype(np.uint16) * 257) if mode == "I;16" else seven.convert(mode)
    assert labels(model, png(converted), "image/png") == [7]


def test_polarity_size_and_place_do_not_matter(model: Any) -> None:
    seven = Image.open(io.BytesIO(PNG))
    inverted = Image.eval(seven, lambda value: 255 - value)
    page = Image.new("L", (seven.width * 3, seven.height * 2), 255)
    page.paste(seven, (seven.width, 5))
    transparent = Image.merge("LA", (Image.new("L", seven.size), Image.eval(seven, lambda value: 255 - value)))
    for image in (inverted, page, transparent, seven.resize((900, 900)), seven.resize((24, 24))):
        assert labels(model, png(image), "image/png") == [7]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is not a readable PNG"),
        (b"GIF89a nonsense", "it is not a readable PNG: its format is another"),
        (PNG[:2000], "it is not a readable PNG"),
        (PNG[:3000] + b"\0" * 50 + PNG[3050:], "it is not a readable PNG"),
        (png(Image.new("L", (20, 20), 255)), "it is blank"),
        (png(Image.new("L", (1, 1))), "it is blank"),
        (png(Image.new("1", (4001, 4000))), "it has 4001 × 4000 pixels, more than 16000000"),
    ],
)
def test_bad_pngs_are_refused_with_the_reason(body: bytes, reason: str) -> None:
    status, message = refusal(body, "image/png")
    assert status == 400
    assert message.startswith(f"the image cannot be used: {reason}")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ("{}", "KeyError: 'instances'"),
        ('{"instances": []}', "its instances have the shape (0,)"),
        ('{"instances": [[1, 2]]}', "its instances have the shape (1, 2)"),
        ('{"instances": [[1], [1, 2]]}', "ValueError"),
        (json.dumps({"instances": [["x"] * 64]}), "ValueError"),
        (json.dumps({"instances": [[17] * 64]}), "a number is outside 0 to 16"),
        (json.dumps({"instances": [[float("nan")] * 64]}), "a number is outside 0 to 16"),
    ],
)
def test_bad_json_is_refused_with_the_reason(body: str, reason: str) -> None:
    status, message = refusal(body, "application/json")
    assert status == 400
    assert message.startswith('the body is not {"instances": [[64 numbers from 0 to 16], …]}: ')
    assert reason in message


def test_served_answers_are_those_of_the_functions(server: Server, model: Any) -> None:
    probabilities = inference.predict_fn(inference.input_fn(JSON, "application/json"), model)
    for accept in ("application/json", "text/csv"):
        answer = server.invoke(JSON, "application/json", Accept=accept)
        assert (answer.status, answer.headers["Content-Type"]) == (200, accept)
        assert answer.data.decode() == inference.output_fn(probabilities, accept)[0]
    assert json.loads(server.invoke(PNG, "image/png").data)["predictions"][0]["label"] == 7


def test_served_refusals_say_why(server: Server) -> None:
    for content_type, body, accept, status, reason in (
        (
            "application/pdf",
            b"%PDF",
            "*/*",
            415,
            "content type 'application/pdf' is not supported: image/png, application/json are",
        ),
        (
            "image/png",
            PNG,
            "image/gif",
            406,
            "none of the accepted types 'image/gif' is supported: application/json, text/csv are",
        ),
        ("image/png", PNG[:500], "*/*", 400, "the image cannot be used: it is not a readable PNG"),
        ("application/json", b'{"instances": [[1]]}', "*/*", 400, "its instances have the shape (1, 1)"),
    ):
        answer = server.invoke(body, content_type, Accept=accept)
        assert answer.status == status
        assert reason in error_of(answer)


def test_training_is_accurate_and_repeatable(digits_model: Path, tmp_path: Path) -> None:
    again = tmp_path / "deep" / "artifact"
    again.mkdir(parents=True)
    (again / "left-over").touch()
    command = [sys.executable, str(ROOT / "models/digits/train.py"), str(again)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    metrics = json.loads((again / "metrics.json").read_text())
    assert printed.startswith(
        f"held-out accuracy {metrics['accuracy']:.4f}, on PNG renderings {metrics['png_accuracy']:.4f}"
    )
    assert min(metrics["accuracy"], metrics["png_accuracy"]) > 0.98
    assert sorted(path.name for path in again.iterdir()) == ["metrics.json", "model.joblib"]
    assert [path.name for path in again.parent.iterdir()] == ["artifact"]
    for name in ("metrics.json", "model.joblib"):
        assert (again / name).read_bytes() == (digits_model / "model" / name).read_bytes()
