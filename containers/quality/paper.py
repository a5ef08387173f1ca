"""Separates what is written from what it is written on."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

TILES = 24
"""Tiles along the longer side in which the paper's grey level is looked for; each must be wider than a letter."""
LEAST_TILE = 24
GREY_LEVELS = 256


NOISY = 8.0
"""Writing that stands out by less than so many times the noise of the paper is looked for in a smoothed page."""
UPPER_QUARTILE = 0.6745
"""Of a normal variable of variance 1."""


@dataclass(frozen=True)
class Writing:
    """What is darker than the paper around it."""

    depth: np.ndarray
    """Grey levels below the paper, an array of shape (height, width); negative where noise is lighter than paper."""
    contrast: float
    """Grey levels between the paper and the ink."""
    noise: float
    """Standard deviation of the paper in grey levels."""

    @property
    def ink(self) -> np.ndarray:
        """Where there is ink, an array of bools."""
        return self.calm > self.contrast / 2

    @property
    def calm(self) -> np.ndarray:
        """The depth, smoothed where there is much noise."""
        return smooth(self.depth) if self.contrast < NOISY * self.noise else self.depth


def find_writing(grey: np.ndarray) -> Writing:
    """The writing on a page of shape (height, width), grey from 0 to 255, whose larger part is paper."""
    depth = paper_of(grey) - grey.astype(np.float32)
    writing = tell_apart(depth, depth)
    return tell_apart(depth, smooth(depth)) if writing.contrast < NOISY * writing.noise else writing


def tell_apart(depth: np.ndarray, calm: np.ndarray) -> Writing:
    """Contrast and noise of the depth, where the other, calmer one tells ink from paper."""
    is_ink = calm > split_levels(np.clip(calm, 0, GREY_LEVELS - 1))
    contrast = float(np.median(depth[is_ink])) if is_ink.any() else 0.0
    # The darker half alone: white paper has no lighter noise, it is cut off at 255.
    noise = max(0.0, float(np.quantile(depth[~is_ink], 0.75))) / UPPER_QUARTILE
    return Writing(depth, contrast, noise)


def smooth(depth: np.ndarray) -> np.ndarray:
    """Each pixel with its neighbours, weighted 1 : 4 : 6 : 4 : 1 across and down, which leaves a quarter of the noise."""
    for axis in (0, 1, 0, 1):
        padded = np.pad(depth, [(1, 1) if each == axis else (0, 0) for each in (0, 1)], mode="edge")
        size = depth.shape[axis]
        before, middle, after = (np.take(padded, np.arange(start, start + size), axis) for start in range(3))
        depth = (before + 2 * middle + after) / 4
    return depth


def paper_of(grey: np.ndarray) -> np.ndarray:
    """The grey level of the paper at each pixel, which light and shadow make uneven."""
    height, width = grey.shape
    tile = max(LEAST_TILE, -(-max(height, width) // TILES))
    rows, columns = max(1, height // tile), max(1, width // tile)
    levels = np.array(
        [
            [np.median(block) for block in np.array_split(band, columns, axis=1)]
            for band in np.array_split(grey, rows, axis=0)
        ]
    )
    # Letters of a large heading may fill a tile: the lightest neighbour is paper.
    coarse = Image.fromarray(levels.astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    smooth = coarse.convert("F").resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(smooth, dtype=np.float32)


def split_levels(depth: np.ndarray) -> float:
    """Otsu's threshold: the level that leaves the least variance within the two classes it makes."""
    counts = np.bincount(depth.astype(np.uint8).ravel(), minlength=GREY_LEVELS).astype(np.float64)
    levels = np.arange(GREY_LEVELS)
    below, sums = np.cumsum(counts), np.cumsum(counts * levels)
    above, total = below[-1] - below, sums[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (total - sums) / above) ** 2
    return float(np.nanargmax(np.nan_to_num(between, nan=-1.0))) + 0.5
