"""Reads the text of a page with two ONNX models: one finds lines, one reads them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidocr import RapidOCR

DETECTION, RECOGNITION = "detection.onnx", "recognition.onnx"
"""The artifact's files. The characters that can be read are in the second one's metadata."""
THREADS = "RECOGNITION_THREADS"
LEAST_SCORE = 0.5
"""Lines that the model is less sure of are left out."""

MOST_SIDE = 4000
"""Pixels; larger pages are scaled down. Few are: the quality step has brought letters to 12 to 16 pixels."""


@dataclass(frozen=True)
class Line:
    text: str
    box: list[list[int]]
    """Four corners [x, y] in pixels of the page: upper left, upper right, lower right, lower left."""
    score: float
    """How sure the model is, from 0 to 1."""


class Reader:
    """Both models, loaded. The same page gives the same lines every time, on one kind of processor."""

    def __init__(self, folder: Path, threads: int, gpu: int | None = None) -> None:
        """
        :param gpu: the GPU that runs both models; None for the processor
        :raises FileNotFoundError: naming the files that the folder lacks; nothing is downloaded in their place
        """
        missing = [name for name in (DETECTION, RECOGNITION) if not (folder / name).is_file()]
        if missing:
            raise FileNotFoundError(f"{folder} lacks {' and '.join(missing)}")
        self._engine = RapidOCR(
            params={
                "Global.log_level": "warning",
                "Global.use_cls": False,  # pages come upright
                "Global.text_score": LEAST_SCORE,
                "Global.max_side_len": MOST_SIDE,
                "Det.model_path": str(folder / DETECTION),
                "Rec.model_path": str(folder / RECOGNITION),
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "EngineConfig.onnxruntime.use_cuda": gpu is not None,
                "EngineConfig.onnxruntime.cuda_ep_cfg.device_id": gpu or 0,
            }
        )

    def read(self, pixels: np.ndarray) -> list[Line]:
        """The lines from top to bottom; none where there is no text.

        :param pixels: black on white, 8 bits of grey, an array of shape (height, width)
        """
        found: Any = self._engine(pixels)
        if found.txts is None or found.boxes is None:
            return []
        return [
            Line(text, np.rint(box).astype(int).tolist(), round(float(score), 4))
            for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        ]


def thread_count() -> int:
    """From the environment, 1 where it says nothing; never more than the machine has processors.

    :raises ValueError: for anything but a whole number from 1 on
    """
    given = os.environ.get(THREADS, "1")
    if not given.isdecimal() or int(given) < 1:
        raise ValueError(f"{THREADS} is {given!r}: a whole number from 1 on is accepted")
    return min(int(given), os.cpu_count() or 1)
