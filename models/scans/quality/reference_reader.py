"""Measures how much of a scan can still be read, without a model of text recognition.

The reference reader is told where each letter stands on the page it reads, and names the letter of the alphabet that the
pixels there look most like. It has no dictionary, so what it reads is in the pixels.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from scanning import LINE_HEIGHT, Font, PlacedLine

HEIGHT, WIDTH = 20, 20
"""Pixels of the frame in which letters are compared; a line's height fills it."""


@dataclass(frozen=True)
class Letters:
    names: list[str]
    frames: np.ndarray
    """An array of shape (letters, HEIGHT * WIDTH), each row of mean 0 and length 1."""


def cut_letters(page: np.ndarray, lines: list[PlacedLine], scale: tuple[float, float]) -> Letters:
    """The letters of a page.

    :param lines: where they stand on the page as it was drawn
    :param scale: by which the page was scaled since, across and down
    """
    image = Image.fromarray(255 - page)
    names: list[str] = []
    frames: list[np.ndarray] = []
    for line in lines:
        tall = LINE_HEIGHT * line.font.size
        left = float(line.left)
        for before, name in zip(" " + line.text, line.text, strict=False):
            right = left + advance(line.font, before, name)
            if name != " ":
                names.append(name)
                frames.append(cut(image, (left, float(line.top), right, line.top + tall), scale))
            left = right
    rows = np.array(frames, dtype=np.float64).reshape(len(names), -1)
    return Letters(names, normalised(rows))


@cache
def advance(font: Font, before: str, letter: str) -> float:
    """Pixels by which a letter after another one moves the next one on."""
    return font.getlength(before + letter) - font.getlength(before)


def cut(image: Image.Image, box: tuple[float, float, float, float], scale: tuple[float, float]) -> np.ndarray:
    """One letter in the middle of a frame, its proportions kept."""
    left, top, right, bottom = (edge * scale[place % 2] for place, edge in enumerate(box))
    wide = min(WIDTH, max(1, round(HEIGHT * (box[2] - box[0]) / (box[3] - box[1]))))
    inside = (max(0.0, left), max(0.0, top), min(image.width, right), min(image.height, bottom))
    frame = np.zeros((HEIGHT, WIDTH))
    if inside[0] < inside[2] and inside[1] < inside[3]:
        start = (WIDTH - wide) // 2
        frame[:, start : start + wide] = np.asarray(image.resize((wide, HEIGHT), Image.Resampling.BOX, box=inside))
    return frame


def normalised(rows: np.ndarray) -> np.ndarray:
    centred = rows - rows.mean(axis=1, keepdims=True)
    return centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)


def learn_alphabet(pages: list[Letters]) -> Letters:
    """What each letter looks like on the average of clean pages."""
    names = sorted({name for page in pages for name in page.names})
    means = [
        np.mean(
            [frame for page in pages for seen, frame in zip(page.names, page.frames, strict=True) if seen == name],
            axis=0,
        )
        for name in names
    ]
    return Letters(names, normalised(np.array(means)))


def share_read(page: Letters, alphabet: Letters) -> float:
    """The share of a page's letters that look most like themselves."""
    nearest = (page.frames @ alphabet.frames.T).argmax(axis=1)
    return float(np.mean([alphabet.names[index] == name for index, name in zip(nearest, page.names, strict=True)]))
