"""Judges scanned pages and makes them readable: the first of three models in one Triton ensemble.

IMAGE, text [1]: a PNG or JPEG, one page, or its base64 for clients that speak JSON.
PAGE, text [1]: the readable page as a PGM file; empty where the scan is refused.
REFUSED, text [1]: why the scan cannot be read; empty where it can.
FIGURES, FP32 [7]: what FIGURES below names; zeros where the scan is refused.
"""

import base64
import binascii
from typing import Any

import numpy as np

from batches import Arrays, BadRequest, answer_each, texts, version_folder
from calibration import load_calibration
from images import BadImage, in_shades, read_grey
from page import Refused, improve
from page_file import write_page

FIGURES = ("turned", "skew", "scale", "letter_height", "blur", "contrast", "noise")
IMAGES = (b"\x89PNG", b"\xff\xd8")
"""How image files begin."""


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        self._calibration = load_calibration(version_folder(arguments))

    def execute(self, requests: list[Any]) -> list[Any]:
        return answer_each(requests, ("IMAGE",), self._answer)

    def _answer(self, given: Arrays) -> Arrays:
        scans = read_images(list(given["IMAGE"][:, 0]))
        pages, refused, figures = [], [], []
        for grey in scans:
            page = improve(grey, self._calibration)
            if isinstance(page, Refused):
                pages.append(b"")
                refused.append(page.reason)
                figures.append([0.0] * len(FIGURES))
            else:
                pages.append(write_page(in_shades(page.pixels)))
                refused.append("")
                facts = page.facts()
                figures.append([facts[name] for name in FIGURES])
        return {
            "PAGE": texts([[page] for page in pages]),
            "REFUSED": texts([[reason] for reason in refused]),
            "FIGURES": np.array(figures, dtype=np.float32),
        }


def read_images(files: list[bytes]) -> list[np.ndarray]:
    """The pixels of each.

    :raises BadRequest: naming every one that cannot be used
    """
    scans, problems = [], []
    for number, file in enumerate(files, start=1):
        try:
            scans.append(read_grey(decoded(file)))
        except BadImage as error:
            problems.append(f"scan {number} of IMAGE cannot be used: {error}")
    if problems:
        raise BadRequest("; ".join(problems))
    return scans


def decoded(file: bytes) -> bytes:
    """The file itself, where it came as base64."""
    if file.startswith(IMAGES):
        return file
    try:
        return base64.b64decode(file, validate=True)
    except binascii.Error:
        return file
