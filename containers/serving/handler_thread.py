"""The one thread that loads a model and runs its handler, so that the event loop goes on answering /ping meanwhile.

A queue of our own instead of an executor: measured at one client, it adds 17 µs to a request, run_in_executor 67 µs.
"""

import asyncio
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from serving.errors import refusal

T = TypeVar("T")

QUEUE_SIZE = 100
"""Requests that may wait for the handler, as in Multi Model Server; more are refused, so that memory stays bounded."""


def as_exception(error: BaseException) -> Exception:
    """What a handler raised, as the event loop can take it: sys.exit() must not end it, and a future takes no StopIteration."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    return RuntimeError(f"the handler raised {error!r}")


class Job:
    """A call to make in the thread, and the future that waits for it in the event loop."""

    __slots__ = ("call", "arguments", "future", "since")

    def __init__(self, call: Callable[..., Any], arguments: tuple[Any, ...], future: "asyncio.Future[Any]") -> None:
        self.call = call
        self.arguments = arguments
        self.future = future
        self.since = time.monotonic()  # when it began to wait, and then when it began to run


class HandlerThread(Generic[T]):
    """Calls functions one at a time, in order.

    A call that outlasts the time-out cannot be stopped: the process must be replaced.
    """

    def __init__(self, load: Callable[[], T], timeout_s: float, on_stuck: Callable[[str], None]) -> None:
        """Starts loading, of which `loaded` tells.

        `on_stuck` is called in the event loop, once, when a call outlasts the time-out, with where the thread is at.
        """
        self.loaded: Future[T] = Future()
        self.stuck = False
        self._load = load
        self._timeout_s = timeout_s
        self._on_stuck = on_stuck
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._running: Job | None = None
        self._unsettled: dict[Job, None] = {}
        self._loop: asyncio.AbstractEventLoop
        self._timer: asyncio.TimerHandle
        self._thread = threading.Thread(target=self._work, name="handler", daemon=True)
        self._thread.start()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Binds the thread to the loop that will call `run`; to be called in that loop, once the model is loaded."""
        self._loop = loop
        self._watch()

    def run(self, call: Callable[..., Any], *arguments: Any) -> "asyncio.Future[Any]":
        """The call's result.

        :raises GenericInferenceToolkitError: 503 when too many wait already, or this one has waited for the time-out;
            504 when the call itself outlasts it
        """
        if self.stuck:
            raise refusal(503, "the worker is being replaced: an earlier request did not end")
        if len(self._unsettled) > QUEUE_SIZE:
            raise refusal(503, f"{QUEUE_SIZE} requests are waiting already")
        job = Job(call, arguments, self._loop.create_future())
        self._unsettled[job] = None
        self._queue.put(job)
        return job.future

    def close(self) -> None:
        """Ends the thread after the calls that wait; to be called in the loop it is attached to, and no `run` after it."""
        self._timer.cancel()
        self._queue.put(None)

    def where(self) -> str:
        """The line that the thread is at, and the calls that led there."""
        frame = sys._current_frames().get(self._thread.ident or 0)
        return "".join(traceback.format_stack(frame)) if frame is not None else "nowhere: it has ended"

    def _work(self) -> None:
        try:
            self.loaded.set_result(self._load())
        except BaseException as error:  # sys.exit() in a handler included: whoever waits for the model must hear of it
            self.loaded.set_exception(error)
            return
        while self._call(self._queue.get()):
            pass

    def _call(self, job: Job | None) -> bool:
        """Makes the call; returns whether more may come.

        A method of its own, so that a request's data do not live on while the thread waits.
        """
        if job is None:
            return False
        if job.future.done():
            return True  # it waited for too long
        job.since = time.monotonic()
        self._running = job
        result = error = None
        try:
            result = job.call(*job.arguments)
        except BaseException as raised:
            error = raised
        self._running = None
        self._loop.call_soon_threadsafe(self._settle, job, result, error)
        return True

    def _settle(self, job: Job, result: Any, error: BaseException | None) -> None:
        self._unsettled.pop(job, None)
        if job.future.done():
            return
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(as_exception(error))

    def _watch(self) -> None:
        """Fails the jobs that are overdue. A look now and then costs less than a timer for each request."""
        now = time.monotonic()
        running = self._running
        if running is not None and now - running.since >= self._timeout_s:
            self._fail(running, 504, f"the handler did not end within {self._timeout_s:g} s")
            self._give_up()
            return
        for job in list(self._unsettled):
            if job is not running and now - job.since >= self._timeout_s:
                self._fail(job, 503, f"the request waited for the handler for {self._timeout_s:g} s")
        self._timer = self._loop.call_later(min(self._timeout_s / 10, 1), self._watch)

    def _give_up(self) -> None:
        self.stuck = True
        for job in list(self._unsettled):
            self._fail(job, 503, "the worker is being replaced: an earlier request did not end")
        self._on_stuck(self.where())

    def _fail(self, job: Job, status: int, message: str) -> None:
        self._unsettled.pop(job, None)
        if not job.future.done():
            job.future.set_exception(refusal(status, message))
