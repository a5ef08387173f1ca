"""Tabulates how far the penguin model can be relied on: `python models/tabular/postprocess/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/tabular-postprocess/requirements.txt, after the model was trained: it reads what the
cross-validation wrote into the model's attributes, in the folder `predict` beside the output's own.
Writes calibration.json, the same one each time, to the folder (default: artifact beside this file), all or nothing.
"""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1]))

from write_artifact import write_artifact  # noqa: E402

MARKS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
RELIABLE = 0.95
"""A label is relied on from the lowest mark at which this share of the validation rows given it truly has it."""


def main(output: Path) -> None:
    model = output.parents[1] / "predict" / output.name / "xgboost-model"
    if not model.is_file():
        sys.exit(f"{model} is not there: train it first, with models/tabular/predict/train.py")
    validation = json.loads(json.loads(model.read_text())["learner"]["attributes"]["validation"])
    zero, one = validation["labels"]
    rows = list(zip(validation["truth"], validation["probabilities"], strict=True))
    classes = [
        calibrate(zero, [(truth == 0, 1 - probability) for truth, probability in rows]),
        calibrate(one, [(truth == 1, probability) for truth, probability in rows]),
    ]
    write_artifact(output, {"calibration.json": json.dumps({"classes": classes}, indent=4).encode()})
    thresholds = ", ".join(f"{one['label']} from {one['threshold']}" for one in classes)
    print(f"reliable are {thresholds} ({len(rows)} penguins): {output}")


def calibrate(label: str, rows: list[tuple[bool, float]]) -> dict[str, Any]:
    """One class of the table.

    :param rows: whether each row truly has the label, and the probability it was given
    """
    truly = sum(has_it for has_it, _ in rows)
    marks = []
    for mark in MARKS:
        given = [has_it for has_it, probability in rows if probability >= mark]
        marks.append(
            {
                "at_least": mark,
                "precision": round(sum(given) / len(given), 4) if given else None,
                "recall": round(sum(given) / truly, 4),
                "validation_rows": len(given),
            }
        )
    reliable = (mark["at_least"] for mark in marks if (mark["precision"] or 0) >= RELIABLE)
    return {"label": label, "threshold": next(reliable, None), "marks": marks}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
