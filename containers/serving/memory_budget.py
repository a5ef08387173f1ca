"""How much the server may hold, and what of it is left for another model."""

import os
from collections.abc import Callable
from pathlib import Path

from serving.errors import refusal
from serving.memory import held_bytes, reclaim

MIB = 1024 * 1024


def in_mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"


def bytes_on_disk(folder: Path) -> int:
    """The size of all files below a folder; links are followed to files, and not to folders."""
    size = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.stat(os.path.join(parent, name)).st_size
            except OSError:
                pass  # a broken link takes nothing; that a file is missing model_fn says better
    return size


class MemoryBudget:
    """Refuses models with 507, so that the platform unloads others, before the container's memory is used up.

    A model is refused before it is loaded when what it is expected to take is not left, and unloaded again when it has
    taken more than was left. What is expected is the size of its files; or, while other models are loaded that could
    make room, what it took when it was last loaded, if that is more. A first load that takes much more than its
    files' size can still use the container up: the share of its memory that is no part of the budget is for that.
    """

    def __init__(self, limit: int, measure: Callable[[], int] = lambda: held_bytes(os.getpid())) -> None:
        """`limit` is in bytes, for all that `measure` counts: by default this process and those it started."""
        self.limit = limit
        self._measure = measure
        self._taken: dict[str, int] = {}  # a model's folder → the bytes it took when it was last loaded

    def admit(self, folder: Path, alone: bool) -> int:
        """The bytes held now, when the model may be loaded; `alone` says that no other is.

        :raises GenericInferenceToolkitError: 507
        """
        expected = bytes_on_disk(folder)
        if not alone:
            expected = max(expected, self._taken.get(str(folder), 0))
        held = self._held(self.limit - expected)
        if held + expected > self.limit:
            raise refusal(
                507,
                f"no memory for {folder}: it takes some {in_mib(expected)}, and the server holds {in_mib(held)}"
                f" of the {in_mib(self.limit)} it may (SERVING_MEMORY_BUDGET)",
            )
        return held

    def settle(self, folder: Path, before: int) -> int:
        """The bytes that the load of a model has taken, `before` being what was held ahead of it.

        :raises GenericInferenceToolkitError: 507 when more is held now than may be: the model must go
        """
        held = self._held(self.limit)
        taken = self._taken[str(folder)] = max(0, held - before)
        if held > self.limit:
            raise refusal(
                507,
                f"no memory for {folder}: it took {in_mib(taken)}, and with it the server held {in_mib(held)}"
                f" of the {in_mib(self.limit)} it may (SERVING_MEMORY_BUDGET)",
            )
        return taken

    def _held(self, most: int) -> int:
        """What is held; without garbage, which is no reason to refuse a model, when it is more than `most`."""
        held = self._measure()
        if held > most:
            reclaim()
            held = self._measure()
        return held
