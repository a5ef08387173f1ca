"""The batch that a quality step passes on: upright pages, and scans that it has refused."""

import base64
import binascii
import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image
from sagemaker_inference.errors import GenericInferenceToolkitError

WANTED = '{"scans": [{"name": text, "image": base64 of a PNG} or {"name": text, "refused": reason}, …]}'
MOST_PIXELS = 200_000_000
"""More than a page of 9 million pixels has after its letters were scaled up four times; beyond it lies an attack."""


@dataclass(frozen=True)
class Page:
    scan: dict[str, Any]
    """All that was passed on with the scan, save the image."""
    pixels: np.ndarray | None
    """Black on white, 8 bits of grey, an array of shape (height, width); None for a scan that was refused before."""


def read_pages(body: bytes | str) -> list[Page]:
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
    pages = [read_page(number, scan, problems) for number, scan in enumerate(given, start=1)]
    if problems:
        raise bad_body(problems)
    return [page for page in pages if page is not None]


def read_page(number: int, scan: Any, problems: list[str]) -> Page | None:
    """One page, or None once what is wrong with it was added to the problems."""
    if not isinstance(scan, dict) or not isinstance(scan.get("name"), str):
        problems.append(f"scan {number} has no name")
        return None
    facts = {key: value for key, value in scan.items() if key != "image"}
    if isinstance(scan.get("refused"), str):
        return Page(facts, None)
    if not isinstance(scan.get("image"), str):
        problems.append(f"scan {number} has neither an image nor a reason why it was refused")
        return None
    try:
        return Page(facts, read_png(base64.b64decode(scan["image"], validate=True)))
    except (binascii.Error, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        problems.append(f"the image of scan {number} cannot be read: {error}")
        return None


def read_png(content: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError(f"it has {image.width} × {image.height} pixels, more than {MOST_PIXELS:,}")
        return np.asarray(image.convert("L"))


def bad_body(problems: list[str]) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the body is not {WANTED}: {'; '.join(problems)}")
