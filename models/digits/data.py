"""scikit-learn's digits (1,797 images of 43 writers), split the same way for training and for the examples."""

from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


@dataclass(frozen=True)
class Digits:
    """Images of shape (n, 64), ink from 0 to 16, and their labels."""

    images: np.ndarray
    labels: np.ndarray


def split_digits() -> tuple[Digits, Digits]:
    """Three quarters to train on, and a quarter held out; every digit has the same share of both."""
    images, labels = load_digits(return_X_y=True)
    train, held_out, train_labels, held_out_labels = train_test_split(
        images, labels, test_size=0.25, stratify=labels, random_state=0
    )
    return Digits(train, train_labels), Digits(held_out, held_out_labels)
