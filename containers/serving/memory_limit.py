"""How much memory the platform lets this process use."""

import os
from collections.abc import Iterator
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


def memory_limit() -> int:
    """The bytes that this process may use: the least limit of the control groups it is in, or the machine's memory."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min([machine, *group_limits(Path("/proc/self/cgroup"), CGROUPS)])


def group_limits(listed: Path, root: Path) -> Iterator[int]:
    """The memory limits of the control groups of a process, version 2 or 1, from its own to the root's.

    In a container the list may name a group as the machine sees it, which is not there: the root is the container's then.
    """
    try:
        lines = listed.read_text().splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            top, name = root, "memory.max"
        elif "memory" in controllers.split(","):
            top, name = root / "memory", "memory.limit_in_bytes"
        else:
            continue
        own = top / path.lstrip("/")
        for group in (own, *own.parents):
            if group.is_relative_to(top):
                with_limit = group / name
                try:
                    yield int(with_limit.read_text())
                except (OSError, ValueError):  # there is no such group, or its limit is "max"
                    continue
