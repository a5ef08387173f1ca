"""What the preprocessing step makes of homes, and each city's model takes."""

from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.preprocessing import OneHotEncoder

from data import CATEGORIES, NUMBERS

FEATURES = (*NUMBERS, *(name for name, values in CATEGORIES.items() for _ in values))
"""The column that each feature comes from."""


def make_transformer() -> Any:
    """Makes each category a feature of 0 or 1. A number that is missing stays so: what is average differs by city, and
    this step does not know which one is asked."""
    numbers = len(NUMBERS)
    any_home = np.array([[0] * numbers + [values[0] for values in CATEGORIES.values()]], dtype=object)
    categories = OneHotEncoder(categories=[list(values) for values in CATEGORIES.values()], sparse_output=False)
    return ColumnTransformer(
        [("numbers", "passthrough", slice(0, numbers)), ("categories", categories, slice(numbers, None))]
    ).fit(any_home)
