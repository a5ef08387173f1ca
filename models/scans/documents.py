"""Made-up documents of six themes.

A theme's file in themes/ holds titles, sentences and what may fill their slots. The sentences are split once: documents
to train on and held-out documents share no sentence, only the vocabulary of their theme.
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path

THEMES_FOLDER = Path(__file__).resolve().parent / "themes"
THEMES = tuple(sorted(path.stem for path in THEMES_FOLDER.glob("*.json")))
HELD_OUT_SHARE = 0.35
SENTENCES = (6, 9)
"""Fewest and most sentences of a document."""

FIRST_NAMES = ("Anna", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Henry", "Iris", "Jonas", "Laura", "Martin")
LAST_NAMES = ("Abel", "Brandt", "Carter", "Dietz", "Evans", "Fischer", "Grant", "Hale", "Ingram", "Keller", "Lopez")
COMPANIES = ("Nordwind Ltd", "Baker and Sons", "Alpina GmbH", "Harbour Trading", "Silverline Inc", "Kontor West")
CITIES = ("Vienna", "Lisbon", "Hamburg", "Dublin", "Porto", "Bergen", "Zurich", "Bristol", "Antwerp", "Seville")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True)
class Document:
    theme: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.sentences))


def make_documents(per_theme: int, seed: int, *, held_out: bool) -> list[Document]:
    """So many documents of each theme, the same ones for the same seed; themes take turns."""
    chance = random.Random(f"{seed} {held_out}")
    themes = {theme: json.loads((THEMES_FOLDER / f"{theme}.json").read_text()) for theme in THEMES}
    sentences = {theme: split_sentences(theme, themes[theme]["sentences"], held_out=held_out) for theme in THEMES}
    return [make_document(theme, themes[theme], sentences[theme], chance) for _ in range(per_theme) for theme in THEMES]


def split_sentences(theme: str, sentences: list[str], *, held_out: bool) -> list[str]:
    shuffled = random.Random(theme).sample(sentences, len(sentences))
    count = round(HELD_OUT_SHARE * len(sentences))
    return shuffled[:count] if held_out else shuffled[count:]


def make_document(theme: str, parts: dict, sentences: list[str], chance: random.Random) -> Document:
    chosen = chance.sample(sentences, chance.randint(*SENTENCES))
    return Document(
        theme,
        fill(chance.choice(parts["titles"]), parts["fillers"], chance),
        tuple(fill(sentence, parts["fillers"], chance) for sentence in chosen),
    )


def fill(template: str, fillers: dict[str, list[str]], chance: random.Random) -> str:
    """The template with each of its slots filled, one that stands in it twice by two choices."""
    filled = template
    while "{" in filled:
        before, _, rest = filled.partition("{")
        slot, _, after = rest.partition("}")
        filled = before + fill_slot(slot, fillers, chance) + after
    return filled


def fill_slot(slot: str, fillers: dict[str, list[str]], chance: random.Random) -> str:
    if slot in fillers:
        return chance.choice(fillers[slot])
    year = chance.randint(2015, 2026)
    return {
        "name": f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
        "company": chance.choice(COMPANIES),
        "city": chance.choice(CITIES),
        "date": f"{chance.randint(1, 28)} {chance.choice(MONTHS)} {year}",
        "year": str(year),
        "number": str(chance.randint(10_000, 999_999)),
        "amount": f"{chance.randint(10, 4999)}.{chance.randint(0, 99):02}",
        "grams": str(chance.randrange(50, 500, 25)),
        "percent": str(chance.choice((7, 10, 19, 20, 21))),
        "small": str(chance.randint(2, 14)),
    }[slot]
