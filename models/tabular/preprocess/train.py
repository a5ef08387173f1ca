"""Fits the preprocessing of the penguins: `python models/tabular/preprocess/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/tabular-preprocess/requirements.txt. Writes columns.json and transformer.joblib, the
same ones each time, to the folder (default: artifact beside this file), all or nothing.
"""

import io
import json
import sys
from pathlib import Path

import joblib
import numpy as np

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parents[1])]

from data import CATEGORIES, NUMBERS, fit_transformer, split_penguins  # noqa: E402
from write_artifact import write_artifact  # noqa: E402


def main(output: Path) -> None:
    train, _ = split_penguins()
    transformer = fit_transformer(train.rows)
    values = (np.unique(column).tolist() for column in train.rows[:, len(NUMBERS) :].T.astype(str))
    columns = {"numbers": NUMBERS, "categories": dict(zip(CATEGORIES, values, strict=True))}

    fitted = io.BytesIO()
    joblib.dump(transformer, fitted)
    write_artifact(
        output, {"columns.json": json.dumps(columns, indent=4).encode(), "transformer.joblib": fitted.getvalue()}
    )
    print(f"{len(transformer.get_feature_names_out())} features of {len(train.rows)} penguins: {output}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
