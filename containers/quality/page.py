"""Judges a page and makes it readable, or says why that cannot be done."""

from dataclasses import asdict, dataclass

import numpy as np
from PIL import Image

from calibration import Calibration
from edges import edge_width
from paper import Writing, find_writing
from text_lines import LEAST_PROMINENCE, MOST_SKEW, find_bands, find_direction, letter_height, upside_features

WANTED_LETTER_HEIGHT = (12, 16)
"""Pixels: smaller letters are scaled up to the first, larger ones down to the second, which saves time later."""
MOST_SCALE = 4.0
MOST_PIXELS = 16_000_000
"""Pages are not scaled beyond it, which bounds memory; an A4 page of letters 16 pixels high has 4 million."""
LEAST_INK = 50
"""Pixels, fewer than a word has."""
LEAST_SKEW = 0.2
"""Degrees; turning by less would blur more than it mends."""


@dataclass(frozen=True)
class Measures:
    """What a page was like once it was upright, before it was improved."""

    letter_height: float
    """Pixels of a small letter."""
    blur: float
    """Width of an edge in letter heights."""
    contrast: float
    """Grey levels between paper and ink."""
    noise: float
    """Standard deviation of the paper in grey levels."""


@dataclass(frozen=True)
class Improved:
    pixels: np.ndarray
    """Black on white, 8 bits of grey, an array of shape (height, width)."""
    turned: int
    """Degrees counter-clockwise by which the page was turned: 0, 90, 180 or 270."""
    skew: float
    """Degrees by which its lines climbed to the right before they were levelled."""
    scale: float
    measures: Measures

    def facts(self) -> dict:
        """All but the pixels, for JSON."""
        measures = {name: round(value, 3) for name, value in asdict(self.measures).items()}
        return {"turned": self.turned, "skew": round(self.skew, 2) + 0.0, "scale": round(self.scale, 2), **measures}


@dataclass(frozen=True)
class Refused:
    reason: str
    """What is wrong, and what would help."""


def improve(grey: np.ndarray, calibration: Calibration) -> Improved | Refused:
    """The page upright, level, flat and of a size that can be read.

    :param grey: 8 bits of grey, an array of shape (height, width); dark on light
    """
    upright = turn_upright(grey, calibration)
    if isinstance(upright, Refused):
        return upright
    writing, turned, skew = upright
    measures = measure(writing)
    reason = unreadable(measures, calibration)
    if reason is not None:
        return Refused(reason)
    least, most = WANTED_LETTER_HEIGHT
    scale = min(MOST_SCALE, max(1.0, least / measures.letter_height), most / measures.letter_height)
    scale = min(scale, (MOST_PIXELS / writing.depth.size) ** 0.5)
    return Improved(flatten(writing, scale), turned, skew, scale, measures)


def turn_upright(grey: np.ndarray, calibration: Calibration) -> tuple[Writing, int, float] | Refused:
    """The writing once upright and level, the degrees it was turned and the skew it had."""
    writing = find_writing(grey)
    reason = faint(writing, calibration)
    if reason is not None:
        return Refused(reason)
    direction = find_direction(writing.ink)
    if direction.prominence < LEAST_PROMINENCE:
        return Refused(
            f"no level lines of text were found; scan one page of text at a time, tilted by {MOST_SKEW:.0f} degrees at most"
        )
    depth = np.rot90(writing.depth) if direction.sideways else writing.depth
    if abs(direction.skew) >= LEAST_SKEW:
        image = Image.fromarray(np.ascontiguousarray(depth))
        level = image.rotate(-direction.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=0.0)
        depth = np.asarray(level)
    writing = Writing(depth, writing.contrast, writing.noise)
    turned = 90 if direction.sideways else 0
    if not calibration.is_upright(upside_features(writing.ink, find_bands(writing.ink))):
        writing, turned = Writing(depth[::-1, ::-1], writing.contrast, writing.noise), turned + 180
    return writing, turned, direction.skew


def measure(writing: Writing) -> Measures:
    """Of a page that is upright and level."""
    height = letter_height(find_bands(writing.ink))
    blur = edge_width(writing, height) / height if height else 0.0
    return Measures(height, blur, writing.contrast, writing.noise)


def faint(writing: Writing, calibration: Calibration) -> str | None:
    contrast, noise = writing.contrast, writing.noise
    if contrast < calibration.least_contrast or np.count_nonzero(writing.ink) < LEAST_INK:
        return (
            f"blank or too faint: writing differs from paper by {contrast:.0f} of 256 grey levels, at least"
            f" {calibration.least_contrast:.0f} are needed; scan it with more contrast, or photograph it in better light"
        )
    if contrast < calibration.least_contrast_to_noise * noise:
        return (
            f"too noisy: writing stands out {contrast / noise:.1f} times the noise of the paper, at least"
            f" {calibration.least_contrast_to_noise:.1f} are needed; photograph it again in better light"
        )
    return None


def unreadable(measures: Measures, calibration: Calibration) -> str | None:
    if measures.letter_height == 0:
        return "no lines of text were found; scan one page of text at a time, upright"
    if measures.letter_height < calibration.least_letter_height:
        return (
            f"too small: letters are {measures.letter_height:.1f} pixels high, at least"
            f" {calibration.least_letter_height:.1f} are needed; scan it at a higher resolution, or go closer"
        )
    if measures.blur > calibration.most_blur:
        return (
            f"too blurred: edges are {measures.blur:.2f} letter heights wide, at most {calibration.most_blur:.2f} can be"
            " read; photograph it again, in focus, held still and in better light"
        )
    return None


def flatten(writing: Writing, scale: float) -> np.ndarray:
    """Ink on white paper without shades and noise, and scaled."""
    depth = Image.fromarray(np.ascontiguousarray(writing.depth))
    size = (max(1, round(depth.width * scale)), max(1, round(depth.height * scale)))
    scaled = np.asarray(depth if scale == 1 else depth.resize(size, Image.Resampling.LANCZOS))
    paper = min(2 * writing.noise, writing.contrast / 4)
    strength = np.clip((scaled - paper) / (writing.contrast - paper), 0, 1)
    return (255 - np.round(255 * strength)).astype(np.uint8)
