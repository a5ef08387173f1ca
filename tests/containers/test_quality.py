"""The container that judges and improves scans: its functions."""

import base64
import io
import json
from typing import Any

import numpy as np
import pytest
from PIL import Image

from conftest import ROOT, refusal
from scans import BATCH, Scan, batch_of, models, page_of, png, quality, run, scanned

__all__ = ["models"]

from images import read_grey, small_png  # noqa: E402
from page import Improved, Refused, improve  # noqa: E402

GOOD = scanned(Scan())


def improved(grey: np.ndarray, models: dict[str, Any]) -> Improved:
    page = improve(grey, models["quality"])
    assert isinstance(page, Improved), page
    return page


def test_a_good_page_is_left_as_it_is(models: dict[str, Any]) -> None:
    page = improved(page_of(Scan()), models)
    assert (page.turned, page.skew, page.scale) == (0, pytest.approx(0, abs=0.2), 1)
    assert page.measures.contrast == pytest.approx(225, abs=5)
    assert page.measures.noise < 1


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-4.0, 0.0, 2.5])
def test_turned_and_tilted_pages_are_righted(models: dict[str, Any], turn: int, skew: float) -> None:
    straight = improved(page_of(Scan(noise=3)), models)
    page = improved(page_of(Scan(turn=turn, skew=skew, noise=3)), models)
    assert (page.turned + turn) % 360 == 0
    assert page.skew == pytest.approx(skew, abs=0.3)
    lines = [np.count_nonzero(np.diff((one.pixels.min(axis=1) < 128).astype(int)) == 1) for one in (page, straight)]
    assert lines[0] == lines[1], "its lines are as far apart as those of the straight page"


def test_letters_are_brought_to_a_size_that_can_be_read(models: dict[str, Any]) -> None:
    small = improved(page_of(Scan(shrink=2, noise=5)), models)
    assert small.scale * small.measures.letter_height == pytest.approx(12, abs=0.1)
    large = improved(page_of(Scan(), size=60), models)
    assert large.scale * large.measures.letter_height == pytest.approx(16, abs=0.1)


def test_shades_and_noise_are_taken_off(models: dict[str, Any]) -> None:
    page = improved(page_of(Scan(ink=60, paper=200, shade=70, noise=8)), models)
    assert np.quantile(page.pixels, 0.5) >= 250, "the paper is white"
    assert np.quantile(page.pixels, 0.01) <= 30, "and the ink black"


@pytest.mark.parametrize(
    ("scan", "reason"),
    [
        (Scan(ink=245), "blank or too faint: writing differs from paper by 0 of 256 grey levels, at least 2"),
        (Scan(ink=243.5, noise=0.4), "blank or too faint: "),
        (Scan(ink=245, noise=20), "too noisy: writing stands out "),
        (Scan(noise=130), "too noisy: writing stands out "),
        (Scan(shrink=5), "too small: letters are "),
        (Scan(blur=4), "too blurred: edges are "),
        (Scan(skew=12), "no level lines of text were found; "),
        (
            Scan(skew=20),
            "no level lines of text were found; scan one page of text at a time, tilted by 8 degrees at most",
        ),
    ],
)
def test_pages_that_cannot_be_read_are_refused_with_what_would_help(
    models: dict[str, Any], scan: Scan, reason: str
) -> None:
    page = improve(page_of(scan), models["quality"])
    assert isinstance(page, Refused), page
    assert page.reason.startswith(reason)
    assert ";" in page.reason, "it says what would help"


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (300, 2), (40, 40)])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_pages_of_any_size_and_one_grey_are_blank(models: dict[str, Any], shape: tuple[int, int], grey: int) -> None:
    page = improve(np.full(shape, grey, dtype=np.uint8), models["quality"])
    assert isinstance(page, Refused)
    assert page.reason.startswith("blank or too faint")


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_images_of_every_kind_are_read(mode: str) -> None:
    grey = Image.open(io.BytesIO(GOOD))
    image = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257) if mode == "I;16" else grey.convert(mode)
    file = io.BytesIO()
    image.save(file, "JPEG" if mode == "CMYK" else "PNG")
    difference = np.abs(read_grey(file.getvalue()).astype(int) - np.asarray(grey))
    assert np.quantile(difference, 0.8) <= (10 if mode in ("1", "CMYK") else 1)


def test_a_photograph_is_turned_as_its_camera_says_and_transparency_is_white() -> None:
    page = Image.open(io.BytesIO(GOOD))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise
    file = io.BytesIO()
    page.rotate(90, expand=True).save(file, "JPEG", exif=exif)
    assert read_grey(file.getvalue()).shape == (page.height, page.width)
    assert (read_grey(png(Image.new("RGBA", (5, 4)))) == 255).all()


def test_very_large_images_are_halved() -> None:
    assert read_grey(png(Image.new("L", (5000, 4000)))).shape == (2000, 2500)


BAD_IMAGES = [
    (b"", "it is not a readable PNG or JPEG: its format is neither"),
    (b"GIF89a nonsense", "it is not a readable PNG or JPEG: its format is neither"),
    (GOOD[:2000], "it is not a readable PNG or JPEG: "),
    (GOOD[:3000] + b"\0" * 50 + GOOD[3050:], "it is not a readable PNG or JPEG: "),
    (
        png(Image.new("1", (6001, 6000))),
        "it has 6001 × 6000 pixels, more than 36,000,000; scan it at 300 dots per inch",
    ),
    (png(Image.new("1", (20_000, 10_000))), "Image size (200000000 pixels) exceeds limit"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_IMAGES)
def test_what_is_no_image_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    status, message = refusal(quality.input_fn, content, "image/png")
    assert status == 400
    assert message.startswith(f"the image cannot be used: {reason}")


def test_every_problem_of_a_batch_is_named() -> None:
    scans = [
        {"name": "a", "image": base64.b64encode(GOOD).decode()},
        {"name": "a", "image": base64.b64encode(GOOD).decode()},
        {"name": "", "image": "%%%"},
        {"picture": "x"},
        7,
        {"image": base64.b64encode(b"GIF89a").decode()},
        {"image": 5},
    ]
    status, message = refusal(quality.input_fn, json.dumps({"scans": scans}), "application/json")
    assert status == 400
    start, _, problems = message.partition(", where a name may be left out: ")
    assert start == 'the body is not {"scans": [{"name": text, "image": base64 of a PNG or JPEG}, …]}'
    assert [problem for problem in problems.split("; ") if "base64" not in problem] == [
        'scan 3: its name is "", not a text of 1 to 200 characters',
        "scan 4 has a key 'picture', not name or image",
        "scan 4: its image is missing",
        "scan 5 is 7",
        "scan 6: its image cannot be used: it is not a readable PNG or JPEG: its format is neither",
        "scan 7: its image is 5",
        "the name 'a' stands 2 times",
    ]
    assert "scan 3: its image cannot be used: it is not base64: " in problems


@pytest.mark.parametrize(
    ("body", "content_type", "status", "reason"),
    [
        ("{", "application/json", 400, "JSONDecodeError"),
        ("[" * 100_000, "application/json", 400, "RecursionError"),
        ("[]", "application/json", 400, "TypeError"),
        ("{}", "application/json", 400, "KeyError: 'scans'"),
        ('{"scans": []}', "application/json", 400, "scans has 0; 1 to 32 are accepted"),
        ('{"scans": "x"}', "application/json", 400, 'scans is "x"; 1 to 32 are accepted'),
        (json.dumps({"scans": [{}] * 33}), "application/json", 400, "scans has 33; 1 to 32 are accepted"),
        (
            GOOD,
            "image/gif",
            415,
            "content type 'image/gif' is not supported: image/png, image/jpeg, application/json are",
        ),
        (GOOD, None, 415, "content type None is not supported"),
    ],
)
def test_bodies_that_are_no_batch_are_refused_with_the_reason(
    body: bytes | str, content_type: str, status: int, reason: str
) -> None:
    found, message = refusal(quality.input_fn, body, content_type)
    assert (found, reason in message) == (status, True), message


def test_a_refused_scan_travels_on_with_the_others(models: dict[str, Any]) -> None:
    answer = run("quality", models, batch_of(good=GOOD, blank=png(Image.new("L", (300, 300), 255))), "application/json")
    good, blank = json.loads(answer)["scans"]
    assert good["name"] == "good"
    assert list(good["quality"]) == ["turned", "skew", "scale", "letter_height", "blur", "contrast", "noise"]
    assert list(blank) == ["name", "refused"]
    [single] = json.loads(run("quality", models, GOOD, "image/png"))["scans"]
    assert single == {**good, "name": "scan 1"}


def test_the_example_is_judged_as_its_names_say(models: dict[str, Any]) -> None:
    scans = {one["name"]: one for one in json.loads(run("quality", models, BATCH, "application/json"))["scans"]}
    assert [name for name, one in scans.items() if "refused" in one] == ["letter-out-of-focus.jpg"]
    turned = {name: one["quality"]["turned"] for name, one in scans.items() if "quality" in one}
    assert {name: degrees for name, degrees in turned.items() if degrees} == {
        "invoice-turned.png": 270,
        "letter-upside-down.png": 180,
    }
    assert (ROOT / "examples/scans.json").stat().st_size < 300_000


def test_pages_pass_on_in_16_shades() -> None:
    grey = np.random.default_rng(0).integers(0, 256, (40, 60), dtype=np.uint8)
    file = small_png(grey)
    with Image.open(io.BytesIO(file)) as image:
        assert np.abs(np.asarray(image.convert("L")).astype(int) - grey).max() <= 9
    assert len(file) < 60 * 40 / 2 + 300


def test_a_batch_too_large_for_the_next_container_is_refused_with_how_many_fit(models: dict[str, Any]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1000, 2000), dtype=np.uint8)
    page = improved(page_of(Scan()), models)
    large = Improved(noise, 0, 0.0, 1.0, page.measures)
    judged = [quality.Judged(f"scan {number}", large) for number in range(5)]
    status, message = refusal(quality.output_fn, judged, "application/json")
    assert status == 413
    assert message.endswith(
        "at most 5,000,000 pass to the next container: the first 3 fit; send the others in a request of their own"
    )
    huge = Improved(np.tile(noise, (4, 1)), 0, 0.0, 1.0, page.measures)
    _, alone = refusal(quality.output_fn, [quality.Judged("scan 1", huge)], "application/json")
    assert alone.endswith("the first one alone is too large; cut it into smaller pages")
