"""Penguins of three species near Palmer Station, Antarctica, 2007 to 2009: to tell their sex without a DNA test.

penguins.csv is the raw table of the Python package palmerpenguins (CC0) with ten of its columns, renamed: K. B. Gorman,
T. D. Williams, W. R. Fraser, "Ecological Sexual Dimorphism and Environmental Variability within a Community of
Antarctic Penguins (Genus Pygoscelis)", PLOS ONE 9(3), 2014. Some isotope ratios (delta_…) are missing.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import OneHotEncoder

NUMBERS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "delta_15_n", "delta_13_c")
CATEGORIES = ("species", "island", "clutch_completion")
LABELS = ("female", "male")


@dataclass(frozen=True)
class Penguins:
    """Rows of NUMBERS (NaN where missing) and CATEGORIES, an object array, and the index of each row's label."""

    rows: np.ndarray
    labels: np.ndarray


def split_penguins() -> tuple[Penguins, Penguins]:
    """Of those whose sex is known, three quarters to train on and a quarter held out, with as many of each sex."""
    with (Path(__file__).parent / "penguins.csv").open(newline="") as file:
        known = [row for row in csv.DictReader(file) if row["sex"] in LABELS]
    cells = [[float(row[name] or "nan") for name in NUMBERS] + [row[name] for name in CATEGORIES] for row in known]
    rows = np.array(cells, dtype=object)
    labels = np.array([LABELS.index(row["sex"]) for row in known])
    train, held_out, train_labels, held_out_labels = train_test_split(
        rows, labels, test_size=0.25, stratify=labels, random_state=0
    )
    return Penguins(train, train_labels), Penguins(held_out, held_out_labels)


def fit_transformer(rows: np.ndarray) -> Any:
    """What the preprocessing step does to rows: fills in missing numbers, makes each category a feature of 0 or 1."""
    numbers = len(NUMBERS)
    return ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median"), slice(0, numbers)),
            ("categories", OneHotEncoder(sparse_output=False), slice(numbers, None)),
        ]
    ).fit(rows)
