"""Tells what scans are about: the last of three models in one Triton ensemble.

LINES, text [-1]: a page's lines, of which empty ones count as none; REFUSAL, text [1]: why it was not read, or empty.
THEME, text [1]; WEIGHT, FP32 [1]: how probable the theme is; WORDS, text [5]: those that decided, the strongest first;
TEXT, text [1]: all lines; REFUSED, text [1]: why there is no theme, or empty; LINES as they came, for the answer.
"""

from typing import Any

import numpy as np

from batches import Arrays, answer_each, texts, version_folder
from topic_model import MOST_WORDS, NO_TEXT, load_topic_model


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        self._model = load_topic_model(version_folder(arguments))

    def execute(self, requests: list[Any]) -> list[Any]:
        return answer_each(requests, ("LINES", "REFUSAL"), self._answer)

    def _answer(self, given: Arrays) -> Arrays:
        read = ["\n".join(line.decode() for line in page if line) for page in given["LINES"]]
        themes, weights, words, refused = [], [], [], []
        for text, refusal in zip(read, given["REFUSAL"][:, 0], strict=True):
            topic = None if refusal else self._model.find(text)
            themes.append("" if topic is None else topic.theme)
            weights.append(0.0 if topic is None else topic.weights[topic.theme])
            words.append([*([] if topic is None else topic.words), *[""] * MOST_WORDS][:MOST_WORDS])
            refused.append(refusal or (NO_TEXT if topic is None else ""))
        return {
            "THEME": texts([[theme] for theme in themes]),
            "WEIGHT": np.array(weights, dtype=np.float32)[:, None],
            "WORDS": texts(words),
            "TEXT": texts([[text] for text in read]),
            "REFUSED": texts([[reason] for reason in refused]),
            "LINES": given["LINES"],
        }
