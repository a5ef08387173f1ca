"""The preprocessing container's functions."""

import json
import math
from typing import Any

import pytest

from conftest import refusal
from tabular import CSV, INSTANCES, JSON, JSON_LINES, artifacts, models, run_preprocess

__all__ = ["artifacts", "models"]


def changed(**cells: Any) -> str:
    return json.dumps({"instances": [INSTANCES[0], INSTANCES[1] | cells]})


def test_preprocessing_reads_json_and_csv_alike_in_any_order_of_columns(models: dict[str, Any]) -> None:
    features = run_preprocess(models, JSON, "application/json")
    rows = [[float(cell) for cell in line.split(",")] for line in features.splitlines()]
    assert len(rows) == len(INSTANCES)
    first = INSTANCES[0]
    assert rows[0][:4] == [first[name] for name in list(first)[:4]]
    assert all(sum(row[-8:-5]) == sum(row[-5:-2]) == sum(row[-2:]) == 1 for row in rows), "one of each category"
    assert run_preprocess(models, CSV, "text/csv; charset=utf-8") == features
    assert run_preprocess(models, JSON_LINES, "application/jsonlines") == features
    assert run_preprocess(models, JSON_LINES.rstrip().replace(b"\n", b"\r\n"), "application/jsonlines") == features
    turned = json.dumps({"instances": [dict(reversed(instance.items())) for instance in INSTANCES]})
    assert run_preprocess(models, turned, "application/json") == features
    assert run_preprocess(models, b"\xef\xbb\xbf" + CSV.replace(b"\n", b"\r\n"), "text/csv") == features


def test_preprocessing_fills_in_missing_numbers(models: dict[str, Any]) -> None:
    medians = models["preprocess"].transformer.named_transformers_["numbers"].statistics_.tolist()
    gaps = changed(**dict.fromkeys(models["preprocess"].columns.numbers))
    filled = run_preprocess(models, gaps, "application/json").splitlines()[1].split(",")
    assert [float(cell) for cell in filled[: len(medians)]] == medians
    assert all(math.isfinite(median) for median in medians)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"species": "Macaroni"}, 'row 2: species is "Macaroni", not one of Adelie, Chinstrap, Gentoo'),
        ({"species": None}, "row 2: species is null, not one of"),
        ({"species": ["Adelie"]}, 'row 2: species is ["Adelie"], not one of'),
        ({"body_mass_g": "3750"}, 'row 2: body_mass_g is "3750", not a number of 32 bits'),
        ({"body_mass_g": True}, "row 2: body_mass_g is true, not a number"),
        ({"body_mass_g": math.nan}, "row 2: body_mass_g is NaN, not a number"),
        ({"body_mass_g": 1e39}, "row 2: body_mass_g is 1e+39, not a number"),
        ({"body_mass_g": 10**400}, "row 2: body_mass_g is 1000"),
        ({"colour": "black"}, "column 'colour' is not known: bill_length_mm, "),
    ],
)
def test_cells_that_do_not_fit_are_refused_with_the_reason(
    models: dict[str, Any], cells: dict[str, Any], reason: str
) -> None:
    status, message = refusal(run_preprocess, models, changed(**cells), "application/json")
    assert status == 400
    assert message.startswith("the table does not fit the model: ")
    assert reason in message
    assert ";" not in message, "and nothing else"


def test_every_problem_of_a_request_is_named_up_to_a_limit(models: dict[str, Any]) -> None:
    lacking = {name: value for name, value in INSTANCES[0].items() if name != "island"} | {"isle": "Dream"}
    body = json.dumps({"instances": [lacking, INSTANCES[1] | {"species": 7, "body_mass_g": []}]})
    _, message = refusal(run_preprocess, models, body, "application/json")
    assert message.removeprefix("the table does not fit the model: ").split("; ") == [
        "row 1 has no column 'island'",
        "row 2: body_mass_g is [], not a number of 32 bits",
        "row 2: species is 7, not one of Adelie, Chinstrap, Gentoo",
        f"column 'isle' is not known: {', '.join(models['preprocess'].columns.names)} are",
    ]
    _, many = refusal(run_preprocess, models, json.dumps({"instances": [{}] * 100}), "application/json")
    assert many.count(";") == 20
    assert many.endswith("; and 880 more")


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("{", "application/json", 400, "JSONDecodeError"),
        ("[" * 100_000, "application/json", 400, "RecursionError"),
        (b"\xff", "application/json", 400, "UnicodeDecodeError"),
        ("[]", "application/json", 400, "TypeError"),
        ("{}", "application/json", 400, "KeyError: 'instances'"),
        ('{"instances": []}', "application/json", 400, "its instances are []"),
        ('{"instances": {"species": 1}}', "application/json", 400, 'its instances are {"species": 1}'),
        ('{"instances": [1, {}, "x"]}', "application/json", 400, 'row 1 is 1, not {column: value, …}; row 3 is "x"'),
        ("", "text/csv", 400, "the body has 0 lines"),
        (CSV.splitlines()[0], "text/csv", 400, "the body has 1 lines, not a header line and a row or more"),
        ("a,b,a\n1,2,3", "text/csv", 400, "column 'a' stands twice"),
        ("a,b\n1,2\n1\n1,2,3", "text/csv", 400, "row 2 has 1 cells, not 2 as the header line; row 3 has 3 cells"),
        ('a,b\n"1,2', "text/csv", 400, "the body is not CSV"),
        (b"a\n\xff", "text/csv", 400, "the body is not CSV"),
        (CSV.replace(b"4250.0", b"heavy"), "text/csv", 400, 'row 1: body_mass_g is "heavy", not a number'),
        (CSV.replace(b"4250.0", b"nan"), "text/csv", 400, 'row 1: body_mass_g is "nan", not a number'),
        (
            CSV,
            "text/plain",
            415,
            "content type 'text/plain' is not supported: application/json, application/jsonlines, text/csv are",
        ),
        (CSV, None, 415, "content type None is not supported"),
    ],
)
def test_bodies_that_are_no_table_are_refused_with_the_reason(
    models: dict[str, Any], body: bytes | str, content_type: str, status: int, reason: str
) -> None:
    found, message = refusal(run_preprocess, models, body, content_type)
    assert (found, reason in message) == (status, True), message


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the body has no line"),
        (b'{"sex": 1}\n{"sex": \n\n', "row 2 is no JSON: Expecting value"),
        (b"[1, 2]", "row 1 is [1, 2], not {column: value"),
        (b"\xff\xfe\n", "row 1 is no JSON"),
    ],
)
def test_lines_that_are_no_json_are_refused_by_number(models: dict[str, Any], body: bytes, reason: str) -> None:
    status, message = refusal(run_preprocess, models, body, "application/jsonlines")
    assert status == 400
    assert reason in message
