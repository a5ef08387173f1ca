"""Trains the digits model: `python models/digits/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/digits/requirements.txt. Writes model.joblib and metrics.json, the same ones each time,
to the folder (default: artifact beside this file), all or nothing.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.svm import SVC

from data import Digits, split_digits
from renderings import render

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "containers" / "digits"))

from png import read_png  # noqa: E402  the container's own reading of a PNG, so that the model learns what it will see

RENDERINGS = 2
"""PNGs of each digit to train on. Held-out accuracy on PNGs: 95.8 % with none, 99.3 % with one, 99.6 % with two."""


def main(output: Path) -> None:
    random = np.random.default_rng(0)
    train, held_out = split_digits()
    images = np.vstack([train.images, *(read_renderings(train.images, random) for _ in range(RENDERINGS))])
    labels = np.tile(train.labels, 1 + RENDERINGS)
    model = SVC(C=10, gamma=0.001, probability=True, random_state=0).fit(images, labels)

    metrics = {
        "accuracy": accuracy(model, held_out),
        "png_accuracy": accuracy(model, Digits(read_renderings(held_out.images, random), held_out.labels)),
        "train_images": len(train.labels),
        "held_out_images": len(held_out.labels),
    }
    write_artifact(output, model, metrics)
    print(
        f"held-out accuracy {metrics['accuracy']:.4f}, on PNG renderings {metrics['png_accuracy']:.4f}"
        f" ({metrics['held_out_images']} digits): {output}"
    )


def read_renderings(images: np.ndarray, random: np.random.Generator) -> np.ndarray:
    return np.vstack([read_png(render(image, random)) for image in images])


def accuracy(model: Any, digits: Digits) -> float:
    """The share of digits whose most probable label is the true one, as the container answers it."""
    return round(float((model.predict_proba(digits.images).argmax(axis=1) == digits.labels).mean()), 4)


def write_artifact(output: Path, model: Any, metrics: dict[str, Any]) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        made = work / "made"
        made.mkdir()
        joblib.dump(model, made / "model.joblib")
        (made / "metrics.json").write_text(json.dumps(metrics, indent=4) + "\n")
        if output.exists():
            os.rename(output, work / "old")
        os.rename(made, output)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
