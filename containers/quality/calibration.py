"""What the quality model has learnt: limits of what can be read, and which way up a page is."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

FILE = "calibration.json"


@dataclass(frozen=True)
class Calibration:
    least_contrast: float
    """Contrast of ink and paper in grey levels, as measured."""
    least_contrast_to_noise: float
    least_letter_height: float
    """Height of a small letter in pixels, as measured."""
    most_blur: float
    """Width of an edge in letter heights, as measured."""
    upside_weights: tuple[float, ...]
    """Of the features that tell up from down; a positive sum says that a page is upright."""

    def is_upright(self, features: np.ndarray) -> bool:
        return float(features @ np.array(self.upside_weights)) >= 0

    def save(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), indent=4) + "\n")


def load_calibration(folder: Path) -> Calibration:
    return Calibration(**json.loads((folder / FILE).read_text()))
