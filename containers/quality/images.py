"""Image files as pixels, and pixels as the small image files that pass to the next container."""

import io

import numpy as np
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 36_000_000
"""An A4 page at 600 dots per inch has 35 million."""
WORKING_PIXELS = 9_000_000
"""An A4 page at 300 dots per inch. Larger images are halved until they fit, which bounds memory and time."""
SHADES = 16
SHADE = 255 // (SHADES - 1)
"""Grey levels from one shade to the next."""


class BadImage(ValueError):
    """What cannot be read as an image; its text says why."""


def read_grey(content: bytes) -> np.ndarray:
    """The first image of a PNG or JPEG file as 8 bits of grey, an array of shape (height, width).

    It is turned as its EXIF orientation says; transparent pixels count as white.

    :raises BadImage: for what is no such file, is damaged, or has more than MOST_PIXELS
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadImage(
                    f"it has {image.width} × {image.height} pixels, more than {MOST_PIXELS:,}; scan it at 300 dots per inch"
                )
            image.load()
            grey = to_grey(ImageOps.exif_transpose(image))
    except BadImage:
        raise
    except Image.DecompressionBombError as error:
        raise BadImage(str(error)) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise BadImage(f"it is not a readable PNG or JPEG: {shown(error)}") from error
    while grey.width * grey.height > WORKING_PIXELS:
        grey = grey.reduce(2)
    return np.asarray(grey)


def shown(error: Exception) -> str:
    """What Pillow says of it, without the address of the buffer it read from."""
    return "its format is neither" if isinstance(error, Image.UnidentifiedImageError) else str(error)


def to_grey(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
        return Image.fromarray((np.asarray(image, dtype=np.float64) / 257).round().astype(np.uint8))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return image.convert("L")


def shades_of(grey: np.ndarray) -> np.ndarray:
    """Each pixel's shade, from 0 to SHADES - 1."""
    return np.round(grey / SHADE).astype(np.uint8)


def in_shades(grey: np.ndarray) -> np.ndarray:
    """The pixels as the next model sees them, whichever way they pass to it: 8 bits of grey in SHADES steps."""
    return shades_of(grey) * np.uint8(SHADE)


def small_png(grey: np.ndarray) -> bytes:
    """A PNG of 16 shades, 4 bits a pixel: less than half of what 256 shades take, and text reads the same.

    :param grey: 8 bits of grey, an array of shape (height, width)
    """
    image = Image.fromarray(shades_of(grey))
    image.putpalette([level for shade in range(SHADES) for level in [shade * SHADE] * 3])
    file = io.BytesIO()
    image.save(file, "PNG", bits=4, optimize=True)
    return file.getvalue()
