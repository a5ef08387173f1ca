"""Says what homes are sold for in one city: the step of a pipeline whose container holds many models, one a city.

A request names its city by TargetModel, which no other step of the pipeline sees; so what they need of it stands in the
answer.
Takes `text/csv` without a header, a line of features for each home, as the step before sends them; `nan` is missing.
Answers `application/json`, whatever is accepted: the client's Accept only reaches a pipeline's last container.
`{"city": "Lisbon", "currency": "EUR", "share": 0.8, "predictions": [{"price": number, "low": number, "high": number,
"effects": {column: number or null, …}}, …]}`; share is of validation sales, those sold between low and high, and an
effect what a column adds to the logarithm of the price, over the average home of the city.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sagemaker_inference.errors import GenericInferenceToolkitError

from price_model import AREA, PriceModel, load_price_model

MOST_PROBLEMS = 20
"""Problems named in one answer; of further ones it only says how many there are."""


@dataclass(frozen=True)
class Priced:
    """The model's answer for each home, and the model itself, which output_fn does not see."""

    model: PriceModel
    homes: list[dict[str, Any]]


def model_fn(model_dir: str) -> PriceModel:
    return load_price_model(Path(model_dir))


def input_fn(body: bytes | str, content_type: str | None) -> list[list[str]]:
    """The cells of each line."""
    if (content_type or "").partition(";")[0].strip().lower() != "text/csv":
        raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: text/csv is")
    try:
        text = body.decode() if isinstance(body, bytes) else body
    except UnicodeDecodeError as error:
        raise GenericInferenceToolkitError(400, f"the body is not CSV: {error}") from error
    lines = text.splitlines()
    if len(lines) == 0:
        raise GenericInferenceToolkitError(400, "the body has no line")
    return [line.split(",") for line in lines]


def predict_fn(lines: list[list[str]], model: PriceModel) -> Priced:
    """:raises GenericInferenceToolkitError: 400 for features that the model does not take"""
    problems: list[str] = []
    rows: list[list[float]] = []
    for number, cells in enumerate(lines, start=1):
        where = f"row {number}"
        if len(cells) != len(model.terms):
            problems.append(f"{where} has {len(cells)} features, not {len(model.terms)}")
            continue
        rows.append([read_number(*named, where, problems) for named in zip(model.column_names, cells, strict=True)])
    if problems:
        further = len(problems) - MOST_PROBLEMS
        named = problems[:MOST_PROBLEMS] + ([f"and {further} more"] if further > 0 else [])
        raise GenericInferenceToolkitError(400, f"the features do not fit the model: {'; '.join(named)}")
    return Priced(model, model.predict(np.array(rows)))


def output_fn(priced: Priced, accept: str) -> tuple[str, str]:
    model = priced.model
    answer = {"city": model.city, "currency": model.currency, "share": model.errors.share, "predictions": priced.homes}
    return json.dumps(answer), "application/json"


def read_number(column: str, cell: str, where: str, problems: list[str]) -> float:
    """NaN where it is missing, or adds what is wrong to the problems."""
    try:
        number = float(cell)
    except ValueError:
        number = math.inf
    if math.isinf(number):
        problems.append(f"{where}: {column} is {cell[:60]!r}, not a number")
    elif column == AREA and not number > 0:
        problems.append(f"{where}: {column} is {cell[:60]!r}, not a number over 0")
    return number
