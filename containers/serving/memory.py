"""The memory that processes hold, and giving back what is free of it.

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


def reclaim() -> None:
    """Frees what nothing refers to, and gives what is free back to the system; only the C library glibc can."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
