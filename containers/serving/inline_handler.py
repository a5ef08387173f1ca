"""Runs the handler in the event loop itself, for steps that take microseconds: nothing is handed over between threads."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from serving.handler_thread import as_exception
from serving.lifecycle import Stopped

T = TypeVar("T")


class InlineHandler(Generic[T]):
    """Stands in for HandlerThread. While a call runs the process does nothing else: /ping waits for it, and nobody looks at the clock."""

    stuck = False

    def __init__(self, load: Callable[[], T]) -> None:
        """Loads, of which `loaded` tells."""
        self.loaded: Future[T] = Future()
        try:
            self.loaded.set_result(load())
        except Stopped:
            raise
        except BaseException as error:  # sys.exit() in a handler included
            self.loaded.set_exception(error)

    def attach(self, _loop: object) -> None:
        """There is nothing to bind."""

    async def run(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """The call's result, or its error."""
        try:
            return call(*arguments)
        except BaseException as error:
            raise as_exception(error) from error
