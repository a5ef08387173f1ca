"""Lets go of models for which there was no memory.

When a worker refuses its model with 507, Multi Model Server answers that and unregisters the model; but closing the
connection to the worker interrupts it in that, and it puts the model back without a worker. Then loading it again is
answered by 409 and invoking it by 503, for ever. And a worker that does not end in time waits for ever for its output
to be read.
"""

import contextlib
import json
import logging
import os
import signal
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote

from serving.settings import Settings

FOLDER = "SERVING_REFUSED_FOLDER"
"""Names the folder in which a worker leaves a file, named by its process id, with its parent's id and its model's name."""
GRACE_S = 1.0
"""Seconds in which a model may be put back, once it is not found."""

log = logging.getLogger("serving")


def refuse(name: str) -> None:
    """To be called in the worker, ahead of its refusal."""
    Path(os.environ[FOLDER], str(os.getpid())).write_text(f"{os.getppid()} {name}")


class RefusedModels:
    """The models that workers have refused, seen by the process that started the server."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._missing_since: dict[str, float] = {}

    def look(self) -> None:
        """Unregisters those that the server has put back; to be called again and again."""
        for left in self._folder.iterdir():
            parent, _, name = left.read_text().partition(" ")
            if name == "" or Path(f"/proc/{parent}").exists():  # it is ended by the server, after its answer
                continue
            end_orphan(int(left.name))
            try:
                is_gone = self._is_gone(left.name, name)
            except (OSError, HTTPException, ValueError) as error:
                log.error("model %r had no memory and may still be registered: %s", name, error)
                is_gone = True
            if is_gone:
                left.unlink()
                self._missing_since.pop(left.name, None)

    def _is_gone(self, worker: str, name: str) -> bool:
        status, model = self._request("GET", name)
        if status == 200:
            if model["minWorkers"] == 0:  # otherwise it is being loaded again
                self._request("DELETE", name)
            return True
        now = time.monotonic()
        return now - self._missing_since.setdefault(worker, now) > GRACE_S

    def _request(self, method: str, name: str) -> tuple[int, Any]:
        server = HTTPConnection(self._settings.host, self._settings.port, timeout=self._settings.timeout_s)
        with contextlib.closing(server):
            server.request(method, f"/models/{quote(name, safe='')}")
            answer = server.getresponse()
            return answer.status, json.loads(answer.read())


def end_orphan(worker: int) -> None:
    """Ends a worker that was left to this process, if it has not ended itself."""
    with contextlib.suppress(OSError):
        parent = int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])
        if parent == os.getpid():
            os.kill(worker, signal.SIGKILL)
