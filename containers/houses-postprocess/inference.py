"""Tells a price, its range and what makes it: the last step of a pipeline. It knows no city: one that is added to the
models before it needs nothing here, since its name and its currency come with the prediction.

Takes `application/json` as the step before answers it: `{"city": text, "currency": text, "share": number,
"predictions": [{"price": number, "low": number, "high": number, "effects": {column: number or null, …}}, …]}`.
Answers `application/json`, `{"predictions": [answer, …]}`, `application/jsonlines`, an answer a line, or `text/csv`
with a header line and a line for each answer:

    city, currency
    price                   rounded to three digits, as low and high are: a valuation is no closer than that
    low, high, share        the range, and the share of validation sales that were sold within theirs
    reasons                 the columns that move the price most, the strongest first, each with the percent by which it
                            is higher or lower than if the home were as the average of its city there
    assumed                 the columns that were missing, and are taken to be average
"""

import csv
import io
import json
import math
from typing import Any

from sagemaker_inference.errors import GenericInferenceToolkitError

OUTPUTS = ("application/json", "application/jsonlines", "text/csv")
WANTED = (
    '{"city": text, "currency": text, "share": number, "predictions":'
    ' [{"price": number, "low": number, "high": number, "effects": {column: number or null, …}}, …]}'
)
MOST_REASONS = 3
DIGITS = 3


def model_fn(model_dir: str) -> str:
    """What is told is the same for all cities, so there is nothing to load."""
    return model_dir


def input_fn(body: bytes | str, content_type: str | None) -> dict[str, Any]:
    """The prediction, checked."""
    if media_type(content_type or "") != "application/json":
        raise GenericInferenceToolkitError(415, f"content type {content_type!r} is not supported: application/json is")
    try:
        prediction = json.loads(body)
        problems = [f"{name} is missing" for name in ("city", "currency", "share") if name not in prediction]
        homes = list(enumerate(prediction["predictions"], start=1))
        problems += [f"row {number}: {problem}" for number, home in homes for problem in home_problems(home)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise bad_body(f"{type(error).__name__}: {error}") from error
    if len(homes) == 0:
        raise bad_body("it has no predictions")
    if problems:
        raise bad_body("; ".join(problems))
    return prediction


def predict_fn(prediction: dict[str, Any], model: str) -> list[dict[str, Any]]:
    shared = {"city": prediction["city"], "currency": prediction["currency"]}
    return [shared | tell(home, prediction["share"]) for home in prediction["predictions"]]


def output_fn(answers: list[dict[str, Any]], accept: str) -> tuple[str, str]:
    for kind in (media_type(accepted) for accepted in accept.split(",")):
        if kind in ("application/json", "application/*", "*/*"):
            return json.dumps({"predictions": answers}), "application/json"
        if kind == "application/jsonlines":
            return "".join(f"{json.dumps(answer)}\n" for answer in answers), kind
        if kind in ("text/csv", "text/*"):
            return as_csv(answers), "text/csv"
    raise GenericInferenceToolkitError(
        406, f"none of the accepted types {accept!r} is supported: {', '.join(OUTPUTS)} are"
    )


def tell(home: dict[str, Any], share: float) -> dict[str, Any]:
    known = {column: effect for column, effect in home["effects"].items() if effect is not None}
    strongest = sorted(known.items(), key=lambda pair: -abs(pair[1]))[:MOST_REASONS]
    return {
        **{name: rounded(home[name]) for name in ("price", "low", "high")},
        "share": share,
        "reasons": [{"column": column, "percent": round(100 * math.expm1(effect), 1)} for column, effect in strongest],
        "assumed": [column for column in home["effects"] if column not in known],
    }


def rounded(price: float) -> int:
    """To DIGITS digits, and to whole ones of the currency."""
    return int(round(price, min(0, DIGITS - 1 - math.floor(math.log10(price)))))


def as_csv(answers: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answers[0])
    for answer in answers:
        reasons = " ".join(f"{reason['column']} {reason['percent']:+}%" for reason in answer["reasons"])
        writer.writerow((answer | {"reasons": reasons, "assumed": " ".join(answer["assumed"])}).values())
    return text.getvalue()


def home_problems(home: dict[str, Any]) -> list[str]:
    wrong = [name for name in ("price", "low", "high") if not (is_number(home[name]) and home[name] > 0)]
    effects = home["effects"].items()
    return [f"{name} is not a number over 0" for name in wrong] + [
        f"the effect of {column} is not a number or null"
        for column, effect in effects
        if not (effect is None or is_number(effect))
    ]


def media_type(header: str) -> str:
    return header.partition(";")[0].strip().lower()


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def bad_body(reason: str) -> GenericInferenceToolkitError:
    return GenericInferenceToolkitError(400, f"the body is not {WANTED}: {reason}")
