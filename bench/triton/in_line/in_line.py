"""The steps of a stack one after another in one process, for the step server; STEPS names what bench/describe-steps.ts wrote."""

import json
import os
from pathlib import Path

from step import Step, run

JSON = "application/json"


def model_fn(model_dir: str) -> list[Step]:
    return [Step(**step) for step in json.loads(Path(os.environ["STEPS"]).read_text())["steps"]]


def input_fn(body: bytes | str, content_type: str) -> tuple[bytes, str]:
    return body.encode() if isinstance(body, str) else body, content_type


def predict_fn(request: tuple[bytes, str], steps: list[Step]) -> bytes:
    return run(steps, *request, JSON)


def output_fn(answer: bytes, accept: str) -> tuple[bytes, str]:
    return answer, JSON
