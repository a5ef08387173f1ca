"""The memory that processes hold, what may be held, and giving back what is free.

What is measured is the proportional set size (PSS) that the kernel reports: the resident pages of a process, a page that
several processes share divided between them. So it counts what model_fn allocated and touched, whichever library
allocated it, and the touched pages of mapped files; it does not count address space that was only reserved, memory of
accelerators, or the page cache, which the kernel frees by itself.
"""

import ctypes
import gc
import os
from collections.abc import Iterator
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
CGROUPS = Path("/sys/fs/cgroup")


def held_bytes(pid: int) -> int:
    """What a process and all processes that it started hold."""
    return sum(process_bytes(each) for each in process_tree(pid))


def process_tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        listed = " ".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:  # it has ended meanwhile
        return
    for child in listed.split():
        yield from process_tree(int(child))


def process_bytes(pid: int) -> int:
    """The PSS of one process, or all its resident pages where the kernel tells no PSS; 0 when it has ended."""
    folder = Path(f"/proc/{pid}")
    try:
        for line in folder.joinpath("smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # told only to the same user, and not by every kernel
    try:
        return int(folder.joinpath("statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def memory_limit() -> int:
    """The bytes that this process may use: the least limit of the control groups it is in, or the machine's memory."""
    machine = os.sysconf("SC_PHYS_PAGES") * PAGE_BYTES
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


def reclaim() -> None:
    """Frees what nothing refers to, and gives what is free back to the system; only the C library glibc can."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
