"""Turns a classifier's probabilities into a label, and says how far it can be relied on: the last step of a pipeline.

Takes `application/json`, `{"predictions": [{"probabilities": [number, …]}, …]}`, which is what XGBoost's container
answers where `SAGEMAKER_INFERENCE_OUTPUT` selects `probabilities`.
Answers `application/json`, `{"predictions": [answer, …]}`, `application/jsonlines`, an answer a line, or `text/csv`, a
line with an answer's values for each row:

    label, probability      the most probable class
    runner_up, margin       the next one, and how much less probable it is
    is_reliable             whether the probability reaches the artifact's threshold for the label
    at_least                the highest of the artifact's marks that the probability reaches. Of the validation rows,
    precision                   of those given this label with at least this probability, the share that truly has it
    recall                      of those that truly have it, the share given it with at least this probability
    validation_rows             how many were given it with at least this probability

That is an explanation of the score. Which features decided is not in it: this step never sees them, and XGBoost's
container answers no contributions.
"""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

from sagemaker_inference.errors import GenericInferenceToolkitError

OUTPUTS = ("application/json", "application/jsonlines", "text/csv")
WANTED = '{"predictions": [{"probabilities": [number, …]}, …]}'


def model_fn(model_dir: str) -> dict[str, Any]:
    """The calibration: `{"classes": [{"label", "threshold", "marks": [{"at_least", "precision", …}, …]}, …]}`."""
    return json.loads((Path(model_dir) / "calibration.json").read_text())


def input_fn(body: bytes | str, content_type: str | None) -> list[list[float]]:
    """The probabilities, a list for each row."""
    if media_type(content_type or "") != "application/json":
        raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: application/json is")
    try:
        rows = [prediction["probabilities"] for prediction in json.loads(body)["predictions"]]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise bad_body(f"{type(error).__name__}: {error}") from error
    if len(rows) == 0:
        raise bad_body("it has no predictions")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or not all(is_probability(value) for value in row):
            raise bad_body(f"the probabilities of row {number} are not a list of numbers from 0 to 1")
    return rows


def predict_fn(rows: list[list[float]], model: dict[str, Any]) -> list[dict[str, Any]]:
    """:raises GenericInferenceToolkitError: 400 where there is not one probability a class"""
    classes = model["classes"]
    for number, row in enumerate(rows, start=1):
        if len(row) != len(classes):
            labels = ", ".join(one["label"] for one in classes)
            raise bad_body(f"row {number} has {len(row)} probabilities, not {len(classes)} ({labels})")
    return [explain(row, classes) for row in rows]


def output_fn(answers: list[dict[str, Any]], accept: str) -> tuple[str, str]:
    for kind in (media_type(accepted) for accepted in accept.split(",")):
        if kind in ("application/json", "application/*", "*/*"):
            return json.dumps({"predictions": answers}), "application/json"
        if kind == "application/jsonlines":
            return "".join(f"{json.dumps(answer)}\n" for answer in answers), kind
        if kind in ("text/csv", "text/*"):
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(answer.values() for answer in answers)
            return text.getvalue(), "text/csv"
    raise GenericInferenceToolkitError(
        406, f"none of the accepted types {accept!r} is supported: {', '.join(OUTPUTS)} are"
    )


def explain(probabilities: list[float], classes: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer for one row; of classes as probable as each other, the first counts as the most probable."""
    best, second = sorted(range(len(classes)), key=lambda index: -probabilities[index])[:2]
    probability = probabilities[best]
    chosen = classes[best]
    reached = [mark for mark in chosen["marks"] if mark["at_least"] <= probability]
    return {
        "label": chosen["label"],
        "probability": round(probability, 6),
        "runner_up": classes[second]["label"],
        "margin": round(probability - probabilities[second], 6),
        "is_reliable": chosen["threshold"] is not None and probability >= chosen["threshold"],
        **(reached or chosen["marks"])[-1 if reached else 0],
    }


def media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def is_probability(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= 1


def bad_body(reason: str) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the body is not {WANTED}: {reason}")
