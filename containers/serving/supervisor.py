"""Several workers on one port: one that dies is replaced, one that cannot load its model ends them all."""

import contextlib
import logging
import os
import signal
import socket
from types import FrameType

from serving.lifecycle import LOAD_FAILED, STOP_S
from serving.settings import Settings
from serving.worker import run_worker

KILL_S = STOP_S + 3
"""Seconds after SIGTERM at which the workers that are left are killed."""
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)

log = logging.getLogger("serving")


class Supervisor:
    """Forks the workers, before anything of the handler is imported: a process with threads cannot be forked safely."""

    def __init__(self, settings: Settings, bound: socket.socket) -> None:
        self._settings = settings
        self._bound = bound
        self._workers: dict[int, int] = {}  # process id → the pipe on which the worker says that it is ready
        self._stopping = False
        self._status = 0

    def run(self) -> int:
        """Runs the workers until SIGTERM, SIGINT or a failing load; returns the exit status."""
        for number in SIGNALS:
            signal.signal(number, self._on_signal)
        for _ in range(self._settings.workers):
            self._start_worker()
        while self._workers:
            pid, waited = os.wait()
            self._after(pid, os.waitstatus_to_exitcode(waited))
        return self._status

    def _start_worker(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # a signal finds the worker either unborn or listed
        if not self._stopping:
            ready, say_ready = os.pipe()
            pid = os.fork()
            if pid == 0:
                for number in SIGNALS:
                    signal.signal(number, signal.SIG_DFL)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
                raise SystemExit(run_worker(self._settings, self._bound, lambda: os.write(say_ready, b"\n")))
            os.close(say_ready)
            self._workers[pid] = ready
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)

    def _after(self, pid: int, status: int) -> None:
        """What follows from the end of a worker."""
        ready = self._workers.pop(pid)
        was_ready = os.read(ready, 1) != b""
        os.close(ready)
        if self._stopping:
            return
        if was_ready:
            log.error("worker %d ended with status %d and is replaced", pid, status)
            self._start_worker()
        else:
            log.error("worker %d ended with status %d before its model was loaded", pid, status)
            self._status = LOAD_FAILED
            self._stop()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGALRM:
            self._signal_workers(signal.SIGKILL)
        else:
            self._stop()

    def _stop(self) -> None:
        if not self._stopping:
            signal.alarm(KILL_S)
        self._stopping = True
        self._signal_workers(signal.SIGTERM)

    def _signal_workers(self, number: int) -> None:
        for pid in list(self._workers):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
