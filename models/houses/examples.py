"""Writes examples/houses.json: homes for sale in Lisbon that its model was not trained on, of which one lacks numbers.

Run as `python models/houses/examples.py`, in the Python of containers/tabular-preprocess/requirements.txt.
"""

import json
from pathlib import Path

from cities import CITIES
from data import CATEGORIES, HELD_OUT, make_sales

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CITY = "europe/lisbon"


def main() -> None:
    [city] = (city for city in CITIES if city.key == CITY)
    homes = make_sales(city, 200, HELD_OUT).instances()
    chosen = [next(home for home in homes if home["kind"] == kind) for kind in CATEGORIES["kind"]]
    chosen.append(homes[-1] | {"year_built": None, "water_km": None})
    (EXAMPLES / "houses.json").write_text(json.dumps({"instances": chosen}) + "\n")


if __name__ == "__main__":
    main()
