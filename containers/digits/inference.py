"""Recognises handwritten digits.

Takes `image/png`, one digit an image, or `application/json`: `{"instances": [[64 numbers from 0 to 16], …]}`, the rows
of 8 × 8 images one after the other, as in scikit-learn's digits.
Answers `application/json`: `{"predictions": [{"label": 7, "probabilities": [ten numbers, for 0 to 9]}, …]}`, or
`text/csv`: a line for each digit, its label and then the ten probabilities.
"""

import json
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sagemaker_inference.errors import GenericInferenceToolkitError

from png import FULL_INK, SIDE, read_png

PIXELS = SIDE * SIDE
INPUTS = ("image/png", "application/json")
OUTPUTS = ("application/json", "text/csv")


def model_fn(model_dir: str) -> Any:
    return joblib.load(Path(model_dir) / "model.joblib")


def input_fn(body: bytes | str, content_type: str | None) -> np.ndarray:
    """The digits as an array of shape (n, 64)."""
    kind = media_type(content_type or "")
    if kind == "image/png":
        return read_png(body.encode() if isinstance(body, str) else body)
    if kind == "application/json":
        return read_instances(body)
    raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: {', '.join(INPUTS)} are")


def predict_fn(digits: np.ndarray, model: Any) -> np.ndarray:
    """The probabilities of 0 to 9, an array of shape (n, 10)."""
    return model.predict_proba(digits)


def output_fn(probabilities: np.ndarray, accept: str) -> tuple[str, str]:
    labels = probabilities.argmax(axis=1).tolist()
    rows = probabilities.round(6).tolist()
    for kind in (media_type(accepted) for accepted in accept.split(",")):
        if kind in ("application/json", "application/*", "*/*"):
            predictions = [{"label": label, "probabilities": row} for label, row in zip(labels, rows, strict=True)]
            return json.dumps({"predictions": predictions}), "application/json"
        if kind in ("text/csv", "text/*"):
            return "".join(
                f"{label},{','.join(map(str, row))}\n" for label, row in zip(labels, rows, strict=True)
            ), "text/csv"
    raise GenericInferenceToolkitError(
        406, f"none of the accepted types {accept!r} is supported: {', '.join(OUTPUTS)} are"
    )


def media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def read_instances(body: bytes | str) -> np.ndarray:
    wanted = f'{{"instances": [[{PIXELS} numbers from 0 to {FULL_INK}], …]}}'
    try:
        digits = np.array(json.loads(body)["instances"], dtype=np.float64)
    except (ValueError, TypeError, KeyError) as error:
        raise GenericInferenceToolkitError(400, f"the body is not {wanted}: {type(error).__name__}: {error}") from error
    if digits.ndim != 2 or digits.shape[0] == 0 or digits.shape[1] != PIXELS:
        raise GenericInferenceToolkitError(
            400, f"the body is not {wanted}: its instances have the shape {digits.shape}"
        )
    if not ((digits >= 0) & (digits <= FULL_INK)).all():  # false for NaN too
        raise GenericInferenceToolkitError(400, f"the body is not {wanted}: a number is outside 0 to {FULL_INK}")
    return digits
