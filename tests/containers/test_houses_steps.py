"""The functions of the homes' three steps: what is told of a price, what is refused, and which models are none."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import pytest

from conftest import refusal
from houses import (
    COLUMNS,
    DENVER,
    EXAMPLE,
    HELD,
    HOME,
    LISBON,
    error_of_prices,
    model_folder,
    postprocess,
    predict,
    price,
    price_features,
    table_of,
    tell,
)

PREDICTION: dict[str, Any] = {
    "city": "Lisbon",
    "currency": "EUR",
    "share": 0.8,
    "predictions": [
        {
            "price": 412_345.6,
            "low": 364_999.9,
            "high": 1_234_567.8,
            "effects": {"area_m2": 0.01, "floor": None, "distance_km": -0.2, "garden_m2": 0.1, "kind": 0.0},
        },
        {"price": 0.4, "low": 9.99, "high": 1e12, "effects": {"area_m2": 0.0}},
    ],
}


def test_a_price_is_told_in_three_digits_with_the_strongest_reasons() -> None:
    text, kind = tell(PREDICTION, "application/json")
    assert kind == "application/json"
    first, second = json.loads(text)["predictions"]
    assert first == {
        "city": "Lisbon",
        "currency": "EUR",
        "price": 412_000,
        "low": 365_000,
        "high": 1_230_000,
        "share": 0.8,
        "reasons": [
            {"column": "distance_km", "percent": -18.1},
            {"column": "garden_m2", "percent": 10.5},
            {"column": "area_m2", "percent": 1.0},
        ],
        "assumed": ["floor"],
    }
    assert (second["price"], second["low"], second["high"]) == (0, 10, 10**12)


def test_the_last_step_answers_lines_and_csv_alike() -> None:
    answers = json.loads(tell(PREDICTION, "application/json")[0])["predictions"]
    lines, kind = tell(PREDICTION, "text/html, application/jsonlines")
    assert kind == "application/jsonlines"
    assert [json.loads(line) for line in lines.splitlines()] == answers
    text, kind = tell(PREDICTION, "text/csv")
    assert kind == "text/csv"
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["price"], row["currency"]) for row in rows] == [("412000", "EUR"), ("0", "EUR")]
    assert rows[0]["reasons"] == "distance_km -18.1% garden_m2 +10.5% area_m2 +1.0%"
    assert rows[0]["assumed"] == "floor"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"predictions": []}, "it has no predictions"),
        ({"predictions": 7}, "TypeError"),
        ({"predictions": [7]}, "TypeError"),
        ({"predictions": [{"price": 1}]}, "KeyError: 'low'"),
        ({"predictions": [{"price": -1, "low": True, "high": math.nan, "effects": {"floor": "up"}}]}, "row 1: price"),
    ],
)
def test_predictions_that_are_none_are_refused_with_the_reason(change: dict[str, Any], reason: str) -> None:
    status, message = refusal(postprocess.input_fn, json.dumps(PREDICTION | change), "application/json")
    assert status == 400
    assert message.startswith('the body is not {"city": text, "currency": text, "share": number, "predictions":')
    assert reason in message


def test_every_problem_of_a_prediction_is_named() -> None:
    body = {"predictions": [{"price": 0, "low": True, "high": math.inf, "effects": {"floor": "up", "rooms": None}}]}
    _, message = refusal(postprocess.input_fn, json.dumps(body), "application/json")
    assert message.rpartition(": city ")[2].split("; ") == [
        "is missing",
        "currency is missing",
        "share is missing",
        "row 1: price is not a number over 0",
        "row 1: low is not a number over 0",
        "row 1: high is not a number over 0",
        "row 1: the effect of floor is not a number or null",
    ]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"area_m2": None}, "row 2: area_m2 is missing"),
        ({"area_m2": 0}, "row 2: area_m2 is 0, not within 15 to 1000"),
        ({"floor": -1}, "row 2: floor is -1, not within 0 to 100"),
        ({"year_built": 2031}, "row 2: year_built is 2031, not within 1500 to 2025"),
        ({"distance_km": "near"}, 'row 2: distance_km is "near", not a number of 32 bits'),
        ({"kind": "castle"}, 'row 2: kind is "castle", not one of flat, terraced, detached'),
    ],
)
def test_homes_that_cannot_be_are_refused_by_row_and_column(
    house_artifacts: tuple[Path, Path], cells: dict[str, Any], reason: str
) -> None:
    status, message = refusal(price, house_artifacts[0], LISBON, table_of(HOME, HOME | cells))
    assert (status, message) == (400, f"the table does not fit the model: {reason}")


def test_every_problem_of_a_table_is_named(house_artifacts: tuple[Path, Path]) -> None:
    lacking = {name: value for name, value in HOME.items() if name != "rooms"}
    body = table_of(lacking | {"area_m2": None, "pool": 1}, HOME | {"floor": 900, "condition": "new"})
    _, message = refusal(price, house_artifacts[0], LISBON, body)
    assert message.removeprefix("the table does not fit the model: ").split("; ") == [
        "row 1: area_m2 is missing",
        "row 1 has no column 'rooms'",
        "row 2: floor is 900, not within 0 to 100",
        'row 2: condition is "new", not one of worn, fair, renovated',
        f"column 'pool' is not known: {', '.join(COLUMNS)} are",
    ]


def test_homes_are_read_from_csv_and_lines_too(house_artifacts: tuple[Path, Path]) -> None:
    homes = HELD[LISBON].instances()[:3]
    answer = price(house_artifacts[0], LISBON, table_of(*homes))
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(homes)
    assert price(house_artifacts[0], LISBON, text.getvalue(), "text/csv") == answer
    lines = "\n".join(map(json.dumps, homes))
    assert price(house_artifacts[0], LISBON, lines, "application/jsonlines") == answer


@pytest.mark.parametrize("city", [LISBON, DENVER], ids=lambda city: city.name)
def test_a_number_that_is_missing_is_assumed_and_widens_the_range(
    house_artifacts: tuple[Path, Path], city: Any
) -> None:
    sales = HELD[city]
    gaps = [home | {"year_built": None, "water_km": None} for home in sales.instances()]
    whole, assumed = (price(house_artifacts[0], city, table_of(*homes)) for homes in (sales.instances(), gaps))
    for one, other in zip(whole["predictions"], assumed["predictions"], strict=True):
        assert one["low"] < one["price"] < one["high"]
        assert other["high"] / other["low"] > one["high"] / one["low"]
        assert (other["effects"]["year_built"], other["effects"]["water_km"]) == (None, None)
        assert None not in one["effects"].values()
    for answer in (whole, assumed):
        within = [
            one["low"] <= sold <= one["high"] for one, sold in zip(answer["predictions"], sales.prices, strict=True)
        ]
        assert 0.7 < sum(within) / len(within) < 0.9  # 0.8, give or take 2.5 deviations of a hundred homes
    assert error_of_prices(assumed["predictions"], sales) > error_of_prices(whole["predictions"], sales)
    assert json.loads(tell(assumed, "*/*")[0])["predictions"][0]["assumed"] == ["water_km", "year_built"]


def test_what_a_column_adds_explains_the_price(house_artifacts: tuple[Path, Path]) -> None:
    """A home that differs in its garden alone differs in price by just what the garden adds."""
    answer = price(house_artifacts[0], LISBON, table_of(HOME | {"garden_m2": 0}, HOME | {"garden_m2": 200}))
    without, with_garden = answer["predictions"]
    added = with_garden["effects"]["garden_m2"] - without["effects"]["garden_m2"]
    assert added > 0
    assert with_garden["price"] / without["price"] == pytest.approx(math.exp(added), rel=1e-5)


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("1,2", "application/json", 415, "content type 'application/json' is not supported: text/csv is"),
        ("1,2", None, 415, "content type None is not supported"),
        ("", "text/csv", 400, "the body has no line"),
        (b"\xff", "text/csv", 400, "the body is not CSV"),
        ("1,2\n3\n", "text/csv", 400, "row 1 has 2 features, not 14; row 2 has 1 features, not 14"),
        (
            "80,3,a,0,,inf,1970,0,1,0,0,0,1,0",
            "text/csv",
            400,
            "row 1: floor is 'a', not a number; row 1: distance_km is ''",
        ),
        ("nan,3,1,0,2,1,1970,0,1,0,0,0,1,0", "text/csv", 400, "row 1: area_m2 is 'nan', not a number over 0"),
        ("1\n" * 100, "text/csv", 400, "row 20 has 1 features, not 14; and 80 more"),
    ],
)
def test_features_that_are_none_are_refused_with_the_reason(
    house_artifacts: tuple[Path, Path], body: Any, content_type: Any, status: int, reason: str
) -> None:
    found, message = refusal(price_features, house_artifacts[0], LISBON, body, content_type)
    assert (found, reason in message) == (status, True), message


def changed_term(**values: Any) -> Any:
    def change(model: dict[str, Any]) -> None:
        model["terms"][1] |= values

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda model: model.pop("currency"), "KeyError: 'currency'"),
        (lambda model: model["errors"].pop("low"), "TypeError: "),
        (lambda model: model["terms"].pop(0), "no term is of the column area_m2"),
        (changed_term(knots=[2, 1], effects=[0, 0]), "the knots of rooms do not increase"),
        (changed_term(knots=[1, 2], effects=[0]), "rooms does not have a knot or more, with an effect each"),
        (changed_term(knots=[], effects=[]), "rooms does not have a knot or more, with an effect each"),
        (changed_term(knots=["one"]), "ValueError: could not convert string to float"),
        (lambda model: model.update(typical="dear"), "ValueError: could not convert string to float"),
        (lambda model: model.update(errors=[]), "AttributeError: "),
        (changed_term(effects=[math.nan], knots=[1]), "a number of rooms is not finite"),
        (lambda model: model["errors"].update(low=1), "the low error under the high one"),
        (lambda model: model["errors"].update(deviation=0), "the deviation of its errors is 0.0, not over 0"),
    ],
)
def test_a_file_that_is_no_model_is_not_loaded(
    house_artifacts: tuple[Path, Path], tmp_path: Path, change: Any, reason: str
) -> None:
    model = json.loads((model_folder(house_artifacts[0], LISBON) / "model.json").read_text())
    change(model)
    (tmp_path / "model.json").write_text(json.dumps(model))
    with pytest.raises(ValueError, match="is no model of prices: ") as raised:
        predict.model_fn(str(tmp_path))
    assert reason in str(raised.value)


def test_the_example_is_of_homes_in_lisbon_of_which_one_lacks_numbers(house_artifacts: tuple[Path, Path]) -> None:
    answers = json.loads(tell(price(house_artifacts[0], LISBON, EXAMPLE), "*/*")[0])["predictions"]
    assert [answer["assumed"] for answer in answers] == [[], [], [], ["water_km", "year_built"]]
