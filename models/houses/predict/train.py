"""Trains a price model for each city: `python models/houses/predict/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/houses-predict/requirements.txt. Writes REGION/CITY/model.json and
REGION/CITY/metrics.json, the same ones each time, to the folder (default: artifact beside this file), all or nothing.
Each city's folder is an artifact of its own, whatever other cities there are.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_predict
from threadpoolctl import threadpool_limits

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parents[1]), str(HERE.parents[2] / "containers" / "houses-predict")]

from cities import CITIES, City  # noqa: E402
from data import HELD_OUT, TRAINING, Sales, make_sales  # noqa: E402
from features import FEATURES, make_transformer  # noqa: E402
from price_model import AREA, FILE, Errors, PriceModel, Term  # noqa: E402
from write_artifact import write_artifact  # noqa: E402

SALES = {TRAINING: 800, HELD_OUT: 400}
KNOTS = 10
"""Places along a feature, at most, between which the lines are straight. Held-out error, the mean of the cities': with a
straight line for each feature 12.1 %, with 6 knots 7.5 %, with 9 to 12 knots 7.3 to 7.4 %; of gradient-boosted trees with
6 leaves 7.6 %, with 31 leaves 8.3 %, of a random forest 9.0 %. What knew all but the noise would be off by 6.7 %."""
PENALTY = 0.5
SHARE = 0.8
"""Of validation sales, those within the range that is answered."""
FOLDS = 5


def main(output: Path) -> None:
    files: dict[str, bytes] = {}
    errors = []
    for city in CITIES:
        model = fit_city(city, make_sales(city, SALES[TRAINING], TRAINING))
        metrics = measure(model, make_sales(city, SALES[HELD_OUT], HELD_OUT))
        errors.append(metrics["mean_error"])
        files[f"{city.key}/{FILE}"] = encoded(model.as_json())
        files[f"{city.key}/metrics.json"] = encoded(metrics)
    write_artifact(output, files)
    print(f"{len(CITIES)} cities, held-out mean error {min(errors):.1%} to {max(errors):.1%}: {output}")


def fit_city(city: City, sales: Sales) -> PriceModel:
    """Ridge regression of the logarithm of the price of a square metre on hats: features that are 1 at a knot and fall to
    0 at its neighbours, so that a coefficient is the height of a line of straight pieces at that knot."""
    features = features_of(sales)
    knots = [np.unique(np.quantile(values, np.linspace(0, 1, KNOTS)).round(3)) for values in features.T]
    hats = [
        np.stack([np.interp(values, at, hat) for hat in np.eye(len(at))], axis=1)
        for values, at in zip(features.T, knots, strict=True)
    ]
    design, target = np.hstack(hats), np.log(sales.prices / sales.homes[AREA])
    ridge = Ridge(PENALTY).fit(design, target)

    folds = KFold(FOLDS, shuffle=True, random_state=0)
    residuals = target - cross_val_predict(Ridge(PENALTY), design, target, cv=folds)
    low, high = np.quantile(residuals, [(1 - SHARE) / 2, (1 + SHARE) / 2])

    heights = np.split(ridge.coef_, np.cumsum([len(at) for at in knots])[:-1])
    added = [hat @ height for hat, height in zip(hats, heights, strict=True)]
    terms = [
        Term(column, at, height - effects.mean(), effects.std())
        for column, at, height, effects in zip(FEATURES, knots, heights, added, strict=True)
    ]
    typical = ridge.intercept_ + sum(effects.mean() for effects in added)
    return PriceModel(city.name, city.currency, typical, tuple(terms), Errors(SHARE, low, high, residuals.std()))


def measure(model: PriceModel, sales: Sales) -> dict[str, Any]:
    """On sales that it was not trained on: how far it is off on average, as a share of the price, and how many sales
    were within the range."""
    answers = model.predict(features_of(sales))
    price, low, high = (np.array([answer[name] for answer in answers]) for name in ("price", "low", "high"))
    return {
        "mean_error": round(float(np.abs(price / sales.prices - 1).mean()), 4),
        "within_range": round(float(((low <= sales.prices) & (sales.prices <= high)).mean()), 4),
        "train_sales": SALES[TRAINING],
        "held_out_sales": SALES[HELD_OUT],
    }


def features_of(sales: Sales) -> np.ndarray:
    return make_transformer().transform(sales.rows()).astype(np.float64)


def encoded(value: Any) -> bytes:
    return (json.dumps(value, indent=4) + "\n").encode()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    with threadpool_limits(1):  # sums in the same order on any machine; these are too small for more, anyway
        main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
