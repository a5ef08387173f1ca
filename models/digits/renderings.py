"""PNG images of the training set's 8 × 8 digits, as a scanner or a drawing program might make them."""

import io

import numpy as np
from PIL import Image


def render(digit: np.ndarray, random: np.random.Generator) -> bytes:
    """A PNG of the 64 numbers, scaled 3 to 12 times, with margins, grey and noisy, dark on light or light on dark."""
    scale = int(random.integers(3, 13))
    ink = Image.fromarray((digit.reshape(8, 8) / 16 * 255).astype(np.uint8))
    margins = random.integers(2, 3 * scale, size=4)
    page = Image.new("L", (8 * scale + int(margins[0] + margins[1]), 8 * scale + int(margins[2] + margins[3])))
    page.paste(ink.resize((8 * scale, 8 * scale), Image.Resampling.BICUBIC), (int(margins[0]), int(margins[2])))

    shades = np.asarray(page, dtype=np.float64) / 255
    strength = random.uniform(0.6, 1)
    noise = random.normal(0, 0.03, shades.shape)
    shades = np.clip(shades * strength + noise, 0, 1)
    dark_on_light = bool(random.integers(2))
    pixels = ((1 - shades if dark_on_light else shades) * 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()
