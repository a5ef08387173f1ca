"""Serves an XGBoost model as AWS's image `sagemaker-xgboost:1.7-1` serves the same artifact, where that image is not to
be had: https://github.com/aws/sagemaker-xgboost-container, `algorithm_mode/serve.py` and `serve_utils.py`.

Takes `text/csv` without a header or `text/libsvm`; every other type, and a body that cannot be read, is a 415.
Answers, without `SAGEMAKER_INFERENCE_OUTPUT`, `text/csv` with what the model gives for each row, whatever is accepted:
in one line, or, in a batch transform (`SAGEMAKER_BATCH`), in a line each. With it, see selectable.py, `text/csv` or `application/json` by Accept, or else by
`SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT`, or else CSV. `SAGEMAKER_INFERENCE_SUPPORTED`, which AWS's SDK sets too, is read
by neither.

Left out: recordio-protobuf and JSON lines, pickled models and the mean of several, `MAX_CONTENT_LENGTH`, 204 for an
empty body (a 415 here), `/execution-parameters`.
"""

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np
import xgboost
from sagemaker_inference.errors import GenericInferenceToolkitError
from scipy.sparse import csr_matrix

from selectable import OUTPUTS, encode, select

CSV_TYPES = ("csv", "text/csv")
LIBSVM_TYPES = ("libsvm", "text/libsvm", "text/x-libsvm")


def model_fn(model_dir: str) -> xgboost.Booster:
    files = sorted(path for path in Path(model_dir).iterdir() if path.is_file())
    if len(files) != 1:
        raise ValueError(
            f"{model_dir} holds {', '.join(file.name for file in files) or 'no file'}: one model is accepted here"
            " (AWS's image would take every file for a model, and answer their mean)"
        )
    booster = xgboost.Booster()
    booster.load_model(files[0])
    booster.set_param("nthread", 1)
    return booster


def input_fn(body: bytes | str, content_type: str | None) -> xgboost.DMatrix:
    kind = "libsvm" if content_type is None else content_type.lower()
    try:
        text = (body.decode() if isinstance(body, bytes) else body).strip()
        if kind in LIBSVM_TYPES:
            return xgboost.DMatrix(read_libsvm(text), nthread=1)
        if kind.partition(";")[0].strip() in CSV_TYPES:
            return xgboost.DMatrix(read_csv(text), nthread=1)
    except (ValueError, IndexError, csv.Error) as error:
        raise GenericInferenceToolkitError(415, f"the body cannot be read as {content_type}: {error}") from error
    raise GenericInferenceToolkitError(
        415, f"content type {content_type!r} is not supported: text/csv and text/libsvm are"
    )


def predict_fn(data: xgboost.DMatrix, model: xgboost.Booster) -> np.ndarray | list[dict[str, Any]]:
    """What the model gives for each row, or what is selected of it.

    :raises GenericInferenceToolkitError: 400 where the rows have more features than the model
    """
    try:
        raw = model.predict(data, validate_features=False)
    except xgboost.core.XGBoostError as error:
        reason = str(error).partition("\n")[0]  # a stack trace follows
        raise GenericInferenceToolkitError(400, f"the model cannot take this payload: {reason}") from error
    keys = selected_keys()
    return raw if keys is None else select(raw, keys, model)


def output_fn(prediction: np.ndarray | list[dict[str, Any]], accept: str, context: Any) -> tuple[str, str]:
    keys = selected_keys()
    if keys is None:
        values = map(str, prediction.tolist())
        if os.environ.get("SAGEMAKER_BATCH", "false").lower() == "true":
            return "".join(f"{value}\n" for value in values), "text/csv"
        return ",".join(values), "text/csv"
    # The server's own default is JSON, so what the client said is read from its header.
    accepted = (context.get_request_header(0, "Accept") or "").partition(";")[0].strip().lower()
    kind = os.environ.get("SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "text/csv") if accepted in ("", "*/*") else accepted
    if kind not in OUTPUTS:
        raise GenericInferenceToolkitError(406, f"accepted type {kind!r} is not supported: {', '.join(OUTPUTS)} are")
    return encode(prediction, keys, kind), kind


def selected_keys() -> list[str] | None:
    selected = os.environ.get("SAGEMAKER_INFERENCE_OUTPUT")
    return None if selected is None else selected.replace(" ", "").lower().split(",")


def read_csv(text: str) -> np.ndarray:
    """The cells as numbers, an empty one as NaN.

    The delimiter is guessed from the first line as AWS's image guesses it: tabs, semicolons and spaces do as well.
    """
    lines = text.split("\n")
    guessed = csv.Sniffer().sniff(lines[0][:512]).delimiter
    delimiter = "," if guessed.isalnum() else guessed
    try:
        return np.loadtxt(lines, delimiter=delimiter, ndmin=2, comments=None)  # in C, but no cell may be empty
    except ValueError:
        pass
    return np.array([[float(cell) if cell != "" else np.nan for cell in line.split(delimiter)] for line in lines])


def read_libsvm(text: str) -> csr_matrix:
    """`label index:value index:value …` a line, counted from 0; the label is not read and may be left out."""
    lines = enumerate(text.split("\n"))
    cells = [(row, *item.split(":")[:2]) for row, line in lines for item in line.split(" ") if ":" in item]
    rows, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return csr_matrix((np.array(values, dtype=float), (np.array(rows, dtype=int), np.array(columns, dtype=int))))
