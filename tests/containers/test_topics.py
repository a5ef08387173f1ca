"""The topics container: its functions."""

import csv
import io
import json
from typing import Any

import pytest

from conftest import refusal
from scans import make_documents, models, run, topics

__all__ = ["models"]

DOCUMENTS = make_documents(3, seed=9, held_out=True)


def read(name: str, text: str, **facts: Any) -> dict[str, Any]:
    return {"name": name, **facts, "lines": [{"text": line} for line in text.split("\n")]}


def answer_to(models: dict[str, Any], *scans: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run("topics", models, json.dumps({"scans": scans}), "application/json"))
    return answer


def test_documents_it_has_not_seen_are_grouped_by_theme(models: dict[str, Any]) -> None:
    scans = [read(str(number), document.text) for number, document in enumerate(DOCUMENTS)]
    answer = answer_to(models, *scans)
    assert answer["refused"] == []
    assert [scan["theme"] for scan in answer["scans"]] == [document.theme for document in DOCUMENTS]
    for scan, document in zip(answer["scans"], DOCUMENTS, strict=True):
        assert sum(scan["weights"].values()) == pytest.approx(1, abs=0.001)
        assert max(scan["weights"], key=scan["weights"].get) == scan["theme"]
        assert scan["text"] == document.text
        assert all(word in document.text.lower() for word in scan["words"])
        assert len(scan["words"]) == 5
    assert {tuple(theme["scans"]) for theme in answer["themes"]} == {
        tuple(str(number) for number, document in enumerate(DOCUMENTS) if document.theme == theme)
        for theme in {document.theme for document in DOCUMENTS}
    }


def test_misread_letters_do_not_mislead(models: dict[str, Any]) -> None:
    text = "lnvoice 3874O6\nSubt0tal 2740 EUR, t4x 388 EUR, t0tal 564 EUR.\nlnterest is cbarged on overdue payrnents."
    assert answer_to(models, read("a", text))["scans"][0]["theme"] == "invoices"


def test_the_theme_of_most_scans_is_first_and_what_was_passed_on_is_kept(models: dict[str, Any]) -> None:
    recipe, invoice = "Bake the dough in the oven.", "The total amount due is 5 EUR, tax included."
    answer = answer_to(
        models,
        read("a", recipe),
        read("b", invoice, quality={"turned": 90}),
        {"name": "c", "refused": "too small"},
        read("d", invoice),
    )
    assert answer["themes"] == [{"theme": "invoices", "scans": ["b", "d"]}, {"theme": "recipes", "scans": ["a"]}]
    assert answer["refused"] == [{"name": "c", "reason": "too small"}]
    assert list(answer["scans"][1]) == ["name", "theme", "weights", "words", "text", "quality", "lines"]


@pytest.mark.parametrize("text", ["", "12 345 . -", "the of and"])
def test_a_scan_in_which_nothing_was_read_is_refused(models: dict[str, Any], text: str) -> None:
    answer = answer_to(models, read("a", text))
    assert answer["themes"] == answer["scans"] == []
    assert answer["refused"][0]["reason"].startswith("no text was recognised; ")


def test_csv_has_a_line_for_each_scan(models: dict[str, Any]) -> None:
    body = json.dumps({"scans": [read("a, b", "Bake the dough in the oven."), {"name": "c", "refused": "too small"}]})
    rows = list(csv.reader(io.StringIO(run("topics", models, body, "application/json", "text/csv"))))
    assert rows[0] == ["name", "theme", "weight", "words", "refused"]
    assert rows[1][:2] == ["a, b", "recipes"]
    assert 0.2 < float(rows[1][2]) <= 1
    assert set(rows[1][3].split()) <= {"bake", "dough", "oven"}
    assert rows[2] == ["c", "", "", "", "too small"]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("{", "application/json", 400, "JSONDecodeError"),
        ('{"scans": []}', "application/json", 400, "it has no scans"),
        (
            '{"scans": [{}, {"name": "a"}, {"name": "b", "lines": [1]}, {"name": "c", "lines": []}]}',
            "application/json",
            400,
            "scan 1 has no name; scan 2 has neither lines with a text nor a reason why it was refused; scan 3 has neither",
        ),
        (b"x", "text/csv", 415, "content type 'text/csv' is not supported: application/json is"),
    ],
)
def test_bodies_that_are_no_batch_are_refused_with_the_reason(
    body: bytes | str, content_type: str, status: int, reason: str
) -> None:
    found, message = refusal(topics.input_fn, body, content_type)
    assert (found, reason in message) == (status, True), message


def test_a_type_that_it_does_not_write_is_refused(models: dict[str, Any]) -> None:
    body = json.dumps({"scans": [{"name": "a", "refused": "too small"}]})
    status, message = refusal(run, "topics", models, body, "application/json", "image/png, text/html")
    assert status == 406
    assert message.endswith("is supported: application/json, text/csv are")
