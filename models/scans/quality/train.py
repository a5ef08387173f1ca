"""Learns what the quality step must know: `python models/scans/quality/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/quality/requirements.txt. Two things are learnt, both from pages drawn from the training
documents alone:

- Which way up a page is: logistic regression on the features of upright pages and of the same pages upside down.
- The limits of what can be read. Pages are scanned worse and worse in one respect at a time, improved by the container's
  own code, and read. Each limit is the value, as the container measures it, that best parts the pages that can still be
  read from those that cannot. The recognition model is not at hand in this environment, and must be replaceable without
  training this step again; so the reader is the one in reference_reader.py. models/scans/evaluate.py shows how the real
  one reads what these limits let pass.

Writes calibration.json, the same one each time, to the folder (default: artifact beside this file), all or nothing.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path += [str(ROOT / "models"), str(HERE.parent), str(ROOT / "containers" / "quality")]

from calibration import FILE, Calibration  # noqa: E402
from documents import Document, make_documents  # noqa: E402
from page import Measures, Refused, improve, measure  # noqa: E402
from paper import find_writing  # noqa: E402
from reference_reader import Letters, cut_letters, learn_alphabet, share_read  # noqa: E402
from scanning import Scan, built_in_font, draw_page, lay_out, scan_page  # noqa: E402
from text_lines import find_bands, upside_features  # noqa: E402
from write_artifact import write_artifact  # noqa: E402

FONT_SIZES = (18, 22, 26)
READABLE = 0.75
"""A page counts as read from this share of its letters on; of a clean one 99 % are. A recognition model guesses the
others from those beside them: see the figures at the limits in docs/model-ensemble.md."""
PAGES = 36
"""Pages for each limit, from hardly worse than a good scan to hopeless."""
ALPHABET_PAGES = 8
PENALTY = 1.0
"""Of the squared weights, which keeps them small."""


@dataclass(frozen=True)
class Trial:
    measures: Measures
    readable: bool


@dataclass(frozen=True)
class Sweep:
    """How scans get worse in one respect, and what the container measures of it."""

    worse: Callable[[float], Scan]
    """The scan for 0 (good) to 1 (hopeless)."""
    measured: Callable[[Measures], float]


SWEEPS = {
    "least_contrast": Sweep(lambda t: Scan(paper=200, ink=198 - 20 * (1 - t), noise=1), lambda m: m.contrast),
    "least_contrast_to_noise": Sweep(lambda t: Scan(noise=30 + 80 * t), lambda m: m.contrast / max(m.noise, 1e-9)),
    "least_letter_height": Sweep(lambda t: Scan(shrink=1.5 + 3 * t, noise=3), lambda m: m.letter_height),
    "most_blur": Sweep(lambda t: Scan(blur=0.5 + 3 * t, noise=3), lambda m: m.blur),
}


def main(output: Path) -> None:
    documents = make_documents(PAGES, seed=1, held_out=False)
    weights = learn_upside(documents[: 2 * PAGES])
    anything = Calibration(0, 0, 0, np.inf, weights)
    alphabets = {
        size: learn_alphabet([clean_letters(document, size) for document in documents[:ALPHABET_PAGES]])
        for size in FONT_SIZES
    }
    limits = {}
    for number, (name, sweep) in enumerate(SWEEPS.items()):
        trials = try_scans(documents[number * PAGES : (number + 1) * PAGES], sweep, alphabets, anything, number)
        values = np.array([sweep.measured(trial.measures) for trial in trials])
        limits[name] = part(values, np.array([trial.readable for trial in trials]))
    calibration = Calibration(**limits, upside_weights=weights)
    write_artifact(output, {FILE: (json.dumps(asdict(calibration), indent=4) + "\n").encode()})
    print(f"{', '.join(f'{name} {value}' for name, value in limits.items())} ({len(SWEEPS) * PAGES} pages): {output}")


def learn_upside(documents: list[Document]) -> tuple[float, ...]:
    """Weights of the features, by Newton's method; a page upside down has the features with the other sign."""
    random = np.random.default_rng(0)
    rows = []
    for number, document in enumerate(documents):
        page = draw_page(document, built_in_font(FONT_SIZES[number % len(FONT_SIZES)]))
        scan = Scan(shrink=random.uniform(1, 3), blur=random.uniform(0, 1), noise=random.uniform(0, 20))
        ink = find_writing(np.asarray(scan_page(page, scan, random))).ink
        rows.append(upside_features(ink, find_bands(ink)))
    features = np.array(rows)
    weights = np.zeros(features.shape[1])
    for _ in range(20):
        wrong = 1 / (1 + np.exp(features @ weights))  # the probability that each page is given of being upside down
        gradient = PENALTY * weights - features.T @ wrong
        curvature = PENALTY * np.eye(len(weights)) + (features * (wrong * (1 - wrong))[:, None]).T @ features
        weights -= np.linalg.solve(curvature, gradient)
    return tuple(round(float(weight), 4) for weight in weights)


def clean_letters(document: Document, size: int) -> Letters:
    font = built_in_font(size)
    return cut_letters(np.asarray(draw_page(document, font)), lay_out(document, font), (1.0, 1.0))


def try_scans(
    documents: list[Document], sweep: Sweep, alphabets: dict[int, Letters], anything: Calibration, seed: int
) -> list[Trial]:
    random = np.random.default_rng(seed)
    trials = []
    for number, document in enumerate(documents):
        size = FONT_SIZES[number % len(FONT_SIZES)]
        scan = sweep.worse(number / (len(documents) - 1))
        trials.append(try_scan(document, size, scan, alphabets[size], anything, random))
    return trials


def try_scan(
    document: Document, size: int, scan: Scan, alphabet: Letters, anything: Calibration, random: np.random.Generator
) -> Trial:
    """What the container measures of one scan, and whether its improved page can be read."""
    font = built_in_font(size)
    page, lines = draw_page(document, font), lay_out(document, font)
    grey = np.asarray(scan_page(page, scan, random))
    improved = improve(grey, anything)
    if isinstance(improved, Refused):
        return Trial(measure(find_writing(grey)), readable=False)
    if improved.turned != 0 or round(improved.skew) != 0:  # it was drawn upright and level
        return Trial(improved.measures, readable=False)
    height, width = improved.pixels.shape
    letters = cut_letters(improved.pixels, lines, (width / page.width, height / page.height))
    return Trial(improved.measures, share_read(letters, alphabet) >= READABLE)


def part(values: np.ndarray, readable: np.ndarray) -> float:
    """The value that parts the readable from the others with the fewest wrong, each kind counted by its share.

    :raises ValueError: where the pages are all of one kind, so that nothing was measured
    """
    if readable.all() or not readable.any():
        raise ValueError(f"all {len(readable)} pages are {'readable' if readable.all() else 'unreadable'}")
    order = np.sort(values)
    between = (order[1:] + order[:-1]) / 2
    higher_is_better = np.median(values[readable]) > np.median(values[~readable])
    errors = [
        np.mean((values[readable] < cut) == higher_is_better) + np.mean((values[~readable] >= cut) == higher_is_better)
        for cut in between
    ]
    return round(float(np.median(between[np.isclose(errors, np.min(errors))])), 3)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
