"""Makes the preprocessing of homes in any city: `python models/houses/preprocess/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/tabular-preprocess/requirements.txt. Writes columns.json and transformer.joblib, the
same ones each time, to the folder (default: artifact beside this file), all or nothing.
"""

import io
import json
import sys
from pathlib import Path

import joblib

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parents[1])]

from data import CATEGORIES, LIMITS, NUMBERS, REQUIRED  # noqa: E402
from features import FEATURES, make_transformer  # noqa: E402
from write_artifact import write_artifact  # noqa: E402


def main(output: Path) -> None:
    columns = {"numbers": NUMBERS, "categories": CATEGORIES, "required": REQUIRED, "limits": LIMITS}
    made = io.BytesIO()
    joblib.dump(make_transformer(), made)
    write_artifact(
        output, {"columns.json": json.dumps(columns, indent=4).encode(), "transformer.joblib": made.getvalue()}
    )
    print(f"{len(FEATURES)} features of a home: {output}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
