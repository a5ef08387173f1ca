"""The pipeline of homes' prices for its tests: its handlers, and homes of two cities."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from conftest import ROOT, handler_of

sys.path.append(str(ROOT / "models" / "houses"))

from cities import CITIES, City  # noqa: E402
from data import COLUMNS, HELD_OUT, Sales, make_sales  # noqa: E402

CONTAINERS = {"preprocess": "tabular-preprocess", "predict": "houses-predict", "postprocess": "houses-postprocess"}
"""Each step's container, in the order that requests flow."""
preprocess, predict, postprocess = (handler_of(container) for container in CONTAINERS.values())

LISBON, DENVER = (next(city for city in CITIES if city.key == key) for key in ("europe/lisbon", "america/denver"))
HELD: dict[City, Sales] = {city: make_sales(city, 100, HELD_OUT) for city in (LISBON, DENVER)}
HOME = HELD[LISBON].instances()[0]
EXAMPLE = (ROOT / "examples" / "houses.json").read_bytes()


def table_of(*homes: dict[str, Any]) -> bytes:
    return json.dumps({"instances": homes}).encode()


def model_folder(artifacts: Path, city: City) -> Path:
    return artifacts / "predict" / "model" / city.key


def price(artifacts: Path, city: City, body: bytes | str, content_type: str = "application/json") -> dict[str, Any]:
    """What the city's model answers, as the functions of the first two steps give it."""
    preprocessor = preprocess.model_fn(str(artifacts / "preprocess" / "model"))
    features, kind = preprocess.output_fn(
        preprocess.predict_fn(preprocess.input_fn(body, content_type), preprocessor), "text/csv"
    )
    return price_features(artifacts, city, features, kind)


def price_features(artifacts: Path, city: City, features: str, kind: str = "text/csv") -> dict[str, Any]:
    model = predict.model_fn(str(model_folder(artifacts, city)))
    answer, kind = predict.output_fn(predict.predict_fn(predict.input_fn(features, kind), model), "*/*")
    assert kind == "application/json"
    answered: dict[str, Any] = json.loads(answer)
    return answered


def tell(prediction: dict[str, Any], accept: str) -> tuple[str, str]:
    """What the last step answers."""
    told: tuple[str, str] = postprocess.output_fn(
        postprocess.predict_fn(postprocess.input_fn(json.dumps(prediction), "application/json"), "/opt/ml/model"),
        accept,
    )
    return told


def error_of_prices(answers: list[dict[str, Any]], sales: Sales) -> float:
    """The mean of |answered / sold - 1|."""
    return float(np.abs(np.array([answer["price"] for answer in answers]) / sales.prices - 1).mean())
