"""Requests of Triton's Python backend as NumPy arrays, and answers from them; a bad request fails by itself."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import triton_python_backend_utils as triton

Arrays = Mapping[str, np.ndarray]


class BadRequest(ValueError):
    """What is wrong with a request; its text is the client's to read."""


def version_folder(arguments: Mapping[str, str]) -> Path:
    """Where the model's files lie, by what `initialize` is given."""
    return Path(arguments["model_repository"]) / arguments["model_version"]


def answer_each(requests: list[Any], inputs: tuple[str, ...], answer: Callable[[Arrays], Arrays]) -> list[Any]:
    """One response for each request.

    :param answer: makes of the inputs, by name, the outputs, by name; the first dimension of each is the batch
    """
    return [answer_one(request, inputs, answer) for request in requests]


def answer_one(request: Any, inputs: tuple[str, ...], answer: Callable[[Arrays], Arrays]) -> Any:
    try:
        made = answer({name: triton.get_input_tensor_by_name(request, name).as_numpy() for name in inputs})
    except BadRequest as error:
        return triton.InferenceResponse(error=triton.TritonError(str(error), triton.TritonError.INVALID_ARG))
    return triton.InferenceResponse([triton.Tensor(name, array) for name, array in made.items()])


def texts(rows: list[list[str | bytes]]) -> np.ndarray:
    """Rows of texts as a tensor, the shorter ones filled up with empty ones."""
    longest = max(1, *(len(row) for row in rows))
    filled = np.full((len(rows), longest), b"", dtype=np.object_)
    for place, row in enumerate(rows):
        filled[place, : len(row)] = [one.encode() if isinstance(one, str) else one for one in row]
    return filled
