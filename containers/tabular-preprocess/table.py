"""The rows of a request, read from JSON, JSON lines or CSV and checked against the columns that a model was trained on."""

import csv
import io
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sagemaker_inference.errors import GenericInferenceToolkitError

LARGEST_NUMBER = float(np.finfo(np.float32).max)
"""XGBoost keeps features as 32-bit numbers."""
MOST_PROBLEMS = 20
"""Problems named in one answer; of further ones it only says how many there are."""


@dataclass(frozen=True)
class Columns:
    """The columns that are numbers, and for each that is a category what it may be."""

    numbers: list[str]
    categories: dict[str, list[str]]
    required: list[str] = field(default_factory=list)
    """The numbers that may not be missing."""
    limits: dict[str, list[float]] = field(default_factory=dict)
    """The least and the most that a number may be; one that is not named may be any."""

    @property
    def names(self) -> list[str]:
        return [*self.numbers, *self.categories]


@dataclass(frozen=True)
class Table:
    """Rows of cells by column. JSON's cells are typed, CSV's are text of which an empty one is missing."""

    rows: list[dict[str, Any]]
    is_text: bool

    def rows_of(self, columns: Columns) -> np.ndarray:
        """The cells in the columns' order, an object array of shape (rows, columns); a missing number is NaN.

        :raises GenericInferenceToolkitError: 400 naming what does not fit
        """
        problems: list[str] = []
        rows = [
            [self._cell(row, name, columns, f"row {number}", problems) for name in columns.names]
            for number, row in enumerate(self.rows, start=1)
        ]
        for name in unique(name for row in self.rows for name in row if name not in columns.names):
            problems.append(f"column {name!r} is not known: {', '.join(columns.names)} are")
        if problems:
            raise bad_table(problems)
        return np.array(rows, dtype=object)

    def _cell(self, row: dict[str, Any], name: str, columns: Columns, where: str, problems: list[str]) -> Any:
        if name not in row:
            problems.append(f"{where} has no column {name!r}")
            return None
        value = row[name]
        if name in columns.numbers:
            number = self._number(value)
            least, most = columns.limits.get(name, (-math.inf, math.inf))
            if number is None:
                problems.append(f"{where}: {name} is {shown(value)}, not a number of 32 bits")
            elif math.isnan(number) and name in columns.required:
                problems.append(f"{where}: {name} is missing")
            elif number < least or number > most:
                problems.append(f"{where}: {name} is {shown(value)}, not within {least} to {most}")
            return number
        if value not in columns.categories[name]:
            problems.append(f"{where}: {name} is {shown(value)}, not one of {', '.join(columns.categories[name])}")
        return value

    def _number(self, value: Any) -> float | None:
        """NaN where it is missing, `None` where it is no number."""
        if value == "" if self.is_text else value is None:
            return math.nan
        if isinstance(value, bool) or not isinstance(value, str if self.is_text else (int, float)):
            return None
        try:
            number = float(value)
        except (ValueError, OverflowError):
            return None
        return number if abs(number) <= LARGEST_NUMBER else None  # NaN is not either


def read_instances(body: bytes | str) -> Table:
    """:raises GenericInferenceToolkitError: 400 where the body is not `{"instances": [{column: value, …}, …]}`"""
    wanted = '{"instances": [{column: value, …}, …]}'
    try:
        instances = json.loads(body)["instances"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise GenericInferenceToolkitError(400, f"the body is not {wanted}: {type(error).__name__}: {error}") from error
    if not isinstance(instances, list) or len(instances) == 0:
        raise GenericInferenceToolkitError(400, f"the body is not {wanted}: its instances are {shown(instances)}")
    return table_of(instances)


def read_json_lines(body: bytes | str) -> Table:
    """:raises GenericInferenceToolkitError: 400 where a line is not `{column: value, …}`, or there is none"""
    lines = (body if isinstance(body, bytes) else body.encode()).splitlines()
    rows: list[Any] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            problems.append(f"row {number} is no JSON: {error}")
    if problems:
        raise bad_table(problems)
    if not rows:
        raise GenericInferenceToolkitError(400, "the body has no line")
    return table_of(rows)


def table_of(instances: list[Any]) -> Table:
    problems = [
        f"row {number} is {shown(instance)}, not {{column: value, …}}"
        for number, instance in enumerate(instances, start=1)
        if not isinstance(instance, dict)
    ]
    if problems:
        raise bad_table(problems)
    return Table(instances, is_text=False)


def read_csv(body: bytes | str) -> Table:
    """:raises GenericInferenceToolkitError: 400 where the body is not a header line and rows as long as it"""
    try:
        text = (body.decode() if isinstance(body, bytes) else body).removeprefix("\ufeff")
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except (UnicodeDecodeError, csv.Error) as error:
        raise GenericInferenceToolkitError(400, f"the body is not CSV: {error}") from error
    if len(lines) < 2:
        raise GenericInferenceToolkitError(400, f"the body has {len(lines)} lines, not a header line and a row or more")
    header, *rows = lines
    problems = [f"column {name!r} stands twice" for name in unique(name for name in header if header.count(name) > 1)]
    problems += [
        f"row {number} has {len(row)} cells, not {len(header)} as the header line"
        for number, row in enumerate(rows, start=1)
        if len(row) != len(header)
    ]
    if problems:
        raise bad_table(problems)
    return Table([dict(zip(header, row, strict=True)) for row in rows], is_text=True)


def bad_table(problems: list[str]) -> GenericInferenceToolkitError:
    further = len(problems) - MOST_PROBLEMS
    named = problems[:MOST_PROBLEMS] + ([f"and {further} more"] if further > 0 else [])
    return GenericInferenceToolkitError(400, f"the table does not fit the model: {'; '.join(named)}")


def shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"


def unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
