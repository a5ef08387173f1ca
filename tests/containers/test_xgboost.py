"""The XGBoost container's functions."""

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from conftest import refusal
from tabular import INSTANCES, JSON, artifacts, models, predict, run_predict, run_preprocess, selected

__all__ = ["artifacts", "models", "selected"]


def test_prediction_without_selected_output_is_one_line_of_csv(models: dict[str, Any]) -> None:
    features = run_preprocess(models, JSON, "application/json")
    answer, kind = run_predict(models, features, "text/csv", "application/json")
    assert kind == "text/csv"
    assert run_predict(models, features.replace(",", "\t"), "text/csv")[0] == answer
    assert len(answer.split(",")) == len(INSTANCES)
    assert "\n" not in answer


def test_prediction_of_a_batch_is_a_line_for_each_row(
    models: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    features = run_preprocess(models, JSON, "application/json")
    in_one_line, _ = run_predict(models, features, "text/csv")
    monkeypatch.setenv("SAGEMAKER_BATCH", "true")
    assert run_predict(models, features, "text/csv") == (in_one_line.replace(",", "\n") + "\n", "text/csv")


def test_prediction_reads_libsvm_as_csv(models: dict[str, Any]) -> None:
    features = run_preprocess(models, JSON, "application/json")
    lines = [
        "0 " + " ".join(f"{index}:{cell}" for index, cell in enumerate(line.split(","))) for line in features.split()
    ]
    for content_type in ("text/libsvm", "text/x-libsvm", None):
        assert run_predict(models, "\n".join(lines), content_type) == run_predict(models, features, "text/csv")


@pytest.mark.usefixtures("selected")
def test_selected_output_of_a_binary_model(models: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    features = run_preprocess(models, JSON, "application/json")
    keys = "Probability, labels,predicted_label,raw_scores,nonsense"
    monkeypatch.setenv("SAGEMAKER_INFERENCE_OUTPUT", keys)
    for accept in (None, "*/*", "application/json; charset=utf-8"):
        answer, kind = run_predict(models, features, "text/csv", accept)
        assert kind == "application/json"
        for one in json.loads(answer)["predictions"]:
            assert list(one) == ["predicted_label", "labels", "probability", "raw_scores", "nonsense"]
            assert one["predicted_label"] == int(one["probability"] > 0.5)
            assert one["raw_scores"] == [1 - one["probability"], one["probability"]]
            assert one["labels"] == [0, 1]
            assert math.isnan(one["nonsense"])
    lines = list(csv.reader(run_predict(models, features, "text/csv", "text/csv")[0].splitlines()))
    assert [row[1] for row in lines] == ["[0, 1]"] * len(INSTANCES)
    assert lines[0][4] == "nan"
    monkeypatch.delenv("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT")
    assert run_predict(models, features, "text/csv")[1] == "text/csv"
    status, message = refusal(run_predict, models, features, "text/csv", "image/png")
    assert status == 406
    assert message == "accepted type 'image/png' is not supported: application/json, text/csv are"


@pytest.mark.parametrize("objective", ["multi:softprob", "reg:squarederror"])
def test_selected_output_of_other_models(objective: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGEMAKER_INFERENCE_OUTPUT", "predicted_label,labels,probability,probabilities")
    classes = {"num_class": 3} if objective == "multi:softprob" else {}
    data = predict.input_fn("0,1\n1,0\n1,1", "text/csv")
    data.set_label([0, 1, 2])
    model = predict.xgboost.train({"objective": objective, "min_child_weight": 0, **classes}, data, 5)
    if objective == "reg:squarederror":
        status, message = refusal(predict.predict_fn, data, model)
        assert status == 500
        assert message.startswith("the objective 'reg:squarederror' has no selectable output here")
        return
    answers = predict.predict_fn(data, model)
    assert [answer["predicted_label"] for answer in answers] == [0, 1, 2]
    for answer in answers:
        assert answer["labels"] == [0, 1, 2]
        assert answer["probability"] == max(answer["probabilities"])
        assert sum(answer["probabilities"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ('{"instances": []}', "application/json", 415, "content type 'application/json' is not supported"),
        ("", "text/csv", 415, "the body cannot be read as text/csv"),
        ("1 2,3 4", "text/csv", 415, "could not convert string to float: '1 2'"),
        ("a,b", "text/csv", 415, "could not convert string to float"),
        ("1,2\n1", "text/csv", 415, "the body cannot be read as text/csv"),
        (b"\xff,\xff", "text/csv", 415, "codec can't decode"),
        ("0 x:1", "text/libsvm", 415, "the body cannot be read as text/libsvm"),
        (",".join(["1"] * 15), "text/csv", 400, "Number of columns does not match"),
    ],
)
def test_payloads_the_model_cannot_take_are_refused_with_the_reason(
    models: dict[str, Any], body: bytes | str, content_type: str, status: int, reason: str
) -> None:
    found, message = refusal(run_predict, models, body, content_type)
    assert (found, reason in message) == (status, True), message
    assert "\n" not in message


def test_a_model_folder_holds_one_model(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no file: one model is accepted here"):
        predict.model_fn(str(tmp_path))
    (tmp_path / "a").touch()
    (tmp_path / "b").touch()
    with pytest.raises(ValueError, match="holds a, b: one model is accepted here"):
        predict.model_fn(str(tmp_path))
