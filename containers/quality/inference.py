"""Judges scanned pages and makes them readable: the first of three models in line.

Takes `image/png` or `image/jpeg`, one page, or `application/json` with a batch: `{"scans": [{"name": "a.png", "image":
"<base64 of a PNG or JPEG>"}, …]}`. A page that can be read is turned upright, levelled, freed of shades and noise, and
scaled until its letters are of a good size. One that cannot is refused with a reason, and does not fail the others.
Answers `application/json`, whatever is accepted, for the next container: `{"scans": [{"name", "image": "<base64 of a PNG>",
"quality": {…}} or {"name", "refused": "<why>"}, …]}`.
"""

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from sagemaker_inference.errors import GenericInferenceToolkitError

from calibration import Calibration, load_calibration
from images import small_png
from page import Improved, Refused, improve
from request import Scan, read_request

MOST_BYTES = 5_000_000
"""What SageMaker passes from one container to the next, read as the smaller of 5 MB and 5 MiB."""


@dataclass(frozen=True)
class Judged:
    name: str
    page: Improved | Refused


def model_fn(model_dir: str) -> Calibration:
    return load_calibration(Path(model_dir))


def input_fn(body: bytes | str, content_type: str | None) -> list[Scan]:
    return read_request(body, content_type)


def predict_fn(scans: list[Scan], model: Calibration) -> list[Judged]:
    return [Judged(scan.name, improve(scan.grey, model)) for scan in scans]


def output_fn(judged: list[Judged], accept: str) -> tuple[str, str]:
    """The scans for the next container.

    :raises GenericInferenceToolkitError: 413 where they are more than may pass to it, saying how many do
    """
    passed = [encode(one) for one in judged]
    answer = envelope(passed)
    if len(answer) > MOST_BYTES:
        fitting = next(count for count in range(len(passed) - 1, -1, -1) if len(envelope(passed[:count])) <= MOST_BYTES)
        raise GenericInferenceToolkitError(
            413,
            f"the {len(passed)} scans make {len(answer):,} bytes once they are readable, and at most {MOST_BYTES:,} pass to"
            f" the next container: {advice(fitting)}",
        )
    return answer, "application/json"


def advice(fitting: int) -> str:
    if fitting == 0:
        return "the first one alone is too large; cut it into smaller pages"
    return f"the first {fitting} fit; send the others in a request of their own"


def encode(judged: Judged) -> str:
    if isinstance(judged.page, Refused):
        return json.dumps({"name": judged.name, "refused": judged.page.reason})
    image = base64.b64encode(small_png(judged.page.pixels)).decode()
    return json.dumps({"name": judged.name, "image": image, "quality": judged.page.facts()})


def envelope(scans: list[str]) -> str:
    """Plain ASCII, so that its characters are its bytes."""
    return f'{{"scans": [{", ".join(scans)}]}}'
