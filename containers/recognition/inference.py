"""Reads the text of upright pages: the second of three models in line.

Takes `application/json`: `{"scans": [{"name": …, "image": "<base64 of a PNG>", …}, …]}`, as the quality step answers it; a
scan with `refused` in place of an image travels on as it is.
Answers `application/json`, whatever is accepted: each scan without its image, and with
`"lines": [{"text": …, "box": [four corners [x, y]], "score": 0 to 1}, …]`, from top to bottom.
"""

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sagemaker_inference.errors import GenericInferenceToolkitError

from pages import Page, read_pages
from reader import Reader, thread_count

SECONDS = "RECOGNITION_SECONDS"
DEFAULT_SECONDS = 50.0
"""SageMaker gives a container 60 s for a request."""


def model_fn(model_dir: str) -> Reader:
    return Reader(Path(model_dir), thread_count())


def input_fn(body: bytes | str, content_type: str | None) -> list[Page]:
    if (content_type or "").partition(";")[0].strip().lower() != "application/json":
        raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: application/json is")
    return read_pages(body)


def predict_fn(pages: list[Page], model: Reader) -> list[dict[str, Any]]:
    """The scans with their lines.

    :raises GenericInferenceToolkitError: 413 where the batch would take longer than a request may
    """
    limit = float(os.environ.get(SECONDS, DEFAULT_SECONDS))
    since = time.monotonic()
    scans: list[dict[str, Any]] = []
    for done, page in enumerate(pages):
        if page.pixels is None:
            scans.append(page.scan)
            continue
        if time.monotonic() - since > limit:
            raise GenericInferenceToolkitError(
                413, f"after {limit:g} s the first {done} of {len(pages)} scans were read; send fewer in a request"
            )
        scans.append({**page.scan, "lines": [asdict(line) for line in model.read(page.pixels)]})
    return scans


def output_fn(scans: list[dict[str, Any]], accept: str) -> tuple[str, str]:
    return json.dumps({"scans": scans}, ensure_ascii=False), "application/json"
