"""The environment: read at once, and refused with every problem at once."""

from conftest import Start, error_of

HANDLER = """
    def model_fn(model_dir):
        return object()

    def transform_fn(model, body, content_type, accept):
        return accept, "text/plain"
"""


def test_every_problem_is_named_at_once(start: Start, module: str) -> None:
    server = start(
        HANDLER,
        module,
        ready=False,
        SAGEMAKER_BIND_TO_PORT="70000",
        SERVING_HOST="localhost",
        SAGEMAKER_BASE_DIR="relative",
        SAGEMAKER_PROGRAM="folder/inference.py",
        SAGEMAKER_MODEL_SERVER_WORKERS="0",
        SAGEMAKER_MODEL_SERVER_TIMEOUT="nan",
        SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT="json",
        SERVING_MAX_REQUEST_BYTES="25MB",
        SERVING_INLINE="1",
        SAGEMAKER_MULTI_MODEL="yes",
        SERVING_LOAD_TIMEOUT="0",
        SERVING_MEMORY_BUDGET="2GB",
        SERVING_ACCESS_LOG="yes",
        SAGEMAKER_CONTAINER_LOG_LEVEL="info",
    )
    assert server.wait_ended() == 2
    [line] = server.log_lines()
    assert line["level"] == "error"
    for problem in (
        "SAGEMAKER_BIND_TO_PORT is '70000', not a port from 1 to 65535",
        "SERVING_HOST is 'localhost', not an IP address",
        "SAGEMAKER_BASE_DIR is 'relative', not an absolute path",
        "SAGEMAKER_PROGRAM is 'folder/inference.py', not the name of a Python file, such as inference.py",
        "SAGEMAKER_MODEL_SERVER_WORKERS is '0', not a number from 1 to 64",
        "SAGEMAKER_MODEL_SERVER_TIMEOUT is 'nan', not a number of seconds from 0.1 to 3600",
        "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT is 'json', not a media type, such as text/csv",
        "SERVING_MAX_REQUEST_BYTES is '25MB', not a number of bytes from 1 to 2147483648",
        "SERVING_INLINE is '1', not true or false",
        "SAGEMAKER_MULTI_MODEL is 'yes', not true or false",
        "SERVING_LOAD_TIMEOUT is '0', not a number of seconds from 0.1 to 3600",
        "SERVING_MEMORY_BUDGET is '2GB', not a number of bytes, or a share of the container's memory from 1% to 100%",
        "SERVING_ACCESS_LOG is 'yes', not true or false",
        "SAGEMAKER_CONTAINER_LOG_LEVEL is 'info', not a level from 10 (debug) to 50 (critical)",
    ):
        assert problem in line["message"]


def test_a_taken_port_is_named(start: Start) -> None:
    first = start(HANDLER)
    second = start(HANDLER, ready=False, SAGEMAKER_BIND_TO_PORT=str(first.port))
    assert second.wait_ended() == 2
    assert f"port {first.port} of 127.0.0.1 cannot be used: Address already in use" in second.log()


def test_the_default_accept_stands_in_for_a_missing_one(start: Start, module: str) -> None:
    server = start(HANDLER, module, SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT="text/csv")
    assert server.invoke().data == b"text/csv"
    assert server.invoke(Accept="*/*").data == b"text/csv"
    assert server.invoke(Accept="application/x-npy").data == b"application/x-npy"


def test_another_program_is_served(start: Start) -> None:
    server = start(None, ready=False, SAGEMAKER_PROGRAM="other.py")
    assert server.wait_ended() == 1
    assert "program/other.py does not exist (SAGEMAKER_SUBMIT_DIRECTORY, SAGEMAKER_PROGRAM)" in server.log()


def test_bodies_over_the_limit_are_refused_with_both_sizes(start: Start) -> None:
    server = start(HANDLER, SERVING_MAX_REQUEST_BYTES="1000")
    assert server.invoke(b"x" * 1000).status == 200
    declared = server.invoke(b"x" * 1001)
    assert (declared.status, error_of(declared)) == (413, "the body has 1001 bytes; at most 1000 are accepted")
    chunked = server.invoke(iter([b"x" * 600, b"x" * 600]))
    assert chunked.status == 413
    assert error_of(chunked) == "the body has 1200 bytes or more; at most 1000 are accepted"
    assert server.invoke(b"x").status == 200


def test_multi_model_server_refuses_bodies_over_the_limit(start: Start) -> None:
    server = start(HANDLER, "multi_model_server", SERVING_MAX_REQUEST_BYTES="1000")
    assert server.invoke(b"x" * 1000).status == 200
    assert server.invoke(b"x" * 1001).status == 413


def test_multi_model_server_takes_the_lower_half_of_the_ports(start: Start) -> None:
    server = start(HANDLER, "multi_model_server", ready=False, SAGEMAKER_BIND_TO_PORT="32767")
    assert server.wait_ended() == 2
    assert "SAGEMAKER_BIND_TO_PORT is 32767; Multi Model Server takes ports up to 32766" in server.log()
