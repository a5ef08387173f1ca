"""A request: one image, or a batch of named ones in JSON."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from sagemaker_inference.errors import GenericInferenceToolkitError

from images import BadImage, read_grey

IMAGE_TYPES = ("image/png", "image/jpeg")
INPUTS = (*IMAGE_TYPES, "application/json")
WANTED = '{"scans": [{"name": text, "image": base64 of a PNG or JPEG}, …]}, where a name may be left out'
MOST_SCANS = 32
LONGEST_NAME = 200
"""Characters."""


@dataclass(frozen=True)
class Scan:
    name: str
    grey: np.ndarray
    """8 bits of grey, an array of shape (height, width)."""


def read_request(body: bytes | str, content_type: str | None) -> list[Scan]:
    """The scans, at least one, each with a name of its own: its number where the client gave none.

    :raises GenericInferenceToolkitError: 415 for another content type, 400 with every problem of the body
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in IMAGE_TYPES:
        try:
            return [Scan(name_of(1), read_grey(body.encode() if isinstance(body, str) else body))]
        except BadImage as error:
            raise GenericInferenceToolkitError(400, f"the image cannot be used: {error}") from error
    if kind == "application/json":
        return read_batch(body)
    raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: {', '.join(INPUTS)} are")


def read_batch(body: bytes | str) -> list[Scan]:
    try:
        given = json.loads(body)["scans"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise bad_batch([f"{type(error).__name__}: {error}"]) from error
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_SCANS:
        found = f"has {len(given)}" if isinstance(given, list) else f"is {shown(given)}"
        raise bad_batch([f"scans {found}; 1 to {MOST_SCANS} are accepted"])
    problems: list[str] = []
    scans = [read_scan(number, one, problems) for number, one in enumerate(given, start=1)]
    names = [scan.name for scan in scans if scan is not None]
    problems += [
        f"the name {name!r} stands {names.count(name)} times" for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    if problems:
        raise bad_batch(problems)
    return [scan for scan in scans if scan is not None]


def read_scan(number: int, given: Any, problems: list[str]) -> Scan | None:
    """One scan, or None once what is wrong with it was added to the problems."""
    place = name_of(number)
    if not isinstance(given, dict):
        problems.append(f"{place} is {shown(given)}")
        return None
    unknown = [key for key in given if key not in ("name", "image")]
    wrong = [f"{place} has a key {key!r}, not name or image" for key in unknown]
    name = given.get("name", place)
    if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_NAME:
        wrong.append(f"{place}: its name is {shown(name)}, not a text of 1 to {LONGEST_NAME} characters")
    image = given.get("image")
    grey = None
    if not isinstance(image, str):
        wrong.append(f"{place}: its image is {'missing' if image is None else shown(image)}")
    else:
        try:
            grey = read_grey(base64.b64decode(image, validate=True))
        except (binascii.Error, ValueError) as error:
            reason = error if isinstance(error, BadImage) else f"it is not base64: {error}"
            wrong.append(f"{place}: its image cannot be used: {reason}")
    problems += wrong
    return None if wrong or grey is None else Scan(name, grey)


def name_of(number: int) -> str:
    return f"scan {number}"


def shown(value: Any) -> str:
    """A value as JSON, cut short."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"


def bad_batch(problems: list[str]) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the body is not {WANTED}: {'; '.join(problems)}")
