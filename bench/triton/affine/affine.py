"""A model of next to no work: what is measured is all that is around it."""

import numpy as np

WIDTH = 16
FACTORS = np.linspace(0.5, 1.5, WIDTH, dtype=np.float32)
OFFSETS = np.linspace(-0.5, 0.5, WIDTH, dtype=np.float32)


def affine(rows: np.ndarray, times: int) -> np.ndarray:
    """tanh(rows * factors + offsets), so many times one upon the other.

    :param rows: FP32, of shape (rows, 16)
    """
    for _ in range(times):
        rows = np.tanh(rows * FACTORS + OFFSETS)
    return rows
