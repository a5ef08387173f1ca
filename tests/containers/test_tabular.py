"""The tabular pipeline: what it answers last, its containers served one after another, and its training."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import ROOT, Server, error_of, refusal
from tabular import (
    CSV,
    JSON,
    STEPS,
    artifacts,
    models,
    run_postprocess,
    run_predict,
    run_preprocess,
    selected,
    servers,
    train,
)

__all__ = ["artifacts", "models", "selected", "servers"]


@pytest.mark.parametrize(
    ("male", "label", "mark", "is_reliable"),
    [(0.99, "male", 0.98, True), (0.55, "male", 0.5, False), (0.5, "female", 0.5, False), (0.0, "female", 0.98, True)],
)
def test_a_score_is_explained_by_the_mark_it_reaches(
    models: dict[str, Any], male: float, label: str, mark: float, is_reliable: bool
) -> None:
    body = json.dumps({"predictions": [{"probabilities": [1 - male, male]}]})
    [answer] = json.loads(run_postprocess(models, body, "application/json")[0])["predictions"]
    marks = next(one["marks"] for one in models["postprocess"]["classes"] if one["label"] == label)
    assert answer == {
        "label": label,
        "probability": round(max(male, 1 - male), 6),
        "runner_up": ({"male", "female"} - {label}).pop(),
        "margin": round(abs(2 * male - 1), 6),
        "is_reliable": is_reliable,
        **next(one for one in marks if one["at_least"] == mark),
    }
    text, kind = run_postprocess(models, body, "text/csv")
    assert kind == "text/csv"
    assert text == ",".join(map(str, answer.values())) + "\n"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"predictions": [{"probability": 1}]}', "KeyError: 'probabilities'"),
        ('{"predictions": []}', "it has no predictions"),
        ('{"predictions": [{"probabilities": 0.5}]}', "the probabilities of row 1 are not a list of numbers"),
        ('{"predictions": [{"probabilities": [NaN, 1]}]}', "the probabilities of row 1 are not a list of numbers"),
        ('{"predictions": [{"probabilities": [0.2, 0.3, 0.5]}]}', "row 1 has 3 probabilities, not 2 (female, male)"),
    ],
)
def test_predictions_that_are_none_are_refused_with_the_reason(models: dict[str, Any], body: str, reason: str) -> None:
    status, message = refusal(run_postprocess, models, body, "application/json")
    assert status == 400
    assert message.startswith('the body is not {"predictions": [{"probabilities": [number, …]}, …]}: ')
    assert reason in message


@pytest.mark.usefixtures("selected")
@pytest.mark.parametrize(("body", "content_type"), [(JSON, "application/json"), (CSV, "text/csv")])
@pytest.mark.parametrize("accept", ["application/json", "application/jsonlines", "text/csv"])
def test_the_served_chain_answers_as_the_functions_do(
    servers: dict[str, Server], models: dict[str, Any], body: bytes, content_type: str, accept: str
) -> None:
    features = servers["preprocess"].invoke(body, content_type)
    scores = servers["predict"].invoke(features.data, features.headers["Content-Type"])
    answer = servers["postprocess"].invoke(scores.data, scores.headers["Content-Type"], Accept=accept)
    assert [features.status, scores.status, answer.status] == [200, 200, 200]
    assert answer.headers["Content-Type"] == accept

    in_one_process = run_preprocess(models, body, content_type)
    assert features.data.decode() == in_one_process
    predicted, _ = run_predict(models, in_one_process, "text/csv")
    assert scores.data.decode() == predicted
    assert answer.data.decode() == run_postprocess(models, predicted, accept)[0]


def test_served_refusals_say_why(servers: dict[str, Server]) -> None:
    for step, body, content_type, accept, status, reason in (
        ("preprocess", b'{"instances": [{}]}', "application/json", "*/*", 400, "row 1 has no column 'bill_length_mm'"),
        ("predict", b"{}", "application/json", "*/*", 415, "content type 'application/json' is not supported"),
        ("predict", b"1,2", "text/csv", "image/png", 406, "accepted type 'image/png' is not supported"),
        (
            "postprocess",
            b"0.5",
            "text/csv",
            "*/*",
            415,
            "content type 'text/csv' is not supported: application/json is",
        ),
        (
            "postprocess",
            b'{"predictions": [{"probabilities": [0.5, 0.5]}]}',
            "application/json",
            "image/png",
            406,
            "none of the accepted types 'image/png' is supported",
        ),
    ):
        answer = servers[step].invoke(body, content_type, Accept=accept)
        assert answer.status == status
        assert reason in error_of(answer)


def test_training_is_accurate_and_repeatable(artifacts: Path, tmp_path: Path, models: dict[str, Any]) -> None:
    for step in STEPS:
        again = tmp_path / step / "model"
        again.mkdir(parents=True)
        (again / "left-over").touch()
        assert train(step, again).endswith(f"penguins): {again}\n" if step != "preprocess" else f"penguins: {again}\n")
        files = {path.name: path.read_bytes() for path in again.iterdir()}
        assert files == {path.name: path.read_bytes() for path in (artifacts / step / "model").iterdir()}
        assert [path.name for path in again.parent.iterdir()] == ["model"]
    assert float(models["predict"].attr("accuracy")) > 0.9


def test_a_calibration_without_its_model_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "models/tabular/postprocess/train.py"), str(tmp_path / "post" / "artifact")]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == (
        f"{tmp_path}/predict/artifact/xgboost-model is not there:"
        " train it first, with models/tabular/predict/train.py\n"
    )


def test_features_are_what_the_model_was_trained_on(models: dict[str, Any]) -> None:
    features = run_preprocess(models, JSON, "application/json").split()
    assert {len(line.split(",")) for line in features} == {models["predict"].num_features()}
    assert np.isfinite(np.array([line.split(",") for line in features], dtype=np.float32)).all()
