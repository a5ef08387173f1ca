"""The batch that a recognition step passes on: scans with their lines, and scans that were refused."""

import json
from dataclasses import dataclass
from typing import Any

from sagemaker_inference.errors import GenericInferenceToolkitError

WANTED = '{"scans": [{"name": text, "lines": [{"text": …}, …]} or {"name": text, "refused": reason}, …]}'


@dataclass(frozen=True)
class ReadScan:
    name: str
    text: str
    facts: dict[str, Any]
    """What else was passed on with the scan."""


@dataclass(frozen=True)
class RefusedScan:
    name: str
    reason: str


def read_texts(body: bytes | str) -> list[ReadScan | RefusedScan]:
    """
    :raises GenericInferenceToolkitError: 400 with every problem of the body
    """
    try:
        given = json.loads(body)["scans"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise bad_body([f"{type(error).__name__}: {error}"]) from error
    if not isinstance(given, list) or len(given) == 0:
        raise bad_body(["it has no scans"])
    problems: list[str] = []
    scans = [read_text(number, scan, problems) for number, scan in enumerate(given, start=1)]
    if problems:
        raise bad_body(problems)
    return [scan for scan in scans if scan is not None]


def read_text(number: int, scan: Any, problems: list[str]) -> ReadScan | RefusedScan | None:
    """One scan, or None once what is wrong with it was added to the problems."""
    if not isinstance(scan, dict) or not isinstance(scan.get("name"), str):
        problems.append(f"scan {number} has no name")
        return None
    if isinstance(scan.get("refused"), str):
        return RefusedScan(scan["name"], scan["refused"])
    lines = scan.get("lines")
    if not isinstance(lines, list) or not all(
        isinstance(line, dict) and isinstance(line.get("text"), str) for line in lines
    ):
        problems.append(f"scan {number} has neither lines with a text nor a reason why it was refused")
        return None
    facts = {key: value for key, value in scan.items() if key not in ("name", "text")}
    return ReadScan(scan["name"], "\n".join(line["text"] for line in lines), facts)


def bad_body(problems: list[str]) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the body is not {WANTED}: {'; '.join(problems)}")
