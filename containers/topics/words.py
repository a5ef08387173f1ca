"""What a text is for the topic model: words, and pieces of words, so that a misread letter spoils little."""

import re
from collections import Counter

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

WORD = re.compile(r"[^\W\d_]{2,}")
PIECES = (3, 4)
"""Characters."""


def words_of(text: str) -> list[str]:
    """The words in small letters, without those that stand in any text."""
    return [word for word in WORD.findall(text.lower()) if word not in ENGLISH_STOP_WORDS]


def features_of_word(word: str) -> list[str]:
    """The word itself, and its pieces, with < and > for its ends."""
    marked = f"<{word}>"
    pieces = [marked[start : start + size] for size in PIECES for start in range(len(marked) - size + 1)]
    return [f"={word}", *pieces]


def features_of_text(text: str) -> list[str]:
    return [feature for word in words_of(text) for feature in features_of_word(word)]


def deciding_words(text: str, values: dict[str, float], most: int) -> list[str]:
    """The words of a text that spoke most for its topic, the strongest first.

    :param values: what each feature of the text, at all its places together, speaks for the topic
    """
    places = Counter(features_of_text(text))
    spoke = {
        word: count * float(np.sum([values.get(feature, 0.0) / places[feature] for feature in features_of_word(word)]))
        for word, count in Counter(words_of(text)).items()
    }
    ranked = sorted(spoke.items(), key=lambda pair: (-pair[1], pair[0]))
    return [word for word, value in ranked[:most] if value > 0]
