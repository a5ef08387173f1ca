"""Trains the XGBoost model of the penguins' sex: `python models/tabular/predict/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/xgboost/requirements.txt. Writes xgboost-model, the same one each time, to the folder
(default: artifact beside this file), all or nothing. It is the only file, because AWS's image takes every file for a
model; so what training measured is in the model's attributes. It is JSON, which XGBoost 1.7 reads.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import xgboost
from sklearn.model_selection import StratifiedKFold

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parents[1])]

from data import LABELS, Penguins, fit_transformer, split_penguins  # noqa: E402
from write_artifact import write_artifact  # noqa: E402

PARAMETERS = {"objective": "binary:logistic", "max_depth": 3, "eta": 0.2, "nthread": 1, "seed": 0}
ROUNDS = 60
FOLDS = 5


def main(output: Path) -> None:
    train, held_out = split_penguins()
    validation = cross_validate(train)
    transformer, booster = fit(train)
    accuracy = float(((predict(transformer, booster, held_out.rows) > 0.5) == held_out.labels).mean())

    booster.set_attr(
        accuracy=f"{accuracy:.4f}",
        held_out_rows=str(len(held_out.rows)),
        validation=json.dumps(
            {"labels": LABELS, "truth": train.labels.tolist(), "probabilities": validation.round(6).tolist()}
        ),
    )
    write_artifact(output, {"xgboost-model": bytes(booster.save_raw("json"))})
    print(f"held-out accuracy {accuracy:.4f} ({len(held_out.rows)} penguins): {output}")


def cross_validate(penguins: Penguins) -> np.ndarray:
    """The probability of LABELS[1] that each row gets from a model trained without it."""
    probabilities = np.empty(len(penguins.rows))
    for rest, fold in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(penguins.rows, penguins.labels):
        transformer, booster = fit(Penguins(penguins.rows[rest], penguins.labels[rest]))
        probabilities[fold] = predict(transformer, booster, penguins.rows[fold])
    return probabilities


def fit(penguins: Penguins) -> tuple[Any, xgboost.Booster]:
    transformer = fit_transformer(penguins.rows)
    features = xgboost.DMatrix(transformer.transform(penguins.rows).astype(float), penguins.labels)
    return transformer, xgboost.train(PARAMETERS, features, ROUNDS)


def predict(transformer: Any, booster: xgboost.Booster, rows: np.ndarray) -> np.ndarray:
    return booster.predict(xgboost.DMatrix(transformer.transform(rows).astype(float)))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
