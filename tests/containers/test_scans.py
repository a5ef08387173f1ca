"""The scans' three containers served one after another, and the training of their models."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3
from PIL import Image

from conftest import ROOT, Server, error_of
from scans import BATCH, DOCUMENT, STEPS, Scan, batch_of, models, png, run, scanned

__all__ = ["models"]


@pytest.fixture(scope="module")
def servers(scan_artifacts: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    running = {
        step: Server(
            sys.executable,
            "serving",
            tmp_path_factory.mktemp(step),
            {
                "SAGEMAKER_BASE_DIR": str(scan_artifacts[0] / step),
                "SAGEMAKER_SUBMIT_DIRECTORY": str(ROOT / "containers" / step),
            },
        )
        for step in STEPS
    }
    for server in running.values():
        server.wait_ready()
    yield running
    for server in running.values():
        server.close()


def through(
    servers: dict[str, Server], body: bytes, content_type: str, accept: str = "application/json"
) -> urllib3.BaseHTTPResponse:
    """The last answer of the line, or that of the first step which refuses."""
    for step in STEPS:
        headers = {"Accept": accept} if step == STEPS[-1] else {}
        answer = servers[step].invoke(body, content_type, **headers)
        if answer.status != 200:
            return answer
        body, content_type = answer.data, answer.headers["Content-Type"]
    return answer


def test_the_example_is_grouped_by_theme_and_what_cannot_be_read_is_reported(servers: dict[str, Server]) -> None:
    answer = json.loads(through(servers, BATCH, "application/json").data)
    assert answer["themes"] == [
        {"theme": "invoices", "scans": ["invoice.png", "invoice-turned.png"]},
        {"theme": "recipes", "scans": ["recipe-small-and-noisy.png", "recipe-tilted.jpg"]},
        {"theme": "medical-letters", "scans": ["letter-upside-down.png"]},
    ]
    [refused] = answer["refused"]
    assert refused["name"] == "letter-out-of-focus.jpg"
    assert refused["reason"].startswith("too blurred: ")


def test_the_line_answers_as_the_functions_do(servers: dict[str, Server], models: dict[str, Any]) -> None:
    body = batch_of(one=scanned(Scan(shrink=2, noise=8)), blank=png(Image.new("L", (200, 200), 255)))
    passed = body.decode()
    for step in STEPS:
        passed = run(step, models, passed, "application/json")
    answer = through(servers, body, "application/json")
    assert json.loads(answer.data) == json.loads(passed)
    [scan] = json.loads(passed)["scans"]
    assert scan["theme"] == DOCUMENT.theme


def test_one_image_is_a_batch_of_one_and_may_be_refused(servers: dict[str, Server]) -> None:
    answer = through(servers, png(Image.new("L", (200, 200), 255)), "image/png", "text/csv")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/csv")
    assert answer.data.decode().splitlines()[1].startswith('scan 1,,,,"blank or too faint: ')


def test_served_refusals_say_why(servers: dict[str, Server]) -> None:
    for body, content_type, accept, status, reason in (
        (
            b"%PDF",
            "application/pdf",
            "*/*",
            415,
            "content type 'application/pdf' is not supported: image/png, image/jpeg",
        ),
        (b"no image", "image/jpeg", "*/*", 400, "the image cannot be used: it is not a readable PNG or JPEG"),
        (b'{"scans": []}', "application/json", "*/*", 400, "scans has 0; 1 to 32 are accepted"),
        (png(Image.new("L", (9, 9))), "image/png", "image/png", 406, "none of the accepted types 'image/png'"),
    ):
        answer = through(servers, body, content_type, accept)
        assert answer.status == status
        assert reason in error_of(answer)


def test_training_is_repeatable(scan_artifacts: tuple[Path, Path]) -> None:
    for step in STEPS:
        first, again = (
            {file.name: file.read_bytes() for file in (folder / step / "model").iterdir()} for folder in scan_artifacts
        )
        assert first == again
        assert [path.name for path in (scan_artifacts[1] / step).iterdir()] == ["model"]


def test_the_topic_model_is_accurate_on_sentences_it_has_not_seen(scan_artifacts: tuple[Path, Path]) -> None:
    metrics = json.loads((scan_artifacts[0] / "topics" / "model" / "metrics.json").read_text())
    assert min(metrics["accuracy"], metrics["misread_accuracy"]) > 0.95


def test_the_limits_of_what_can_be_read_were_measured_between_good_and_hopeless(
    scan_artifacts: tuple[Path, Path],
) -> None:
    limits = json.loads((scan_artifacts[0] / "quality" / "model" / "calibration.json").read_text())
    assert 1 < limits["least_contrast"] < 10
    assert 1 < limits["least_contrast_to_noise"] < 4
    assert 3 < limits["least_letter_height"] < 6
    assert 0.05 < limits["most_blur"] < 0.12
