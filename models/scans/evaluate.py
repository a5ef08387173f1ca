"""Measures the served line on held-out scans: `python models/scans/evaluate.py [--json] [--scans N] ENDPOINT_URL`.

Runs in the Python of containers/quality/requirements.txt; `npm run evaluate -- --stack ensemble` serves the line and runs
it. Documents of which no sentence was trained on are drawn, scanned under each of the conditions, and sent to the endpoint.

- Characters read: 1 - edit distance / length, with both summed over a condition's scans; the distance is Levenshtein's
  between the text that was answered and the text that was drawn, each in one line with single spaces between its words.
  Of a refused scan nothing was read: its distance is its length.
- Theme: the share of scans whose theme was answered; a refused scan has none.

Ends with 1 where a target is missed: TARGET_READ of the characters of halved and noisy scans, and TARGET_THEMES of all
scans save those at the limits, which show how what is only just accepted is read.
"""

import argparse
import base64
import json
import sys
import time
import urllib.request
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from documents import THEMES, Document, make_documents
from reading import edit_distance, flat
from scanning import Scan, built_in_font, draw_page, png, scan_page

TARGET_READ, TARGET_THEMES = 0.95, 0.9
HALVED = "halved, noisy"
AT_LIMITS = ("at the limit: small", "at the limit: blurred", "at the limit: noisy")
FONT_SIZES = (20, 24, 28)
"""Pixels: 10 to 14 points at 150 dots per inch."""
BATCH = 4
SEED = 5


@dataclass(frozen=True)
class Figures:
    condition: str
    scans: int
    refused: int
    characters_read: float
    """Of all scans."""
    characters_read_of_accepted: float | None
    themes_right: float


@dataclass(frozen=True)
class Held:
    """A held-out scan as it is sent."""

    name: str
    document: Document
    image: bytes


def conditions(chance: np.random.Generator) -> dict[str, Scan]:
    """One scan under each condition."""
    return {
        "clean": Scan(),
        HALVED: Scan(shrink=2, noise=float(chance.uniform(4, 12))),
        "turned, tilted": Scan(turn=int(chance.choice([90, 180, 270])), skew=float(chance.uniform(-4, 4)), noise=4),
        "photographed": Scan(ink=60, paper=200, shade=60, blur=1, noise=5, skew=float(chance.uniform(-2, 2))),
        AT_LIMITS[0]: Scan(shrink=float(chance.uniform(2.7, 3.3)), noise=4),
        AT_LIMITS[1]: Scan(blur=float(chance.uniform(1.6, 2.2)), noise=3),
        AT_LIMITS[2]: Scan(noise=float(chance.uniform(60, 90))),
    }


def main(url: str, count: int, as_json: bool) -> int:
    documents = make_documents(-(-count // len(THEMES)), SEED, held_out=True)[:count]
    chance = np.random.default_rng(SEED)
    held: dict[str, list[Held]] = {}
    for number, document in enumerate(documents):
        page = draw_page(document, built_in_font(FONT_SIZES[number % len(FONT_SIZES)]))
        for condition, scan in conditions(chance).items():
            image = png(scan_page(page, scan, chance))
            held.setdefault(condition, []).append(Held(f"{condition} {number}", document, image))
    figures = [measure(url, condition, scans) for condition, scans in held.items()]

    counted = [one for one in figures if one.condition not in AT_LIMITS]
    read = next(one.characters_read for one in figures if one.condition == HALVED)
    themes = sum(one.themes_right * one.scans for one in counted) / sum(one.scans for one in counted)
    is_met = read >= TARGET_READ and themes >= TARGET_THEMES
    summary = {
        "halved_noisy_characters_read": {"value": round(read, 4), "target": TARGET_READ},
        "themes_right": {"value": round(themes, 4), "target": TARGET_THEMES},
    }
    if as_json:
        print(json.dumps({"met": is_met, **summary, "conditions": [asdict(one) for one in figures]}, indent=4))
    else:
        print(table(figures))
        print(f"characters read of halved, noisy scans: {read:.2%}, at least {TARGET_READ:.0%} are wanted")
        print(
            f"scans in the right theme, save those at the limits: {themes:.2%}, at least {TARGET_THEMES:.0%} are wanted"
        )
        print("met" if is_met else "NOT met")
    return 0 if is_met else 1


def measure(url: str, condition: str, scans: list[Held]) -> Figures:
    since = time.monotonic()
    answered: dict[str, dict[str, Any]] = {}
    for start in range(0, len(scans), BATCH):
        answered |= {one["name"]: one for one in send(url, scans[start : start + BATCH])}
    distances, lengths, right = [], [], 0
    for scan in scans:
        written, one = flat(scan.document.text), answered.get(scan.name)
        distances.append(len(written) if one is None else edit_distance(flat(one["text"]), written))
        lengths.append(len(written))
        right += one is not None and one["theme"] == scan.document.theme
    accepted = [place for place, scan in enumerate(scans) if scan.name in answered]
    print(f"{condition}: {len(scans)} scans in {time.monotonic() - since:.1f} s", file=sys.stderr, flush=True)
    return Figures(
        condition,
        len(scans),
        len(scans) - len(accepted),
        share(distances, lengths),
        share([distances[place] for place in accepted], [lengths[place] for place in accepted]) if accepted else None,
        round(right / len(scans), 4),
    )


def share(distances: list[int], lengths: list[int]) -> float:
    return round(1 - sum(distances) / sum(lengths), 4)


def send(url: str, scans: list[Held]) -> list[dict[str, Any]]:
    """The answered scans, without the refused ones."""
    batch = [{"name": scan.name, "image": base64.b64encode(scan.image).decode()} for scan in scans]
    request = urllib.request.Request(
        url, json.dumps({"scans": batch}).encode(), {"Content-Type": "application/json", "Accept": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=300) as response:
        answered: list[dict[str, Any]] = json.load(response)["scans"]
    return answered


def table(figures: list[Figures]) -> str:
    head = f"{'condition':24}{'scans':>7}{'refused':>9}{'read':>9}{'of accepted':>13}{'theme right':>13}"
    rows = [
        f"{one.condition:24}{one.scans:>7}{one.refused:>9}{one.characters_read:>9.2%}"
        f"{'–' if one.characters_read_of_accepted is None else format(one.characters_read_of_accepted, '.2%'):>13}"
        f"{one.themes_right:>13.2%}"
        for one in figures
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the served line on held-out scans.")
    parser.add_argument("url", metavar="ENDPOINT_URL")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--scans", type=int, default=30, help="documents under each condition (default: 30)")
    arguments = parser.parse_args()
    sys.exit(main(arguments.url, arguments.scans, arguments.json))
