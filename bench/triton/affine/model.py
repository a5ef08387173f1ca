"""The affine model for Triton: X and Y, FP32 [16]; its parameter `times` says how many of it are in this one."""

import json
from typing import Any

import triton_python_backend_utils as triton

from affine import affine


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        parameters = json.loads(arguments["model_config"])["parameters"]
        self._times = int(parameters["times"]["string_value"])

    def execute(self, requests: list[Any]) -> list[Any]:
        return [self._answer(request) for request in requests]

    def _answer(self, request: Any) -> Any:
        rows = triton.get_input_tensor_by_name(request, "X").as_numpy()
        return triton.InferenceResponse([triton.Tensor("Y", affine(rows, self._times))])
