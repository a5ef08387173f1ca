"""How blurred the edges of letters are."""

import numpy as np
from PIL import Image, ImageFilter

from paper import Writing

LETTER_HEIGHT = 10
"""Pixels to which larger letters are scaled down first: it averages noise away, and keeps a blur that would matter."""
REACH = 3
"""Pixels around ink in which its edges lie."""


def edge_width(writing: Writing, letter_height: float) -> float:
    """Standard deviation, in pixels, of the blur between ink and paper.

    Across an edge that a Gaussian has blurred, the squared gradient sums up to contrast² / (2 √π deviation). What noise
    adds to it is measured on the paper, and taken off.
    """
    scale = max(1.0, letter_height / LETTER_HEIGHT)
    depth = shrink(writing.depth, scale)
    ink = depth > writing.contrast / 2
    spread = Image.fromarray(ink.astype(np.uint8) * 255)
    for _ in range(REACH):
        spread = spread.filter(ImageFilter.MaxFilter(3))
    near = np.asarray(spread) > 0
    energy, edges = 0.0, 0
    for axis in (0, 1):
        steps = np.diff(depth.astype(np.float64), axis=axis) ** 2
        beside = near[1:] if axis == 0 else near[:, 1:]
        noise = float(np.median(steps[~beside])) / MEDIAN_OF_SQUARE if not beside.all() else 0.0
        energy += float(steps[beside].sum()) - noise * np.count_nonzero(beside)
        edges += np.count_nonzero(np.diff(ink, axis=axis))
    return float(scale * writing.contrast**2 * edges / (2 * np.sqrt(np.pi) * max(energy, 1.0)))


MEDIAN_OF_SQUARE = 0.4549
"""The median of a squared normal variable of variance 1."""


def shrink(depth: np.ndarray, scale: float) -> np.ndarray:
    if scale == 1:
        return depth
    image = Image.fromarray(np.ascontiguousarray(depth))
    size = (max(1, round(image.width / scale)), max(1, round(image.height / scale)))
    return np.asarray(image.resize(size, Image.Resampling.BOX))
