"""Writes examples/scans.json, held-out documents: upright, turned, small and noisy, tilted, and one beyond help.

Run as `python models/scans/examples.py`, in the Python of containers/quality/requirements.txt.
"""

import base64
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from documents import make_documents
from scanning import Scan, built_in_font, draw_page, scan_page

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FONT_SIZE = 22
SCANS = (
    ("invoice.png", "invoices", Scan()),
    ("invoice-turned.png", "invoices", Scan(turn=90)),
    ("recipe-small-and-noisy.png", "recipes", Scan(shrink=2, noise=8)),
    ("recipe-tilted.jpg", "recipes", Scan(skew=2.5, shade=40)),
    ("letter-upside-down.png", "medical-letters", Scan(turn=180)),
    ("letter-out-of-focus.jpg", "medical-letters", Scan(blur=5)),
)


def main() -> None:
    chance = np.random.default_rng(0)
    documents = make_documents(2, seed=4, held_out=True)
    batch = []
    for number, (name, theme, scan) in enumerate(SCANS):
        document = [one for one in documents if one.theme == theme][number % 2]
        image = scan_page(draw_page(document, built_in_font(FONT_SIZE)), scan, chance)
        batch.append({"name": name, "image": base64.b64encode(encode(image, name)).decode()})
    (EXAMPLES / "scans.json").write_text(json.dumps({"scans": batch}) + "\n")


def encode(image: Image.Image, name: str) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG" if name.endswith(".jpg") else "PNG", quality=85)
    return file.getvalue()


if __name__ == "__main__":
    main()
