"""Recognises digits by scikit-learn's scaler and logistic regression, for Triton: X, FP32 [64], pixels; Y, FP32 [10], probabilities.

All requests that Triton hands over at once are predicted as one batch.
"""

from typing import Any

import numpy as np
import triton_python_backend_utils as triton
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        images, digits = load_digits(return_X_y=True)
        self._model = make_pipeline(StandardScaler(), LogisticRegression()).fit(images.astype(np.float32), digits)

    def execute(self, requests: list[Any]) -> list[Any]:
        given = [triton.get_input_tensor_by_name(request, "X").as_numpy() for request in requests]
        made = self._model.predict_proba(np.concatenate(given)).astype(np.float32)
        ends = np.cumsum([len(rows) for rows in given])
        return [
            triton.InferenceResponse([triton.Tensor("Y", made[end - len(rows) : end])])
            for rows, end in zip(given, ends)
        ]
