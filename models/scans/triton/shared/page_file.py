"""Pages as they pass from one model to the next: as PGM files, which cost no packing, and may differ in size in a batch."""

import re

import numpy as np

HEADER = re.compile(rb"P5 (\d+) (\d+) 255\n")


def write_page(pixels: np.ndarray) -> bytes:
    """
    :param pixels: 8 bits of grey, an array of shape (height, width)
    """
    height, width = pixels.shape
    return b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(pixels).tobytes()


def read_page(file: bytes) -> np.ndarray:
    """The pixels that were written.

    :raises ValueError: for what write_page did not write
    """
    header = HEADER.match(file)
    if header is None or len(file) - header.end() != int(header[1]) * int(header[2]):
        raise ValueError(f"{file[:20]!r} is not the beginning of a PGM file of 8 bits of grey, or it is cut off")
    return np.frombuffer(file, np.uint8, offset=header.end()).reshape(int(header[2]), int(header[1]))
