"""What `SAGEMAKER_INFERENCE_OUTPUT`, a list such as `predicted_label,probabilities`, selects of a prediction.

| key | `binary:logistic` | `multi:softprob` |
|---|---|---|
| `predicted_label` | 1 where the probability of class 1 is over 0.5, else 0 | the most probable class |
| `labels` | `[0, 1]` | `[0, 1, …]` |
| `probability`, `raw_score` | of class 1 | of the most probable class |
| `probabilities`, `raw_scores` | of each class | of each class |

A key that is none of these is answered with NaN, as AWS's image does. Of its other objectives none is served here.
"""

import json
import math
from typing import Any

import numpy as np
import xgboost
from sagemaker_inference.errors import GenericInferenceToolkitError

OUTPUTS = ("application/json", "text/csv")
OBJECTIVES = ("binary:logistic", "multi:softprob")


def select(raw: np.ndarray, keys: list[str], model: xgboost.Booster) -> list[dict[str, Any]]:
    """One object a row, with the selected keys.

    :param raw: what the model gives: the probability of class 1, or a row of probabilities
    :raises GenericInferenceToolkitError: 500 for a model of another objective
    """
    objective = json.loads(model.save_config())["learner"]["objective"]["name"]
    if objective not in OBJECTIVES:
        raise GenericInferenceToolkitError(
            500, f"the objective {objective!r} has no selectable output here: {', '.join(OBJECTIVES)} have"
        )
    values_of = binary_values if objective == "binary:logistic" else multiclass_values
    selected = []
    for prediction in raw:
        values = values_of(prediction)
        known = {key: value for key, value in values.items() if key in keys}
        selected.append(known | {key: math.nan for key in keys if key not in values})
    return selected


def binary_values(prediction: np.floating) -> dict[str, Any]:
    one = prediction.item()
    return {
        "predicted_label": int(one > 0.5),
        "labels": [0, 1],
        "probability": one,
        "probabilities": [1.0 - one, one],
        "raw_score": one,
        "raw_scores": [1.0 - one, one],
    }


def multiclass_values(prediction: np.ndarray) -> dict[str, Any]:
    return {
        "predicted_label": prediction.argmax().item(),
        "labels": list(range(len(prediction))),
        "probability": prediction.max().item(),
        "probabilities": prediction.tolist(),
        "raw_score": prediction.max().item(),
        "raw_scores": prediction.tolist(),
    }


def encode(predictions: list[dict[str, Any]], keys: list[str], kind: str) -> str:
    """As JSON, or as CSV with a line for each row in the keys' order, where a list is one quoted cell."""
    if kind == "application/json":
        return json.dumps({"predictions": predictions})
    return "\n".join(",".join(cell(prediction[key]) for key in keys) for prediction in predictions)


def cell(value: Any) -> str:
    return f'"{value}"' if isinstance(value, list) else str(value)
