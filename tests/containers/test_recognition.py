"""The text recognition container: its functions."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from conftest import refusal
from scans import DOCUMENT, Scan, models, png, recognition, run, scanned

__all__ = ["models"]

from reader import Reader, thread_count  # noqa: E402


def body_of(*scans: dict[str, Any]) -> str:
    return json.dumps({"scans": scans})


def page(content: bytes, **facts: Any) -> dict[str, Any]:
    return {"name": "page", "image": base64.b64encode(content).decode(), **facts}


def test_a_page_is_read_line_by_line_and_the_same_each_time(models: dict[str, Any]) -> None:
    body = body_of(page(scanned(Scan()), quality={"turned": 0}), {"name": "bad", "refused": "too small"})
    answer = run("recognition", models, body, "application/json")
    read, refused = json.loads(answer)["scans"]
    assert " ".join(line["text"] for line in read["lines"]).split() == DOCUMENT.text.split()
    assert refused == {"name": "bad", "refused": "too small"}
    assert list(read) == ["name", "quality", "lines"]

    tops = [line["box"][0][1] for line in read["lines"]]
    assert tops == sorted(tops)
    left_above, right_above, right_below, left_below = read["lines"][0]["box"]
    assert max(left_above[0], left_below[0]) < min(right_above[0], right_below[0])
    assert max(left_above[1], right_above[1]) < min(left_below[1], right_below[1])
    assert all(0.5 < line["score"] <= 1 for line in read["lines"])
    assert run("recognition", models, body, "application/json") == answer


def test_a_page_without_text_has_no_lines(models: dict[str, Any]) -> None:
    answer = run("recognition", models, body_of(page(png(Image.new("L", (200, 100), 255)))), "application/json")
    assert json.loads(answer) == {"scans": [{"name": "page", "lines": []}]}


def test_a_batch_that_takes_too_long_is_refused_with_how_many_were_read(
    models: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOGNITION_SECONDS", "0")
    pages = recognition.input_fn(body_of(page(scanned(Scan()))), "application/json")
    status, message = refusal(recognition.predict_fn, pages, models["recognition"])
    assert (status, message) == (413, "after 0 s the first 0 of 1 scans were read; send fewer in a request")


def test_every_problem_of_a_batch_is_named() -> None:
    body = body_of(
        {"name": 1}, {"name": "a"}, page(b"GIF89a"), {"name": "b", "image": "%"}, {"name": "c", "refused": "x"}
    )
    status, message = refusal(recognition.input_fn, body, "application/json")
    assert status == 400
    problems = message.partition(", …]}: ")[2].split("; ")
    assert problems[:2] == ["scan 1 has no name", "scan 2 has neither an image nor a reason why it was refused"]
    assert [problem.partition(" cannot be read")[0] for problem in problems[2:]] == [
        "the image of scan 3",
        "the image of scan 4",
    ]


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("{", "application/json", 400, "JSONDecodeError"),
        ("[]", "application/json", 400, "TypeError"),
        ('{"scans": []}', "application/json", 400, "it has no scans"),
        (b"x", "image/png", 415, "content type 'image/png' is not supported: application/json is"),
        (b"x", None, 415, "content type None is not supported"),
    ],
)
def test_bodies_that_are_no_batch_are_refused_with_the_reason(
    body: bytes | str, content_type: str, status: int, reason: str
) -> None:
    found, message = refusal(recognition.input_fn, body, content_type)
    assert (found, reason in message) == (status, True), message


def test_models_that_are_missing_are_named_and_not_downloaded(tmp_path: Path) -> None:
    (tmp_path / "detection.onnx").touch()
    with pytest.raises(FileNotFoundError, match=r"lacks recognition\.onnx$"):
        Reader(tmp_path, 1)


def test_threads_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert thread_count() == 1
    monkeypatch.setenv("RECOGNITION_THREADS", "1000")
    assert thread_count() < 1000
    for wrong in ("0", "two", ""):
        monkeypatch.setenv("RECOGNITION_THREADS", wrong)
        with pytest.raises(ValueError, match="a whole number from 1 on is accepted"):
            thread_count()
