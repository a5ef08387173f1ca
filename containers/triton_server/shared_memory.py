"""The shared memory in which Triton's Python backend hands tensors to the models' processes.

Triton removes it when it ends by itself. Where it was killed, what is left goes by the process id in its name.
"""

import os
import re
from pathlib import Path

FOLDER = Path("/dev/shm")
NAME = re.compile(r"triton_server_(\d+)_")


def region_prefix(pid: int) -> str:
    """What the names of a server's regions begin with."""
    return f"triton_server_{pid}_"


def remove_left_regions() -> None:
    """Removes the regions of servers that run no more."""
    if not FOLDER.is_dir():
        return
    for region in FOLDER.iterdir():
        owner = NAME.match(region.name)
        if owner is not None and not is_alive(int(owner[1])):
            region.unlink(missing_ok=True)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
