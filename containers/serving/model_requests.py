"""What the requests of the multi-model API say, read and checked."""

import base64
import binascii
import json
from pathlib import Path
from urllib.parse import parse_qs, unquote_to_bytes

from serving.errors import refusal

NAME_LENGTH = 1024
PAGE_SIZE = 100
"""Models on one page of the list, as in Multi Model Server."""


def read_load(body: bytes) -> tuple[str, Path]:
    """The name and the folder of the model to load, from `{"model_name": "…", "url": "/…"}`.

    :raises GenericInferenceToolkitError: 400, naming every problem
    """
    accepted = '{"model_name": "…", "url": "/the/folder/of/the/unpacked/model"} is accepted'
    try:
        wanted = json.loads(body)
    except ValueError as error:
        raise refusal(400, f"the body is not JSON ({error}); {accepted}") from error
    if not isinstance(wanted, dict):
        raise refusal(400, f"the body is not a JSON object; {accepted}")
    name, url = wanted.get("model_name"), wanted.get("url")
    problems = [problem for problem in (name_problem(name), url_problem(url)) if problem is not None]
    if problems:
        raise refusal(400, "; ".join(problems))
    return str(name), Path(str(url))


def name_problem(name: object) -> str | None:
    """A name is opaque, and never part of a path of the file system; `.` and `..` would not survive in one of HTTP."""
    if name is None:
        return "model_name is missing"
    if not isinstance(name, str):
        return f"model_name is {json.dumps(name)}, not a string"
    if not 1 <= len(name) <= NAME_LENGTH or not name.isprintable() or name in (".", ".."):
        return f"model_name is {json.dumps(name[:100])}; 1 to {NAME_LENGTH} printable characters, not . or .., are accepted"
    return None


def url_problem(url: object) -> str | None:
    if url is None:
        return "url is missing"
    if not isinstance(url, str):
        return f"url is {json.dumps(url)}, not a string"
    if not url.startswith("/"):
        return f"url is {json.dumps(url)}, not the absolute path of a folder"
    try:
        found = Path(url).is_dir()
    except (OSError, ValueError):  # too long, or with a null character
        found = False
    return None if found else f"url is {json.dumps(url)}, and there is no such folder"


def read_name(segment: bytes) -> str:
    """The model's name in a segment of a URL's path.

    :raises GenericInferenceToolkitError: 400
    """
    try:
        return unquote_to_bytes(segment).decode()
    except UnicodeDecodeError as error:
        raise refusal(400, f"the model's name in the path is not URL-encoded UTF-8: {error}") from error


def read_page(query: bytes) -> tuple[str, int]:
    """The name after which a page of the list begins, and its size, from `next_page_token` and `limit`.

    :raises GenericInferenceToolkitError: 400, naming every problem
    """
    given = {name: values[-1] for name, values in parse_qs(query.decode("latin-1")).items()}
    problems = []
    after, size = "", PAGE_SIZE
    if "next_page_token" in given:
        try:
            after = base64.urlsafe_b64decode(given["next_page_token"] + "==").decode()
        except (binascii.Error, ValueError):
            problems.append(f"next_page_token is {given['next_page_token']!r}, not a nextPageToken of this server")
    if "limit" in given:
        try:
            size = int(given["limit"])
        except ValueError:
            size = 0
        if not 1 <= size <= PAGE_SIZE:
            problems.append(f"limit is {given['limit']!r}, not a number from 1 to {PAGE_SIZE}")
    if problems:
        raise refusal(400, "; ".join(problems))
    return after, size


def page_token(name: str) -> str:
    """The token of the page after a model; it needs no encoding in a URL."""
    return base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
