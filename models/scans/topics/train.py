"""Trains the topic model: `python models/scans/topics/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/topics/requirements.txt. A linear classifier over the words, and pieces of words, of the
training documents; it is measured on documents made of sentences that it has not seen, whole and with letters misread.
Writes topics.joblib and metrics.json, the same ones each time, to the folder (default: artifact beside this file), all or
nothing.
"""

import io
import json
import random
import sys
from pathlib import Path

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path += [str(ROOT / "models"), str(HERE.parent), str(ROOT / "containers" / "topics")]

from documents import Document, make_documents  # noqa: E402
from topic_model import FILE, TopicModel  # noqa: E402
from words import features_of_text  # noqa: E402
from write_artifact import write_artifact  # noqa: E402

TRAINING, HELD_OUT = 60, 20
"""Documents of each theme."""
MISREAD = 0.1
"""The share of letters that are another letter in the documents that count as misread."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def main(output: Path) -> None:
    training = make_documents(TRAINING, seed=2, held_out=False)
    held_out = make_documents(HELD_OUT, seed=2, held_out=True)
    vectorizer = TfidfVectorizer(analyzer=features_of_text, sublinear_tf=True)
    features = vectorizer.fit_transform([document.text for document in training])
    classifier = LogisticRegression(C=10).fit(features, [document.theme for document in training])

    model = TopicModel(vectorizer, classifier)
    chance = random.Random(0)
    metrics = {
        "accuracy": accuracy(model, held_out, [document.text for document in held_out]),
        "misread_accuracy": accuracy(model, held_out, [misread(document.text, chance) for document in held_out]),
        "train_documents": len(training),
        "held_out_documents": len(held_out),
    }
    fitted = io.BytesIO()
    joblib.dump({"vectorizer": vectorizer, "classifier": classifier}, fitted)
    write_artifact(output, {FILE: fitted.getvalue(), "metrics.json": (json.dumps(metrics, indent=4) + "\n").encode()})
    print(
        f"held-out accuracy {metrics['accuracy']:.4f}, with {MISREAD:.0%} of letters misread"
        f" {metrics['misread_accuracy']:.4f} ({len(held_out)} documents): {output}"
    )


def accuracy(model: TopicModel, documents: list[Document], texts: list[str]) -> float:
    found = [model.find(text) for text in texts]
    right = [
        topic is not None and topic.theme == document.theme for topic, document in zip(found, documents, strict=True)
    ]
    return round(sum(right) / len(right), 4)


def misread(text: str, chance: random.Random) -> str:
    return "".join(
        chance.choice(ALPHABET) if letter.isalpha() and chance.random() < MISREAD else letter for letter in text
    )


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
