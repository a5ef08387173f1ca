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
    if pid == os.getpid() and not has_children():
        return resident_bytes(pid)
    processes = list(process_tree(pid))
    if len(processes) == 1:
        return resident_bytes(pid)  # in constant time, whatever it holds
    return sum(proportional_bytes(each) for each in processes)


def has_children() -> bool:
    """Whether this process has children. The list of them is kept by thread, and reading it takes long with many models."""
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


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


def set_aside() -> None:
    """Takes all that is there now for needed until the process ends, and out of the garbage collector's way.

    Libraries are most of a server's objects: looking through those of scikit-learn at each unload took 30 ms, in which
    no other Python code runs.
    """
    gc.collect()
    gc.freeze()


def reclaim() -> None:
    """Frees what nothing refers to, of what is not set aside, and gives what is free back to the system; only glibc can."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
