"""Reads the text of upright pages: the second of three models in one Triton ensemble.

PAGE, text [1]: a page as a PGM file; empty where there is none to read.
LINES, text [-1]: the lines from top to bottom; BOXES, INT32 [-1, 4, 2]: their four corners, x and y; SCORES, FP32 [-1]: how
sure the model is of each, from 0 to 1. All three are filled up, with empty texts and zeros, to the page of most lines, and to
one line at least.
"""

from typing import Any

import numpy as np
import onnxruntime
import triton_python_backend_utils as triton

from batches import Arrays, answer_each, texts, version_folder
from page_file import read_page
from reader import Line, Reader, thread_count


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        self._reader = Reader(version_folder(arguments), thread_count(), gpu_of(arguments))

    def execute(self, requests: list[Any]) -> list[Any]:
        return answer_each(requests, ("PAGE",), self._answer)

    def _answer(self, given: Arrays) -> Arrays:
        pages = [self._reader.read(read_page(file)) if file else [] for file in given["PAGE"][:, 0]]
        lines = texts([[line.text for line in page] for page in pages])
        boxes = np.zeros((*lines.shape, 4, 2), dtype=np.int32)
        scores = np.zeros(lines.shape, dtype=np.float32)
        for place, page in enumerate(pages):
            fill(boxes[place], scores[place], page)
        return {"LINES": lines, "BOXES": boxes, "SCORES": scores}


def fill(boxes: np.ndarray, scores: np.ndarray, page: list[Line]) -> None:
    for place, line in enumerate(page):
        boxes[place] = line.box
        scores[place] = line.score


def gpu_of(arguments: dict[str, str]) -> int | None:
    """The GPU that Triton gives this instance; None for the processor."""
    if arguments["model_instance_kind"] != "GPU":
        return None
    if "CUDAExecutionProvider" not in onnxruntime.get_available_providers():
        triton.Logger.log_warn("this onnxruntime is for CPU alone, so recognition leaves its GPU idle: install onnxruntime-gpu")
        return None
    return int(arguments["model_instance_device_id"])
