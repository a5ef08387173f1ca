"""Trains what the benchmark hosts many of: `python forest.py FOLDER` writes model.joblib, a random forest for digits.

It takes some 8 MiB of memory, so that budgets of a few models can be set; containers/digits serves it as it is.
"""

import sys
from pathlib import Path

import joblib
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier

TREES = 200

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
images, labels = load_digits(return_X_y=True)
joblib.dump(RandomForestClassifier(TREES, random_state=0).fit(images, labels), folder / "model.joblib")
