"""Runs one container's process tree, and ends all of it when the local host ends, however that happens.

usage: guard.py GRACE_SECONDS AFTERWARDS COMMAND [ARGUMENT ...]

Standard input is a pipe whose other end the host holds. It closes when the host stops or is killed, even by SIGKILL; then the
tree gets SIGTERM, and SIGKILL after the grace period; SIGUSR1 ends the waiting. AFTERWARDS is a JSON list: a command to run when all
has ended, or []. The exit code is the command's; 128 + N when signal N ended it.
"""

import ctypes
import json
import os
import select
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """Makes descendants whose parent dies children of this process, so that daemons cannot get away (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as listed:
            return [int(pid) for pid in listed.read().split()]
    except OSError:
        return []  # no /proc: the process group is all there is to signal


def signal_tree(group: int, number: int) -> None:
    """Signals the command's group, and what has left the group and was adopted."""
    for send, target in [(os.killpg, group), *((os.kill, pid) for pid in children())]:
        try:
            send(target, number)
        except (ProcessLookupError, PermissionError):
            pass


def reap() -> bool:
    """Collects what has exited; True once no child is left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
        return False
    except ChildProcessError:
        return True


def end_tree(command: "subprocess.Popen[bytes]", grace: float) -> None:
    hurried = []
    signal.signal(signal.SIGUSR1, lambda *_: hurried.append(True))
    signal_tree(command.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while command.poll() is None and time.monotonic() < deadline and not hurried:
        time.sleep(0.02)
    while not reap():
        signal_tree(command.pid, signal.SIGKILL)
        time.sleep(0.02)


def main(grace: float, afterwards: list[str], argv: list[str]) -> int:
    adopt_orphans()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the host's to answer
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGUSR1):
        signal.signal(number, lambda *_: None)

    command = subprocess.Popen(
        argv, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    )
    while command.poll() is None:
        ready, _, _ = select.select([sys.stdin, woken], [], [])
        signals = os.read(woken, 64) if woken in ready else b""
        if signal.SIGUSR1 in signals:
            grace = 0
        if sys.stdin in ready or signal.SIGTERM in signals or signal.SIGUSR1 in signals:
            break
    end_tree(command, grace)
    if afterwards:
        subprocess.run(afterwards, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    code = command.returncode
    return code if code is not None and code >= 0 else 128 - (code if code is not None else -signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]))
