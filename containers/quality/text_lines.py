"""Lines of text in a page's ink: which way they run, how tall their letters are, and which way up."""

from dataclasses import dataclass

import numpy as np

MOST_POINTS = 40_000
MOST_SKEW = 8.0
"""Degrees; beyond it a page counts as turned by hand, and its lines are not found."""
STEPS = (1.0, 0.25, 0.05)
"""Degrees between the angles tried, each round closer to the best of the one before."""
LEAST_PROMINENCE = 1.7
"""Pages of three lines and more reach 2 to 3.4; pages tilted too far, or without lines, reach 1.6 at most."""
SIDEWAYS = 1.3
"""Lines run down the page where they stand out so many times more than across; on a sideways page it is 2."""
BINS = 24
"""Numbers in a line's profile: the band of its small letters, and as much again above and below."""


@dataclass(frozen=True)
class Direction:
    sideways: bool
    """Lines run down the page, not across."""
    skew: float
    """Degrees by which lines climb to the right, once the page is turned so that they run across."""
    prominence: float
    """How much the lines stand out: 1 where there are none."""


def find_direction(ink: np.ndarray) -> Direction:
    """The direction in which ink gathers in lines with gaps between; `ink` holds at least one true pixel."""
    rows, columns = np.nonzero(ink)
    step = max(1, len(rows) // MOST_POINTS)
    rows, columns = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    across = best_skew(rows, columns)
    down = best_skew(-columns, rows)  # as np.rot90 lays the page
    sideways = down[1] > SIDEWAYS * across[1]
    return Direction(sideways, *(down if sideways else across))


def best_skew(rows: np.ndarray, columns: np.ndarray) -> tuple[float, float]:
    """The skew whose lines stand out most, and how much."""
    angles, best = np.arange(-MOST_SKEW, MOST_SKEW + STEPS[0], STEPS[0]), (0.0, -1.0)
    for finer in (*STEPS[1:], None):
        best = max(((float(angle), prominence(rows, columns, angle)) for angle in angles), key=lambda tried: tried[1])
        if finer is not None:
            coarser = angles[1] - angles[0]
            angles = np.arange(best[0] - coarser, best[0] + coarser + finer / 2, finer)
    return best


def prominence(rows: np.ndarray, columns: np.ndarray, angle: float) -> float:
    """How unevenly ink is spread over lines of this skew: 1 when evenly."""
    radians = np.radians(angle)
    heights = rows * np.cos(radians) + columns * np.sin(radians)
    counts = np.bincount((heights - heights.min()).astype(np.intp))
    return float(len(counts) * np.sum(counts.astype(np.float64) ** 2) / len(rows) ** 2)


def find_bands(ink: np.ndarray) -> list[tuple[int, int]]:
    """The rows of each line's small letters, from the first to the one after the last; the lines must run across."""
    profile = ink.sum(axis=1)
    bands: list[tuple[int, int]] = []
    written = np.flatnonzero(np.diff(np.concatenate([[0], profile > profile.max() * 0.02, [0]])))
    for start, end in written.reshape(-1, 2):
        dense = np.flatnonzero(profile[start:end] > profile[start:end].max() * 0.4)
        bands.append((int(start + dense[0]), int(start + dense[-1] + 1)))
    if not bands:
        return []
    usual = np.median([end - start for start, end in bands])
    return [(start, end) for start, end in bands if usual / 2 <= end - start <= 2 * usual]


def letter_height(bands: list[tuple[int, int]]) -> float:
    """Pixels of a small letter without ascender, such as x; 0 without lines."""
    return float(np.mean([end - start for start, end in bands])) if bands else 0.0


def upside_features(ink: np.ndarray, bands: list[tuple[int, int]]) -> np.ndarray:
    """What tells up from down, BINS / 2 + 1 numbers, all of which change sign when the page is turned upside down:
    how much more ink each line has above its middle than as far below, and how much more ragged its lines end than
    they start."""
    profiles, starts, ends = [], [], []
    for start, end in bands:
        height = end - start
        line = ink[max(0, start - height) : end + height]
        written = np.flatnonzero(line.any(axis=0))
        if line.shape[0] < 3 or len(written) == 0:
            continue
        rows = line.sum(axis=1).astype(np.float64)
        places = np.linspace(0, len(rows) - 1, BINS)
        profile = np.interp(places, np.arange(len(rows)), rows)
        profiles.append(profile / profile.sum())
        starts.append(written[0])
        ends.append(written[-1])
    if not profiles:
        return np.zeros(BINS // 2 + 1)
    profile = np.mean(profiles, axis=0)
    upper, lower = profile[: BINS // 2], profile[::-1][: BINS // 2]
    ragged = (np.std(ends) - np.std(starts)) / ink.shape[1]
    return np.append(BINS * (upper - lower), ragged)
