"""A city's model of homes' prices: the logarithm of the price of a square metre is a sum, with a term a feature.

The file is JSON, not a pickle: who may add a city to the prefix of models must not thereby run code in the container, a
model outlives the release of scikit-learn that made it, and the container imports NumPy alone.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

FILE = "model.json"
AREA = "area_m2"
"""The column whose number of square metres the price of one is multiplied by; it cannot be missing."""


@dataclass(frozen=True)
class Term:
    """What a feature adds to the logarithm of the price: straight lines between knots, level beyond, 0 on average."""

    column: str
    """Of the request. Each of a category's values is a feature of 0 or 1, so a column may have several terms."""
    knots: np.ndarray
    """In increasing order, and one or more."""
    effects: np.ndarray
    """At each knot."""
    deviation: float
    """Of the effects in the sales it was trained on: how far off the average may be where the value is missing."""

    def effects_of(self, values: np.ndarray) -> np.ndarray:
        """Of each value, NaN where it is missing."""
        return np.interp(values, self.knots, self.effects)


@dataclass(frozen=True)
class Errors:
    """How far sales were off in validation, in logarithms: a share of them lay between low and high."""

    share: float
    low: float
    high: float
    deviation: float


@dataclass(frozen=True)
class PriceModel:
    city: str
    currency: str
    typical: float
    """The logarithm of the price of a square metre, where every term is 0."""
    terms: tuple[Term, ...]
    """One for each feature, in the order that the step before sends them."""
    errors: Errors

    def predict(self, features: np.ndarray) -> list[dict[str, Any]]:
        """For each home `price`, `low` and `high` in the currency, and `effects`: what each column adds to the
        logarithm of the price, `None` where it is missing. Then it counts as 0, and the range is wider.

        :param features: of shape (homes, terms), NaN where missing, which the area is nowhere
        """
        columns = zip(self.terms, features.T, strict=True)
        effects = np.stack([term.effects_of(values) for term, values in columns], axis=1)
        is_missing = np.isnan(effects)
        logarithm = self.typical + np.where(is_missing, 0, effects).sum(axis=1)

        unknown = np.where(is_missing, [term.deviation**2 for term in self.terms], 0).sum(axis=1)
        wider = np.sqrt(1 + unknown / self.errors.deviation**2)
        area = features[:, self.column_names.index(AREA)]
        prices = area * np.exp(np.stack([logarithm + off * wider for off in (0, self.errors.low, self.errors.high)]))
        return [
            {"price": price, "low": low, "high": high, "effects": self._by_column(row)}
            for price, low, high, row in zip(*prices.tolist(), effects.tolist(), strict=True)
        ]

    def as_json(self) -> dict[str, Any]:
        """What its file holds, rounded, so that the same sales give the same file on any machine."""
        terms = [
            {
                "column": term.column,
                "knots": term.knots.tolist(),
                "effects": term.effects.round(6).tolist(),
                "deviation": round(float(term.deviation), 6),
            }
            for term in self.terms
        ]
        errors = {name: round(float(value), 6) for name, value in asdict(self.errors).items()}
        typical = round(float(self.typical), 6)
        return {"city": self.city, "currency": self.currency, "typical": typical, "errors": errors, "terms": terms}

    @property
    def column_names(self) -> list[str]:
        return [term.column for term in self.terms]

    def _by_column(self, effects: list[float]) -> dict[str, float | None]:
        sums: dict[str, float] = {}
        for name, effect in zip(self.column_names, effects, strict=True):
            sums[name] = sums.get(name, 0) + effect
        return {name: None if math.isnan(effect) else round(effect, 6) for name, effect in sums.items()}


def load_price_model(folder: Path) -> PriceModel:
    """:raises ValueError: where the file is no such model; OSError: where it cannot be read"""
    file = folder / FILE
    try:
        read = json.loads(file.read_text())
        terms = tuple(
            Term(
                term["column"],
                np.array(term["knots"], float),
                np.array(term["effects"], float),
                float(term["deviation"]),
            )
            for term in read["terms"]
        )
        errors = Errors(**{name: float(value) for name, value in read["errors"].items()})
        model = PriceModel(read["city"], read["currency"], float(read["typical"]), terms, errors)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{file} is no model of prices: {type(error).__name__}: {error}") from error
    problem = model_problem(model)
    if problem is not None:
        raise ValueError(f"{file} is no model of prices: {problem}")
    return model


def model_problem(model: PriceModel) -> str | None:
    """Why it would answer nothing sensible."""
    for term in model.terms:
        if term.knots.ndim != 1 or term.knots.size == 0 or term.knots.shape != term.effects.shape:
            return f"{term.column} does not have a knot or more, with an effect each"
        if not (np.diff(term.knots) > 0).all():
            return f"the knots of {term.column} do not increase"
        if not np.isfinite([*term.knots, *term.effects, term.deviation]).all():
            return f"a number of {term.column} is not finite"
    errors = model.errors
    if not np.isfinite([model.typical, *asdict(errors).values()]).all() or not errors.low < errors.high:
        return "its typical price and its errors are not finite numbers, the low error under the high one"
    if not errors.deviation > 0:
        return f"the deviation of its errors is {errors.deviation}, not over 0"
    if AREA not in model.column_names:
        return f"no term is of the column {AREA}"
    return None
