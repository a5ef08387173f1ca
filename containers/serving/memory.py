"""The memory that processes hold, and giving back what is free of it.

What is measured is what the kernel reports to be resident (RSS): so it counts what model_fn allocated and touched,
whichever library allocated it, and the touched pages of mapped files; it does not count address space that was only
reserved, memory of accelerators, or the page cache, which the kernel frees by itself. Of several processes it is their
proportional sets (PSS), in which a page that they share is divided between them.
"""

import ctypes
import gc
import os
from collections.abc import Iterator
from pathlib import Path

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def held_bytes(pid: int) -> int:
    """What a process and all processes that it started hold; 0 when it has ended."""
    processes = list(process_tree(pid))
    if len(processes) == 1:
        return resident_bytes(pid)  # in constant time, whatever it holds
    return sum(proportional_bytes(each) for each in processes)


def process_tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        listed = " ".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:  # it has ended meanwhile
        return
    for child in listed.split():
        yield from process_tree(int(child))


def resident_bytes(pid: int) -> int:
    """The RSS of one process; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def proportional_bytes(pid: int) -> int:
    """The PSS of one process, or its RSS where the kernel tells no PSS; 0 when it has ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass  # told only to the same user, and not by every kernel
    return resident_bytes(pid)


def reclaim() -> None:
    """Frees what nothing refers to, and gives what is free back to the system; only the C library glibc can."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
