"""Which models a process had loaded, for the program that takes its place (exec) to load them again.

The platform counts on them: it knows nothing of a replaced worker.
"""

import json
import os
import tempfile

VARIABLE = "SERVING_REMEMBERED_MODELS"
"""The number of an inherited file descriptor. It is of no use to set it."""


def remember(folders: dict[str, str]) -> None:
    """Leaves the models' names and folders to the next program."""
    with tempfile.TemporaryFile("w") as file:
        json.dump(folders, file)
        file.flush()
        left = os.dup(file.fileno())
    os.lseek(left, 0, os.SEEK_SET)
    os.set_inheritable(left, True)
    os.environ[VARIABLE] = str(left)


def remembered() -> dict[str, str]:
    """The names and folders that were left, if any."""
    left = os.environ.pop(VARIABLE, None)
    if left is None:
        return {}
    with os.fdopen(int(left)) as file:
        folders: dict[str, str] = json.load(file)
        return folders
