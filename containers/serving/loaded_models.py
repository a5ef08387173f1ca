"""The models that a multi-model server holds: loading, finding and unloading them by name."""

import asyncio
import bisect
import functools
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serving.errors import reason_of, refusal, status_of
from serving.handler import Handler
from serving.handler_thread import HandlerThread
from serving.memory import reclaim, set_aside
from serving.memory_budget import MemoryBudget, in_mib
from serving.model import Model
from serving.settings import Settings

log = logging.getLogger("serving")


@dataclass(slots=True)
class LoadedModel:
    """A model, the thread that loaded it and runs its handler, and the invocations that it is busy with."""

    name: str
    folder: Path
    model: Model
    thread: HandlerThread[Model]
    invocations: int = 0
    """Those that have begun and not ended; a stream's ends with its last part"""
    idle: asyncio.Event | None = None
    """There while an unload waits for the invocations to end"""

    def end_invocation(self) -> None:
        self.invocations -= 1
        if self.invocations == 0 and self.idle is not None:
            self.idle.set()

    async def until_idle(self) -> None:
        if self.invocations > 0:
            self.idle = asyncio.Event()
            await self.idle.wait()


class LoadedModels:
    """To be used in one event loop. Every model has a thread of its own, so that none waits for another's handler."""

    def __init__(
        self, handler: Handler, budget: MemoryBudget, settings: Settings, on_stuck: Callable[[str], None]
    ) -> None:
        """`on_stuck` is called when a model hangs, loading or answering, with where its thread is at."""
        self.stuck = False
        self._handler = handler
        self._budget = budget
        self._settings = settings
        self._on_stuck = on_stuck
        self._models: dict[str, LoadedModel] = {}
        self._changes: dict[str, asyncio.Task[None]] = {}  # the load or unload of a name that goes on now
        self._one_load = asyncio.Lock()
        self._have_libraries = False  # model_fn imports what it needs when it first runs

    def get(self, name: str) -> LoadedModel:
        """:raises GenericInferenceToolkitError: 404"""
        found = self._models.get(name)
        if found is None:
            state = "being loaded or unloaded" if name in self._changes else "not loaded"
            raise refusal(404, f"model {name!r} is {state}")
        return found

    def after(self, name: str, count: int) -> list[LoadedModel]:
        """The first models, in the order of their names, that come after a name."""
        names = sorted(self._models)
        start = bisect.bisect_right(names, name)
        return [self._models[each] for each in names[start : start + count]]

    def folders(self) -> dict[str, str]:
        """Where each loaded model was loaded from."""
        return {name: str(model.folder) for name, model in self._models.items()}

    async def load(self, name: str, folder: Path) -> None:
        """Loads a model. It goes on when the caller is gone.

        Who asks for one that is being loaded gets the result of that load: the same error, or 409.

        :raises GenericInferenceToolkitError: 409 when it is loaded already, 507 when there is no memory for it, 504 when
            the load outlasts its time-out, and the handler's own or 500 when model_fn fails
        """
        while (change := self._changes.get(name)) is not None:
            await asyncio.shield(change)
        if name in self._models:
            raise refusal(409, f"model {name!r} is already loaded, from {self._models[name].folder}")
        await self._change(name, self._load(name, folder))

    async def unload(self, name: str) -> None:
        """Unloads a model once its invocations have ended, or a load that goes on has; its memory is free after that.

        :raises GenericInferenceToolkitError: 404
        """
        while (change := self._changes.get(name)) is not None:
            await asyncio.wait([change])
        await self._change(name, self._unload(self.get(name)))

    async def _change(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        task = self._changes[name] = asyncio.ensure_future(work)
        task.add_done_callback(lambda _: self._changes.pop(name))
        await asyncio.shield(task)

    async def _load(self, name: str, folder: Path) -> None:
        """One load at a time: what is held before and after tells what it took, and two never overrun the budget together."""
        async with self._one_load:
            if self.stuck:
                raise refusal(503, "the worker is being replaced: an earlier request did not end")
            alone = self._models == {}
            load = functools.partial(load_model, self._handler, self._settings, self._budget, name, folder, alone)
            thread = HandlerThread(load, self._settings.timeout_s, self._hang)
            seconds = self._settings.load_timeout_s
            try:
                model = await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(thread.loaded)), seconds)
            except asyncio.TimeoutError:  # never model_fn's own, which load_model refuses
                self._hang(thread.where())
                reason = f"model {name!r} was not loaded within {seconds:g} s (SERVING_LOAD_TIMEOUT)"
                raise refusal(504, reason) from None
            if not self._have_libraries:
                self._have_libraries = True
                set_aside()
            thread.attach(asyncio.get_running_loop())
            self._models[name] = LoadedModel(name, folder, model, thread)

    async def _unload(self, loaded: LoadedModel) -> None:
        del self._models[loaded.name]
        await loaded.until_idle()
        await loaded.thread.run(release, loaded.model)
        loaded.thread.close()
        log.info("unloaded model %r", loaded.name)

    def _hang(self, where: str) -> None:
        if not self.stuck:
            self.stuck = True
            self._on_stuck(where)


def load_model(
    handler: Handler, settings: Settings, budget: MemoryBudget, name: str, folder: Path, alone: bool
) -> Model:
    """Loads a model within the budget, in the thread that will run its handler.

    :raises GenericInferenceToolkitError: why it is not loaded. Nothing that model_fn made hangs on it, as on a
        traceback, so that all of that is given back
    """
    started = time.monotonic()
    before = budget.admit(folder, alone)
    model: Model | None = None
    try:
        model = Model(handler, folder, settings.default_accept, name)
        taken = budget.settle(folder, before)
    except BaseException as error:  # sys.exit() in a handler included
        status, reason = status_of(error), reason_of(error)
        log.error("cannot load model %r from %s: %s", name, folder, reason, exc_info=error if status == 500 else None)
    else:
        seconds = time.monotonic() - started
        log.info("loaded model %r from %s in %.2f s; it took %s", name, folder, seconds, in_mib(taken))
        return model
    if model is not None:
        model.unload()
    reclaim()
    raise refusal(status, f"model {name!r} cannot be loaded: {reason}")


def release(model: Model) -> None:
    """Unloads a model and gives its memory back, in its thread: what it is made of may not be freed by another."""
    model.unload()
    reclaim()
