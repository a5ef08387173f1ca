"""A PNG of a handwritten digit as the 64 numbers the model knows: 8 × 8, row by row, ink from 0 (none) to 16."""

import io

import numpy as np
from PIL import Image
from sagemaker_inference.errors import GenericInferenceToolkitError

SIDE = 8
FULL_INK = 16
FRAME = 32
"""The training digits were scaled to fill a frame of this many pixels, and counted down to 8 × 8 blocks of 4 × 4."""
MOST_PIXELS = 16_000_000
LEAST_CONTRAST = 32
"""Grey levels (of 256) between paper and ink below which an image counts as blank."""


def read_png(content: bytes) -> np.ndarray:
    """The digit as an array of shape (1, 64).

    Paper is what the border is made of, be it lighter or darker than the ink; transparent pixels count as white. The
    digit is cropped, scaled to the frame with its proportions kept, and centred.

    :raises GenericInferenceToolkitError: 400 for what is no PNG, or too large, or blank
    """
    grey = to_grey(content)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    paper = float(np.median(border))
    ink = np.abs(grey - paper)
    darkest = float(ink.max())
    if darkest < LEAST_CONTRAST:
        raise bad_image("it is blank")
    return to_blocks(crop(ink / darkest)).reshape(1, -1)


def to_grey(content: bytes) -> np.ndarray:
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise bad_image(f"it has {image.width} × {image.height} pixels, more than {MOST_PIXELS}")
            if image.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
                return np.asarray(image, dtype=np.float64) / 257
            rgba = image.convert("RGBA")
    except Image.UnidentifiedImageError as error:  # which names the address of the buffer it read from
        raise bad_image("it is not a readable PNG: its format is another") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise bad_image(f"it is not a readable PNG: {error}") from error
    white = Image.new("RGBA", rgba.size, "white")
    return np.asarray(Image.alpha_composite(white, rgba).convert("L"), dtype=np.float64)


def crop(ink: np.ndarray) -> np.ndarray:
    """The smallest box that holds what is clearly ink."""
    rows, columns = np.nonzero(ink > 0.25)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def to_blocks(ink: np.ndarray) -> np.ndarray:
    """The mean ink in each of 8 × 8 blocks of the frame."""
    height, width = ink.shape
    scale = FRAME / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    scaled = Image.fromarray((ink * 255).astype(np.uint8)).resize(
        size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR
    )
    frame = Image.new("L", (FRAME, FRAME))
    frame.paste(scaled, ((FRAME - size[0]) // 2, (FRAME - size[1]) // 2))
    block = FRAME // SIDE
    blocks = np.asarray(frame, dtype=np.float64).reshape(SIDE, block, SIDE, block).mean(axis=(1, 3))
    return blocks / 255 * FULL_INK


def bad_image(reason: str) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the image cannot be used: {reason}")
