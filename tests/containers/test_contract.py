"""The contract of a handler, on both servers."""

import io
import json

import numpy as np
import pytest

from conftest import Start, error_of

FOUR_FUNCTIONS = """
    import json
    from helper import double

    def model_fn(model_dir):
        return {"dir": model_dir, "factor": 3}

    def input_fn(body, content_type):
        return [type(body).__name__, content_type, json.loads(body)]

    def predict_fn(data, model):
        return [*data, double(model["factor"]), model["dir"].rpartition("/")[2]]

    def output_fn(prediction, accept):
        return json.dumps([*prediction, accept])
"""
DEFAULTS = """
    def model_fn(model_dir):
        return 2

    def predict_fn(data, model):
        return data * model
"""
ERRORS = """
    from sagemaker_inference.errors import BaseInferenceToolkitError, GenericInferenceToolkitError
    from sagemaker_inference.errors import UnsupportedFormatError

    class Teapot(BaseInferenceToolkitError):
        def __init__(self):
            super().__init__(418, "short and stout", "teapot")

    def model_fn(model_dir):
        return object()

    def input_fn(body, content_type):
        if content_type == "text/plain":
            raise UnsupportedFormatError(content_type)
        return body

    def predict_fn(data, model):
        raising = {
            "toolkit": lambda: GenericInferenceToolkitError(422, "no such city"),
            "own": Teapot,
            "strange": lambda: GenericInferenceToolkitError(200, "not an error"),
            "value": lambda: ValueError("a bad value"),
            "stop": lambda: StopIteration("done"),
        }
        if data in raising:
            raise raising[data]()
        return data

    def output_fn(prediction, accept):
        if accept == "image/gif":
            raise UnsupportedFormatError(accept)
        return {"set": {1}, "none": None}.get(prediction, prediction)
"""
CONTEXT = """
    import json

    NAME = "X-Amzn-SageMaker-Custom-Attributes"

    def pre_model_fn(model_dir):
        global prepared
        prepared = True

    def model_fn(model_dir, context):
        return {"prepared": prepared, "dir_is_told": context.system_properties.get("model_dir") == model_dir}

    def model_warmup_fn(model_dir, model):
        model["warm"] = True

    def transform_fn(model, body, content_type, accept, context):
        context.set_response_header(0, NAME, context.get_request_header(0, NAME) + "; seen")
        context.set_response_status(201, "Created")
        processor = context.request_processor[0]
        told = [processor.get_request_property(NAME), NAME in context.get_all_request_header(0)]
        return json.dumps([model, told]), "application/json"
"""


def test_the_four_functions_are_called_in_turn(start: Start, module: str) -> None:
    server = start(FOUR_FUNCTIONS, module, helper="def double(x): return 2 * x")
    answer = server.invoke(b'{"a": 1}', Accept="application/json")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert json.loads(answer.data) == ["str", "application/json", {"a": 1}, 6, "model", "application/json"]
    assert json.loads(server.invoke(b"1", "application/octet-stream").data)[:2] == ["bytes", "application/octet-stream"]
    several = server.invoke(b"1", Accept="text/csv;q=0.9, */*")
    assert several.headers["Content-Type"] == "text/csv"


def test_defaults_decode_and_encode(start: Start, module: str) -> None:
    server = start(DEFAULTS, module)
    as_npy = io.BytesIO()
    np.save(as_npy, np.array([[1, 2], [3, 4]]))
    for body, content_type in (
        (b"[[1, 2], [3, 4]]", "application/json"),
        (b"[[1, 2], [3, 4]]", "application/json; charset=utf-8"),
        (b"1,2\n3,4", "text/csv"),
        (as_npy.getvalue(), "application/x-npy"),
    ):
        answer = server.invoke(body, content_type)
        assert (answer.status, json.loads(answer.data)) == (200, [[2, 4], [6, 8]]), content_type
    csv = server.invoke(b"[[1, 2], [3, 4]]", Accept="text/html, text/csv")
    assert (csv.headers["Content-Type"], csv.data) == ("text/csv", b"2,4\n6,8\n")
    npy = server.invoke(b"[1]", Accept="application/x-npy")
    assert np.load(io.BytesIO(npy.data)).tolist() == [2]


def test_defaults_refuse_what_they_cannot_read_or_write(start: Start, module: str) -> None:
    server = start(DEFAULTS, module)
    unsupported = server.invoke(b"<a/>", "text/xml")
    assert unsupported.status == 415
    assert (
        "content type 'text/xml' is not supported: application/json, text/csv, application/x-npy, application/x-npz are"
        in error_of(unsupported)
    )
    unaccepted = server.invoke(b"[1]", Accept="text/html")
    assert unaccepted.status == 406
    assert "none of the accepted types 'text/html' is supported: application/json" in error_of(unaccepted)
    malformed = server.invoke(b"[1")
    assert (malformed.status, error_of(malformed).startswith("the body is not valid application/json: ")) == (400, True)
    pickled = io.BytesIO()
    np.save(pickled, np.array([{"an": "object"}]))
    unsafe = server.invoke(pickled.getvalue(), "application/x-npy")
    assert (unsafe.status, "allow_pickle=False" in error_of(unsafe)) == (400, True)
    not_text = server.invoke(b'"\xff"')
    assert (not_text.status, error_of(not_text).startswith("the body is not UTF-8: ")) == (400, True)


def test_what_cannot_be_written_is_named(start: Start, module: str) -> None:
    server = start("def model_fn(model_dir): return 1\ndef predict_fn(data, model): return {1, 2}", module)
    answer = server.invoke(b"[1]")
    assert answer.status == 500
    assert error_of(answer).startswith(
        "TypeError: predict_fn returned set, which cannot be written as application/json: "
    )


@pytest.mark.parametrize("raised", ["chosen statuses", "faults"])
def test_errors_keep_their_status_and_message(start: Start, module: str, raised: str) -> None:
    server = start(ERRORS, module)
    expected = {
        "chosen statuses": {"toolkit": (422, "no such city"), "own": (418, "short and stout")},
        "faults": {
            "strange": (500, "not an error"),
            "value": (500, "ValueError: a bad value"),
            "set": (
                500,
                "TypeError: the handler returned set for text/css: bytes, str or an iterator of them is accepted",
            ),
            "none": (
                500,
                "TypeError: the handler returned NoneType for text/css: bytes, str or an iterator of them is accepted",
            ),
        },
    }[raised]
    for body, answered in expected.items():
        answer = server.invoke(body.encode(), "application/json", Accept="text/css")
        assert (answer.status, error_of(answer)) == answered
        assert b"Traceback" not in answer.data
    assert ("Traceback" in server.log()) == (raised == "faults")
    assert server.invoke(b"fine").data == b"fine"


def test_the_toolkits_unsupported_format_error_says_whose_format_it_is(start: Start, module: str) -> None:
    server = start(ERRORS, module)
    assert server.invoke(b"x", "text/plain").status == 415
    assert server.invoke(b"x", Accept="image/gif").status == 406


def test_a_transform_fn_may_use_the_toolkits_decoder(start: Start) -> None:
    server = start(
        """
        from sagemaker_inference import decoder

        def model_fn(model_dir):
            return object()

        def transform_fn(model, body, content_type, accept):
            return str(decoder.decode(body, content_type).sum())
        """
    )
    assert server.invoke(b"[1, 2]").data == b"3"
    assert server.invoke(b"<a/>", "text/xml").status == 415


def test_the_context_carries_headers_both_ways(start: Start, module: str) -> None:
    server = start(CONTEXT, module)
    name = "X-Amzn-SageMaker-Custom-Attributes"
    answer = server.invoke(b"", **{name: "trace=1"})
    assert answer.status == 201
    assert answer.headers[name] == "trace=1; seen"
    model = {"prepared": True, "dir_is_told": True, "warm": True}
    assert json.loads(answer.data) == [model, ["trace=1", True]]


def test_a_header_with_a_line_break_is_a_fault(start: Start) -> None:
    server = start(
        """
        def model_fn(model_dir):
            return object()

        def transform_fn(model, body, content_type, accept, context):
            context.set_response_header(0, "X-A", body)
            return b""
        """
    )
    assert server.invoke(b"fine").headers["X-A"] == "fine"
    split = server.invoke(b"one\r\nX-B: two")
    assert (split.status, "X-B" in split.headers) == (500, False)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (None, "program/inference.py does not exist"),
        ("def predict_fn(data, model): ...", "model_fn(model_dir) is missing"),
        ("def model_fn(model_dir): return 1", "predict_fn(data, model) is missing, and so is transform_fn("),
        (
            "def model_fn(d): return 1\ndef transform_fn(m, b, c, a): ...\n"
            "def input_fn(b, c): ...\ndef output_fn(p, a): ...",
            "transform_fn replaces input_fn, predict_fn and output_fn, yet input_fn and output_fn exist too",
        ),
        (
            "def model_fn(d): return 1\ndef predict_fn(data): ...",
            "predict_fn takes 1 arguments; (data, model) and an optional",
        ),
        ("def model_fn(d): return 1\npredict_fn = 3", "predict_fn takes no arguments: it is int, not a function"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ("def model_fn(:", "SyntaxError"),
        ("def model_fn(d): raise OSError('weights are cut short')\ndef predict_fn(d, m): ...", "weights are cut short"),
        ("def model_fn(d): ...\ndef predict_fn(d, m): ...", "returned None, not a model"),
        ("import sys\ndef model_fn(d): sys.exit(0)\ndef predict_fn(d, m): ...", "SystemExit"),
    ],
)
def test_a_handler_that_cannot_serve_ends_the_server(start: Start, source: str | None, problem: str) -> None:
    server = start(source, ready=False)
    assert server.wait_ended() == 1
    errors = [line for line in server.log_lines() if line["level"] == "error"]
    assert len(errors) == 1
    assert problem in errors[0]["message"]


def test_a_handler_that_cannot_serve_ends_multi_model_server(start: Start) -> None:
    server = start(
        "def model_fn(d): raise OSError('weights are cut short')\ndef predict_fn(d, m): ...",
        "multi_model_server",
        ready=False,
    )
    assert server.wait_ended() == 1
    assert "cannot load the model: OSError: weights are cut short" in server.log()
