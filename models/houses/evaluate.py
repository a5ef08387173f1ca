"""Measures the served models on held-out sales: `python models/houses/evaluate.py [--json] ENDPOINT_URL`.

Runs in the Python of containers/tabular-preprocess/requirements.txt; `npm run evaluate -- --stack multi-model` serves
the pipeline and runs it. Homes of every city are sent to the model of every city, a request each, and what is answered
is compared with what they were sold for.

- Error: of |answered / sold - 1|, the mean over a city's homes.
- With its level: the same of a wrong city's model after its answers are multiplied by the one number that puts their
  median right, as if only currency and level had been mistaken. What is left is what moves prices otherwise there.
- Within range: the share of homes that were sold within the range that the right model answered.

Ends with 1 where a target is missed: for each city, every wrong model's error is at least TARGET_WRONG times that of
the right one, and at least TARGET_LEVEL times with its level; TARGET_RANGE of all homes are within range.
"""

import argparse
import json
import sys
import time
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from cities import CITIES, City
from data import HELD_OUT, Sales, make_sales

TARGET_WRONG, TARGET_LEVEL = 2.0, 1.25
TARGET_RANGE = (0.76, 0.84)
HOMES = 200
"""Of each city."""


@dataclass(frozen=True)
class Figures:
    city: str
    currency: str
    error: float
    """With its own model."""
    wrong_median: float
    """Of the other cities' models."""
    wrong_least: float
    level_median: float
    level_least: float
    nearest: str
    """The city whose model is the least wrong with its level."""
    within_range: float

    @property
    def ratio(self) -> float:
        return self.wrong_least / self.error

    @property
    def level_ratio(self) -> float:
        return self.level_least / self.error

    @property
    def is_met(self) -> bool:
        return self.ratio >= TARGET_WRONG and self.level_ratio >= TARGET_LEVEL


def main(url: str, as_json: bool) -> int:
    sales = {city.key: make_sales(city, HOMES, HELD_OUT) for city in CITIES}
    answers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for target in CITIES:  # in which order a container has to load each model once
        since = time.monotonic()
        for city in CITIES:
            answers[target.key, city.key] = send(url, target, sales[city.key])
        print(f"{target.key}: {len(CITIES)} requests in {time.monotonic() - since:.1f} s", file=sys.stderr, flush=True)
    figures = [measure(city, sales[city.key], answers) for city in CITIES]

    within = float(np.mean([one.within_range for one in figures]))
    is_met = all(one.is_met for one in figures) and TARGET_RANGE[0] <= within <= TARGET_RANGE[1]
    ratio, level_ratio = min(one.ratio for one in figures), min(one.level_ratio for one in figures)
    if as_json:
        summary = {
            "wrong_to_right": {"value": round(ratio, 2), "target": TARGET_WRONG},
            "wrong_with_its_level_to_right": {"value": round(level_ratio, 2), "target": TARGET_LEVEL},
            "within_range": {"value": round(within, 4), "target": TARGET_RANGE},
        }
        print(json.dumps({"met": is_met, **summary, "cities": [asdict(one) for one in figures]}, indent=4))
    else:
        print(table(figures))
        print(
            f"a wrong city's model is {ratio:.2f} times as far off as the right one, at least {TARGET_WRONG} are wanted"
        )
        print(f"with its level put right {level_ratio:.2f} times, at least {TARGET_LEVEL} are wanted")
        print(f"sold within range: {within:.2%}, {TARGET_RANGE[0]:.0%} to {TARGET_RANGE[1]:.0%} are wanted")
        print("met" if is_met else "NOT met")
    return 0 if is_met else 1


def measure(city: City, sales: Sales, answers: dict[tuple[str, str], list[dict[str, Any]]]) -> Figures:
    ratios = {
        target.key: np.array([answer["price"] for answer in answers[target.key, city.key]]) / sales.prices
        for target in CITIES
    }
    own = answers[city.key, city.key]
    low, high = (np.array([answer[name] for answer in own]) for name in ("low", "high"))
    others = [target for target in CITIES if target.key != city.key]
    wrong = [error_of(ratios[target.key]) for target in others]
    level = [error_of(ratios[target.key] / np.median(ratios[target.key])) for target in others]
    return Figures(
        city.key,
        city.currency,
        error_of(ratios[city.key]),
        round(float(np.median(wrong)), 4),
        min(wrong),
        round(float(np.median(level)), 4),
        min(level),
        others[int(np.argmin(level))].key,
        round(float(((low <= sales.prices) & (sales.prices <= high)).mean()), 4),
    )


def error_of(ratios: np.ndarray) -> float:
    return round(float(np.abs(ratios - 1).mean()), 4)


def send(url: str, target: City, sales: Sales) -> list[dict[str, Any]]:
    """What the target's model answers, a home each; ends the program where another city answers, or an error."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "X-Amzn-SageMaker-Target-Model": f"{target.key}.tar.gz",
    }
    request = urllib.request.Request(url, json.dumps({"instances": sales.instances()}).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=300) as response:
            predictions: list[dict[str, Any]] = json.load(response)["predictions"]
    except urllib.error.HTTPError as error:
        sys.exit(f"{target.key}: {error.code} {error.read().decode()}")
    answered = {(prediction["city"], prediction["currency"]) for prediction in predictions}
    if answered != {(target.name, target.currency)}:
        sys.exit(f"{target.key} was asked, and {answered} answered")
    return predictions


def table(figures: list[Figures]) -> str:
    head = (
        f"{'':22}{'':>5}{'right':>8}{'wrong: median':>15}{'least':>10}{'× right':>9}"
        f"{'with its level: median':>24}{'least':>8}{'× right':>9}  {'of':22}{'within range':>13}"
    )
    rows = [
        f"{one.city:22}{one.currency:>5}{one.error:>8.1%}"
        f"{one.wrong_median:>15.0%}{one.wrong_least:>10.1%}{one.ratio:>9.2f}"
        f"{one.level_median:>24.1%}{one.level_least:>8.1%}{one.level_ratio:>9.2f}  {one.nearest:22}"
        f"{one.within_range:>13.1%}"
        for one in figures
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the served models of homes' prices on held-out sales.")
    parser.add_argument("url", metavar="ENDPOINT_URL")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    sys.exit(main(arguments.url, arguments.json))
