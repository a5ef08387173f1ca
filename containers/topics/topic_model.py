"""Which topic a text is about, and why."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np

from words import deciding_words, words_of

FILE = "topics.joblib"
MOST_WORDS = 5
NO_TEXT = "no text was recognised; scan one page of printed text at a time, and see that it is sharp"
"""Why a scan has no topic."""


@dataclass(frozen=True)
class Topic:
    theme: str
    weights: dict[str, float]
    """How probable each theme is, by name; they sum up to 1."""
    words: list[str]
    """What spoke most for the theme, the strongest first."""


@dataclass(frozen=True)
class TopicModel:
    vectorizer: Any
    """scikit-learn's TfidfVectorizer on the features of words.py."""
    classifier: Any
    """scikit-learn's LogisticRegression, whose classes are the themes."""

    def find(self, text: str) -> Topic | None:
        """None where the text has no word."""
        if not words_of(text):
            return None
        row = self.vectorizer.transform([text])
        probabilities = self.classifier.predict_proba(row)[0]
        best = int(probabilities.argmax())
        names = [str(name) for name in self.classifier.classes_]
        coefficients = self.classifier.coef_[best] - self.classifier.coef_.mean(axis=0)
        features = self.vectorizer.get_feature_names_out()
        values = {str(features[index]): float(row[0, index] * coefficients[index]) for index in row.indices}
        weights = dict(zip(names, np.round(probabilities, 4).tolist(), strict=True))
        return Topic(names[best], weights, deciding_words(text, values, MOST_WORDS))


def load_topic_model(folder: Path) -> TopicModel:
    parts = joblib.load(folder / FILE)
    return TopicModel(parts["vectorizer"], parts["classifier"])
