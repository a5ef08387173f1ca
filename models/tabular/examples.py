"""Writes examples/tabular.json and examples/tabular.csv, the same penguins in both; the model was not trained on them.

Run as `python models/tabular/examples.py`, in the Python of containers/tabular-preprocess/requirements.txt.
"""

import csv
import json
import math
from pathlib import Path

from data import CATEGORIES, NUMBERS, split_penguins

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WHOLE, WITH_GAPS = 5, 1


def main() -> None:
    _, held_out = split_penguins()
    rows = [[None if isinstance(cell, float) and math.isnan(cell) else cell for cell in row] for row in held_out.rows]
    chosen = [row for row in rows if None not in row][:WHOLE] + [row for row in rows if None in row][:WITH_GAPS]
    names = (*NUMBERS, *CATEGORIES)
    instances = [dict(zip(names, row, strict=True)) for row in chosen]
    (EXAMPLES / "tabular.json").write_text(json.dumps({"instances": instances}) + "\n")
    with (EXAMPLES / "tabular.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(chosen)


if __name__ == "__main__":
    main()
