"""Documents as pages of pixels, and what a scanner or a hurried photograph makes of a page."""

import io
import textwrap
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from documents import Document

Font = ImageFont.FreeTypeFont
CHARACTERS_A_LINE = 52
LINE_HEIGHT = 1.45
"""Of the font size, as is the margin."""
MARGIN = 1.8
TITLE_SIZE = 1.4


@dataclass(frozen=True)
class Scan:
    """What happens to a page on its way into a file; by default nothing."""

    shrink: float = 1.0
    """How many times smaller the scan is than the page."""
    turn: int = 0
    """Degrees counter-clockwise: 0, 90, 180 or 270."""
    skew: float = 0.0
    """Degrees counter-clockwise, a few."""
    blur: float = 0.0
    """Standard deviation of the blur in pixels of the scan."""
    ink: float = 20.0
    """Grey level from 0 (black) to 255, as is the paper's."""
    paper: float = 245.0
    shade: float = 0.0
    """Grey levels by which one side of the paper is darker than the other."""
    noise: float = 0.0
    """Standard deviation of the noise in grey levels."""


@cache
def built_in_font(size: int) -> Font:
    """The one outline font that comes with Pillow."""
    font = ImageFont.load_default(size)
    if not isinstance(font, Font):
        raise RuntimeError("this Pillow was built without FreeType, so that it has no outline font")
    return font


@dataclass(frozen=True)
class PlacedLine:
    text: str
    font: Font
    left: int
    top: int
    """Pixels of the page, as is `left`."""


def lay_out(document: Document, font: Font) -> list[PlacedLine]:
    """The document's lines, broken at CHARACTERS_A_LINE, the title's in a larger font."""
    title = font.font_variant(size=round(TITLE_SIZE * font.size))
    texts = [(title, line) for line in textwrap.wrap(document.title, CHARACTERS_A_LINE)]
    for sentence in document.sentences:
        texts += [(font, line) for line in textwrap.wrap(sentence, CHARACTERS_A_LINE)]
    margin = round(MARGIN * font.size)
    lines: list[PlacedLine] = []
    top = float(margin)
    for used, text in texts:
        lines.append(PlacedLine(text, used, margin, round(top)))
        top += LINE_HEIGHT * used.size
    return lines


def draw_page(document: Document, font: Font) -> Image.Image:
    """The page in black on white, its size as the text needs."""
    lines = lay_out(document, font)
    margin = round(MARGIN * font.size)
    width = round(max(line.font.getlength(line.text) for line in lines))
    height = round(lines[-1].top + LINE_HEIGHT * lines[-1].font.size)
    page = Image.new("L", (width + 2 * margin, height + margin), 255)
    draw = ImageDraw.Draw(page)
    for line in lines:
        draw.text((line.left, line.top), line.text, font=line.font, fill=0)
    return page


def scan_page(page: Image.Image, scan: Scan, random: np.random.Generator) -> Image.Image:
    """The page as 8 bits of grey."""
    image = page.rotate(scan.skew, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if scan.turn:
        image = image.rotate(scan.turn, expand=True)
    if scan.shrink != 1:
        size = (round(image.width / scan.shrink), round(image.height / scan.shrink))
        image = image.resize(size, Image.Resampling.BOX)
    if scan.blur:
        image = image.filter(ImageFilter.GaussianBlur(scan.blur))
    pixels = np.asarray(image, dtype=np.float64) / 255
    grey = scan.ink + pixels * (scan.paper - scan.ink)
    grey -= np.linspace(0, scan.shade, grey.shape[1])
    grey += random.normal(0, scan.noise, grey.shape)
    return Image.fromarray(np.clip(np.round(grey), 0, 255).astype(np.uint8))


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
