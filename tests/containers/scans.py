"""The scans' line for its tests: its handlers, its models, and pages drawn for it."""

import base64
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from conftest import ROOT, handler_of

STEPS = ("quality", "recognition", "topics")
"""In the order that requests flow; each is the name of its container, too."""
BATCH = (ROOT / "examples" / "scans.json").read_bytes()
sys.path.append(str(ROOT / "models" / "scans"))

from documents import Document, make_documents  # noqa: E402
from scanning import Scan, built_in_font, draw_page, png, scan_page  # noqa: E402


quality, recognition, topics = (handler_of(step) for step in STEPS)
HANDLERS = {"quality": quality, "recognition": recognition, "topics": topics}

DOCUMENT: Document = make_documents(1, seed=7, held_out=True)[1]


def page_of(scan: Scan, document: Document = DOCUMENT, size: int = 22) -> np.ndarray:
    """A scanned page, 8 bits of grey, the same one each time."""
    return np.asarray(scan_page(draw_page(document, built_in_font(size)), scan, np.random.default_rng(0)))


def scanned(scan: Scan, document: Document = DOCUMENT, size: int = 22) -> bytes:
    """The same page as a PNG."""
    return png(scan_page(draw_page(document, built_in_font(size)), scan, np.random.default_rng(0)))


def batch_of(**images: bytes) -> bytes:
    """A request of scans by name."""
    scans = [{"name": name, "image": base64.b64encode(image).decode()} for name, image in images.items()]
    return json.dumps({"scans": scans}).encode()


@pytest.fixture(scope="module")
def models(scan_artifacts: tuple[Path, Path]) -> dict[str, Any]:
    return {step: HANDLERS[step].model_fn(str(scan_artifacts[0] / step / "model")) for step in STEPS}


def run(
    step: str, models: dict[str, Any], body: bytes | str, content_type: str, accept: str = "application/json"
) -> str:
    """What a step answers."""
    handler = HANDLERS[step]
    answer, kind = handler.output_fn(handler.predict_fn(handler.input_fn(body, content_type), models[step]), accept)
    assert kind == "application/json" or step == "topics"
    return answer
