"""What the step server does with HTTP, over raw connections where a client library would hide it."""

import http.client
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from conftest import Server, Start, error_of

ECHO = """
    import time

    def model_fn(model_dir):
        return object()

    def transform_fn(model, body, content_type, accept):
        if body == b"slow":
            time.sleep(1)
        return body, "text/plain"
"""
STREAM = """
    seen = []

    def model_fn(model_dir):
        return object()

    def parts(body):
        try:
            if body == b"fails at once":
                raise ValueError("no first part")
            for number in range(1_000_000 if body == b"endless" else 3):
                if body == b"fails midway" and number == 2:
                    raise ValueError("no third part")
                yield b"part " * (10_000 if body == b"endless" else 1) if number % 2 else "teil "
        finally:
            seen.append(body.decode())

    def transform_fn(model, body, content_type, accept):
        if body == b"seen":
            return ",".join(seen), "text/plain"
        return parts(body), "text/plain"
"""


def connect(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)


def raw(server: Server, request: bytes) -> bytes:
    """All that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_only_two_routes_exist(start: Start) -> None:
    server = start(ECHO)
    assert (server.request("GET", "/ping").status, server.request("GET", "/ping").data) == (200, b"")
    for method, path, status, allow in (
        ("POST", "/ping", 405, "GET"),
        ("GET", "/invocations", 405, "POST"),
        ("GET", "/", 404, None),
        ("POST", "/invocations/", 404, None),
    ):
        answer = server.request(method, path)
        assert (answer.status, answer.headers.get("Allow")) == (status, allow)
        assert path in error_of(answer)


def test_bodies_of_any_shape_arrive_whole(start: Start) -> None:
    server = start(ECHO)
    large = bytes(range(256)) * 40_000
    assert server.invoke(large, "application/octet-stream").data == large
    assert server.invoke(iter([b"one", b" two", large]), "application/octet-stream").data == b"one two" + large
    assert server.invoke(b"", "application/octet-stream").data == b""


def test_one_connection_serves_many_requests(start: Start) -> None:
    server = start(ECHO)
    connection = connect(server)
    connection.connect()
    first = connection.sock
    for number in range(50):
        body = str(number).encode()
        connection.request("POST", "/nowhere" if number % 10 == 5 else "/invocations", body)
        assert (connection.getresponse().read() == body) == (number % 10 != 5)
    assert connection.sock is first
    connection.close()


def test_garbage_is_refused_and_the_server_lives_on(start: Start) -> None:
    server = start(ECHO)
    assert raw(server, b"\x16\x03\x01 this is no HTTP\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert raw(server, b"POST /invocations HTTP/1.1\r\nContent-Length: many\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert server.invoke(b"x", "text/plain").data == b"x"


def test_a_client_that_goes_before_its_body_is_whole_disturbs_nobody(start: Start) -> None:
    server = start(ECHO, SERVING_ACCESS_LOG="true")
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf")
    assert server.invoke(b"x", "text/plain").data == b"x"
    assert server.stop() == 0
    assert [line["message"] for line in server.log_lines()][1:] == ["answered"]


def test_pings_are_answered_while_the_handler_works(start: Start) -> None:
    server = start(ECHO)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(server.invoke, b"slow", "text/plain")
        answered = 0
        while not slow.done():
            answered += server.pings()
    assert answered > 0
    assert slow.result().data == b"slow"


def test_concurrent_requests_get_their_own_answers(start: Start) -> None:
    server = start(ECHO)
    bodies = [str(number).encode() for number in range(400)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda body: server.invoke(body, "text/plain").data, bodies))
    assert answers == bodies


def test_parts_are_streamed(start: Start) -> None:
    server = start(STREAM)
    answer = server.invoke(b"three", "text/plain")
    assert (answer.data, answer.headers["Content-Type"]) == (b"teil part teil ", "text/plain")
    assert answer.headers["Transfer-Encoding"] == "chunked"


def test_an_error_before_the_first_part_is_answered(start: Start) -> None:
    server = start(STREAM)
    answer = server.invoke(b"fails at once", "text/plain")
    assert (answer.status, error_of(answer)) == (500, "ValueError: no first part")


def test_an_error_after_it_breaks_the_answer_off(start: Start) -> None:
    server = start(STREAM)
    answer = raw(server, b"POST /invocations HTTP/1.1\r\nContent-Length: 12\r\n\r\nfails midway")
    assert b"part" in answer
    assert not answer.endswith(b"0\r\n\r\n")
    assert server.stop() == 0
    assert any("no third part" in line["message"] for line in server.log_lines())


def test_a_stream_ends_when_its_client_goes_and_hinders_nobody_before(start: Start) -> None:
    server = start(STREAM)
    connection = connect(server)
    connection.request("POST", "/invocations", b"endless")
    assert connection.getresponse().read(5) == b"teil "
    assert server.invoke(b"seen", "text/plain").data == b""
    connection.close()
    server.wait_until(lambda: server.invoke(b"seen", "text/plain").data == b"endless")


def test_logs_are_json_without_payloads(start: Start) -> None:
    server = start(ECHO, SERVING_ACCESS_LOG="true")
    server.invoke(b"secret", "text/plain", X_Amzn_SageMaker_Inference_Id="id-7")
    assert server.stop() == 0
    line: dict[str, Any] = server.log_lines()[-1]
    assert line.pop("time") and line.pop("ms") >= 0
    assert line == {
        "level": "info",
        "logger": "serving",
        "message": "answered",
        "inference_id": "id-7",
        "status": 200,
        "request_bytes": 6,
        "response_bytes": 6,
    }
    assert "secret" not in server.log()


def test_answers_are_not_logged_by_default_and_failures_are(start: Start) -> None:
    server = start("def model_fn(d): return 1\ndef transform_fn(m, b, c, a): return b[0]")
    server.invoke(b"1", "text/plain")
    server.request("GET", "/ping")
    assert server.stop() == 0
    assert [line["level"] for line in server.log_lines()] == ["info", "error"]
