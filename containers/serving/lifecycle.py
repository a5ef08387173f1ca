"""How a server ends: its exit statuses, and the time it has to stop."""

STOPPED = 0
LOAD_FAILED = 1
UNUSABLE = 2
"""The arguments, the environment or the port cannot be used."""
STUCK = 75
"""A worker whose handler hangs: it is to be replaced (EX_TEMPFAIL of sysexits.h)."""


class Stopped(SystemExit):
    """Ends a process that is told to stop while it loads its model."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


STOP_S = 25
"""Seconds that requests in flight may take after SIGTERM; SageMaker sends SIGKILL after 30."""
