"""The affine model for the step server; TIMES says how many of it are in this one.

Takes and answers `application/json`, `{"instances": [[16 numbers], …]}`, or `application/octet-stream`, rows of FP32.
"""

import json
import os

import numpy as np

from affine import WIDTH, affine

JSON = "application/json"
BYTES = "application/octet-stream"


def model_fn(model_dir: str) -> int:
    return int(os.environ["TIMES"])


def input_fn(body: bytes, content_type: str | None) -> np.ndarray:
    if content_type == BYTES:
        return np.frombuffer(body, np.float32).reshape(-1, WIDTH)
    return np.array(json.loads(body)["instances"], np.float32)


def predict_fn(rows: np.ndarray, times: int) -> np.ndarray:
    return affine(rows, times)


def output_fn(rows: np.ndarray, accept: str) -> tuple[bytes | str, str]:
    if accept == BYTES:
        return rows.tobytes(), BYTES
    return json.dumps({"instances": rows.tolist()}), JSON
