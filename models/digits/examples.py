"""Writes examples/digits.png and examples/digits.json, digits the model was not trained on.

Run as `python models/digits/examples.py`, in the Python of containers/digits/requirements.txt.
"""

import json
from pathlib import Path

import numpy as np

from data import split_digits
from renderings import render

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def main() -> None:
    _, held_out = split_digits()
    first_of_each = [held_out.images[np.flatnonzero(held_out.labels == label)[0]] for label in range(10)]
    instances = [image.astype(int).tolist() for image in first_of_each]
    (EXAMPLES / "digits.json").write_text(json.dumps({"instances": instances}) + "\n")
    (EXAMPLES / "digits.png").write_bytes(render(first_of_each[7], np.random.default_rng(7)))


if __name__ == "__main__":
    main()
