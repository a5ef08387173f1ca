"""Calls the handlers of a stack's steps one after another in one process, as often as each line of stdin says.

The argument names a JSON file: the steps in order, each with its handler folder, its base folder (its `model` holds the
unpacked artifact) and its environment, and the request. Answers each line with the milliseconds of each time, and with
the last step's answer.
"""

import base64
import json
import sys
import time
from pathlib import Path
from typing import Any

from step import Step, run


def main(file: str) -> None:
    described: dict[str, Any] = json.loads(Path(file).read_text())
    steps = [Step(**step) for step in described["steps"]]
    body = Path(described["body"]).read_bytes()
    answer = b""
    for line in sys.stdin:
        each = []
        for _ in range(int(line)):
            started = time.perf_counter()
            answer = run(steps, body, described["contentType"], described["accept"])
            each.append((time.perf_counter() - started) * 1000)
        print(json.dumps({"each": each, "answer": base64.b64encode(answer).decode()}), flush=True)


main(sys.argv[1])
