"""Starting, stopping, hanging and dying."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conftest import Server, Start, error_of

HANDLER = """
    import os
    import time
    from pathlib import Path

    GATE = Path(__file__).with_name("gate")

    def model_fn(model_dir):
        while os.environ.get("WAIT_FOR_GATE") and not GATE.exists():
            time.sleep(0.01)
        return object()

    def transform_fn(model, body, content_type, accept):
        if body == b"wait":
            GATE.with_name("running").touch()
            while not GATE.exists():
                time.sleep(0.01)
        if body == b"slow":
            GATE.with_name("running").touch()
            time.sleep(1.5)
        if body == b"hang":
            GATE.with_name("running").touch()
            while True:
                time.sleep(0.01)
        if body == b"die":
            os.kill(os.getpid(), 9)
        return str(os.getpid()), "text/plain"
"""


def file_of(tmp_path: Path, name: str) -> Path:
    return tmp_path / "0" / "program" / name


def pid_of(server: Server) -> int:
    return int(server.invoke(b"", "text/plain").data)


def lives(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be collected does not."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_nothing_is_answered_before_the_model_is_loaded(start: Start, tmp_path: Path) -> None:
    server = start(HANDLER, ready=False, WAIT_FOR_GATE="1")
    assert [server.pings() for _ in range(20)] == [False] * 20
    file_of(tmp_path, "gate").touch()
    server.wait_ready()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_signal_while_loading_ends_it(start: Start, workers: str) -> None:
    server = start(HANDLER, ready=False, WAIT_FOR_GATE="1", SAGEMAKER_MODEL_SERVER_WORKERS=workers)
    server.wait_until(lambda: handles_sigterm(server.process.pid))
    assert server.stop() == 0


def handles_sigterm(pid: int) -> bool:
    [caught] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt")]
    return bool(int(caught.split()[1], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_signal_lets_requests_in_flight_finish(
    start: Start, tmp_path: Path, workers: str, number: signal.Signals
) -> None:
    server = start(HANDLER, SAGEMAKER_MODEL_SERVER_WORKERS=workers)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.invoke, b"slow", "text/plain")
        server.wait_until(file_of(tmp_path, "running").exists)
        server.process.send_signal(number)
        assert slow.result().status == 200
    assert server.wait_ended() == 0
    assert not server.pings()


def test_one_worker_is_one_process(start: Start) -> None:
    server = start(HANDLER)
    assert server.children() == []
    assert pid_of(server) == server.process.pid


def test_a_hanging_handler_is_answered_for_and_the_worker_replaced_in_place(start: Start, tmp_path: Path) -> None:
    server = start(HANDLER, SAGEMAKER_MODEL_SERVER_TIMEOUT="2")
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(server.invoke, b"hang", "text/plain")
        server.wait_until(file_of(tmp_path, "running").exists)
        assert server.pings()
        waiting = pool.submit(server.invoke, b"", "text/plain")
        assert (hanging.result().status, error_of(hanging.result())) == (504, "the handler did not end within 2 s")
        assert waiting.result().status in (200, 503)
    server.wait_ready()
    assert pid_of(server) == server.process.pid
    assert any(
        "the handler hangs" in line["message"] and "in transform_fn" in line["message"] for line in server.log_lines()
    )
    assert server.stop() == 0


def test_requests_that_would_wait_behind_a_hundred_are_refused(start: Start, tmp_path: Path) -> None:
    server = start(HANDLER)
    with ThreadPoolExecutor(102) as pool:
        first = pool.submit(server.invoke, b"wait", "text/plain")
        server.wait_until(file_of(tmp_path, "running").exists)
        others = [pool.submit(server.invoke, b"", "text/plain") for _ in range(101)]
        server.wait_until(lambda: any(other.done() for other in others))
        [refused] = [other.result() for other in others if other.done()]
        assert (refused.status, error_of(refused)) == (503, "100 requests are waiting already")
        file_of(tmp_path, "gate").touch()
        assert first.result().status == 200
        assert sorted(other.result().status for other in others) == [200] * 100 + [503]


def test_requests_that_wait_for_the_time_out_are_refused(start: Start, tmp_path: Path) -> None:
    server = start(HANDLER, SAGEMAKER_MODEL_SERVER_TIMEOUT="2")
    with ThreadPoolExecutor() as pool:
        slow = [pool.submit(server.invoke, b"slow", "text/plain") for _ in range(3)]
        answers = sorted((one.result().status, one.result().data) for one in slow)
    assert [status for status, _ in answers] == [200, 200, 503]
    assert answers[2][1] == b'{"error": "the request waited for the handler for 2 s"}'


def test_with_several_workers_one_that_hangs_or_dies_is_replaced(start: Start) -> None:
    server = start(HANDLER, SAGEMAKER_MODEL_SERVER_WORKERS="2", SAGEMAKER_MODEL_SERVER_TIMEOUT="1")
    server.wait_until(lambda: len(server.children()) == 2)
    before = set(server.children())
    assert pid_of(server) in before
    assert server.invoke(b"hang", "text/plain").status == 504
    server.wait_until(lambda: len(set(server.children()) - before) == 1)
    os.kill((before & set(server.children())).pop(), signal.SIGKILL)
    server.wait_until(lambda: len(server.children()) == 2 and not before & set(server.children()))
    server.wait_ready()
    assert pid_of(server) in server.children()
    assert server.stop() == 0


def test_several_workers_that_cannot_load_end_the_server(start: Start) -> None:
    server = start(
        "def model_fn(d): raise OSError('no weights')\ndef predict_fn(d, m): ...",
        ready=False,
        SAGEMAKER_MODEL_SERVER_WORKERS="3",
    )
    assert server.wait_ended() == 1
    assert "no weights" in server.log()


def test_multi_model_server_leaves_no_process_behind(start: Start) -> None:
    server = start(HANDLER, "multi_model_server")
    worker = pid_of(server)
    [java] = server.children()
    assert server.stop() == 0
    server.wait_until(lambda: not lives(worker) and not lives(java))


def test_two_multi_model_servers_live_side_by_side(start: Start) -> None:
    first, second = start(HANDLER, "multi_model_server"), start(HANDLER, "multi_model_server")
    assert pid_of(first) != pid_of(second)
    assert first.stop() == 0
    assert pid_of(second)


def test_multi_model_server_replaces_a_hanging_worker(start: Start) -> None:
    server = start(HANDLER, "multi_model_server", SAGEMAKER_MODEL_SERVER_TIMEOUT="8")
    before = pid_of(server)
    assert server.invoke(b"hang", "text/plain").status >= 500
    assert pid_of(server) != before
