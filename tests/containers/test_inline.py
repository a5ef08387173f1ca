"""SERVING_INLINE: the handler runs in the event loop, and answers as it would in its thread."""

import signal

import pytest
from conftest import Start, error_of

HANDLER = """
import sys, threading
from sagemaker_inference.errors import GenericInferenceToolkitError

def model_fn(model_dir):
    return threading.current_thread().name

def transform_fn(model, body, content_type, accept):
    if body == b"refuse":
        raise GenericInferenceToolkitError(422, "not this one")
    if body == b"exit":
        sys.exit(3)
    if body == b"stop":
        raise StopIteration("at once")
    if body == b"parts":
        return iter([b"one ", b"two"]), "text/plain"
    return f"{model} {threading.current_thread().name}", "text/plain"
"""


@pytest.mark.parametrize(("inline", "threads"), [("true", b"MainThread MainThread"), ("false", b"handler handler")])
def test_one_thread_loads_and_predicts(start: Start, inline: str, threads: bytes) -> None:
    server = start(HANDLER, SERVING_INLINE=inline)
    assert server.invoke(b"", "application/octet-stream").data == threads
    assert server.stop() == 0


@pytest.mark.parametrize("inline", ["true", "false"])
@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        (b"refuse", 422, "not this one"),
        (b"exit", 500, "RuntimeError: the handler raised SystemExit(3)"),
        (b"stop", 500, "RuntimeError: the handler raised StopIteration('at once')"),
    ],
)
def test_errors_are_answered_alike(start: Start, inline: str, body: bytes, status: int, error: str) -> None:
    server = start(HANDLER, SERVING_INLINE=inline)
    answer = server.invoke(body, "application/octet-stream")
    assert (answer.status, error_of(answer)) == (status, error)
    assert server.pings()


def test_parts_are_streamed(start: Start) -> None:
    server = start(HANDLER, SERVING_INLINE="true")
    assert server.invoke(b"parts", "application/octet-stream").data == b"one two"


def test_a_handler_that_exits_while_it_loads_ends_the_server_as_a_failed_load(start: Start) -> None:
    source = "import sys\ndef model_fn(d): sys.exit(0)\ndef predict_fn(d, m): ..."
    server = start(source, ready=False, SERVING_INLINE="true")
    assert server.wait_ended() == 1
    assert "SystemExit" in server.log()


def test_sigterm_ends_it_while_it_loads(start: Start) -> None:
    source = "import time\nprint('loading', flush=True)\ndef model_fn(d): time.sleep(600)\ndef predict_fn(d, m): ..."
    server = start(source, ready=False, SERVING_INLINE="true")
    server.wait_until(lambda: "loading" in server.log())
    server.process.send_signal(signal.SIGTERM)
    assert server.wait_ended() == 0
