"""Groups scans by what they are about: the last of three models in line.

Takes `application/json`: `{"scans": [{"name": …, "lines": [{"text": …}, …], …}, …]}`, as the recognition step answers it;
a scan may have `refused`, the reason, in place of lines.
Answers by Accept `application/json`:
`{"themes": [{"theme": …, "scans": [names]}, …], "scans": [{"name", "theme", "weights": {theme: 0 to 1}, "words": [those that
decided], "text", and what else was passed on with the scan}, …], "refused": [{"name", "reason"}, …]}`, the theme of most
scans first; or `text/csv` with a header line, a line for each scan: name, theme, weight of the theme, words, and why it was
refused.
"""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sagemaker_inference.errors import GenericInferenceToolkitError

from texts import ReadScan, RefusedScan, read_texts
from topic_model import NO_TEXT, Topic, TopicModel, load_topic_model

OUTPUTS = ("application/json", "text/csv")
COLUMNS = ("name", "theme", "weight", "words", "refused")


@dataclass(frozen=True)
class Grouped:
    scans: list[tuple[ReadScan, Topic]]
    refused: list[RefusedScan]

    def themes(self) -> list[dict[str, Any]]:
        """The themes with their scans' names, that of most scans first."""
        names: dict[str, list[str]] = {}
        for scan, topic in self.scans:
            names.setdefault(topic.theme, []).append(scan.name)
        ranked = sorted(names.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return [{"theme": theme, "scans": members} for theme, members in ranked]


def model_fn(model_dir: str) -> TopicModel:
    return load_topic_model(Path(model_dir))


def input_fn(body: bytes | str, content_type: str | None) -> list[ReadScan | RefusedScan]:
    if media_type(content_type or "") != "application/json":
        raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: application/json is")
    return read_texts(body)


def predict_fn(given: list[ReadScan | RefusedScan], model: TopicModel) -> Grouped:
    scans: list[tuple[ReadScan, Topic]] = []
    refused: list[RefusedScan] = []
    for scan in given:
        if isinstance(scan, RefusedScan):
            refused.append(scan)
        elif (topic := model.find(scan.text)) is None:
            refused.append(RefusedScan(scan.name, NO_TEXT))
        else:
            scans.append((scan, topic))
    return Grouped(scans, refused)


def output_fn(grouped: Grouped, accept: str) -> tuple[str, str]:
    for kind in (media_type(accepted) for accepted in accept.split(",")):
        if kind in ("application/json", "application/*", "*/*"):
            return as_json(grouped), "application/json"
        if kind in ("text/csv", "text/*"):
            return as_csv(grouped), "text/csv"
    raise GenericInferenceToolkitError(
        406, f"none of the accepted types {accept!r} is supported: {', '.join(OUTPUTS)} are"
    )


def as_json(grouped: Grouped) -> str:
    scans = [
        {
            "name": scan.name,
            "theme": topic.theme,
            "weights": topic.weights,
            "words": topic.words,
            "text": scan.text,
            **scan.facts,
        }
        for scan, topic in grouped.scans
    ]
    refused = [{"name": one.name, "reason": one.reason} for one in grouped.refused]
    return json.dumps({"themes": grouped.themes(), "scans": scans, "refused": refused}, ensure_ascii=False)


def as_csv(grouped: Grouped) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for scan, topic in grouped.scans:
        writer.writerow([scan.name, topic.theme, topic.weights[topic.theme], " ".join(topic.words), ""])
    writer.writerows([one.name, "", "", "", one.reason] for one in grouped.refused)
    return file.getvalue()


def media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()
