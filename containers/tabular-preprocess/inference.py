"""Turns rows of a table into the numbers a model takes: the first step of a pipeline.

Takes `application/json`, `{"instances": [{column: value, …}, …]}`, `application/jsonlines`, `{column: value, …}` a
line, or `text/csv` with a header line; the columns may stand in any order. The artifact's columns.json names the
columns, what each category may be, and where it says so which numbers are required and within which limits each may be.
Others may be missing (`null`, an empty cell), and the artifact's transformer says what becomes of them; everything else
that does not fit is refused, every problem of the request in one answer.
Answers `text/csv` without a header, whatever is accepted: the client's Accept only reaches a pipeline's last container.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sagemaker_inference.errors import GenericInferenceToolkitError

from table import Columns, Table, read_csv, read_instances, read_json_lines

READERS = {"application/json": read_instances, "application/jsonlines": read_json_lines, "text/csv": read_csv}


@dataclass(frozen=True)
class Preprocessor:
    """The columns of a request, and the fitted transformer of rows in which they stand in this order."""

    columns: Columns
    transformer: Any


def model_fn(model_dir: str) -> Preprocessor:
    folder = Path(model_dir)
    columns = Columns(**json.loads((folder / "columns.json").read_text()))
    return Preprocessor(columns, joblib.load(folder / "transformer.joblib"))


def input_fn(body: bytes | str, content_type: str | None) -> Table:
    """The request's cells by column, not yet checked against the columns of the model."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind not in READERS:
        raise GenericInferenceToolkitError(
            415, f"content type {content_type!r} is not supported: {', '.join(READERS)} are"
        )
    return READERS[kind](body)


def predict_fn(table: Table, model: Preprocessor) -> np.ndarray:
    """The numbers, an array of shape (rows, features).

    :raises GenericInferenceToolkitError: 400 for a table that does not fit the columns
    """
    return model.transformer.transform(table.rows_of(model.columns)).astype(np.float64)


def output_fn(features: np.ndarray, accept: str) -> tuple[str, str]:
    return "".join(f"{','.join(map(repr, row))}\n" for row in features.tolist()), "text/csv"
