"""SageMaker's multi-model API on both servers: loading, listing, describing, invoking and unloading models by name."""

import http.client
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT, Start, error_of
from many_models import ManyModels, reason_of

Many = Callable[..., ManyModels]
CONTEXT = """
    import json

    ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes"

    def model_fn(model_dir, context):
        return context.model_name

    def transform_fn(model, body, content_type, accept, context):
        context.set_response_header(0, ATTRIBUTES, context.get_request_header(0, ATTRIBUTES) + "; seen")
        context.set_response_status(201, "Created")
        target = context.get_request_header(0, "X-Amzn-SageMaker-Target-Model")
        return json.dumps([model, context.model_name, target, body, content_type, accept]), accept
"""
DEFAULTS = """
    import json
    from pathlib import Path
    from sagemaker_inference.errors import GenericInferenceToolkitError

    def model_fn(model_dir):
        return json.loads((Path(model_dir) / "weights.json").read_text())

    def predict_fn(data, model):
        if data.sum() < 0:
            raise GenericInferenceToolkitError(422, "a negative sum")
        return [float(value) for value in data * len(model)]
"""


@pytest.fixture
def many(start: Start, module: str) -> Many:
    """Starts either server for many models."""
    return lambda *source, **environment: ManyModels(start, module, *source, **environment)


@pytest.fixture
def step(start: Start) -> Many:
    """Starts the step server for many models."""
    return lambda *source, **environment: ManyModels(start, "serving", *source, **environment)


def test_models_come_and_go(many: Many) -> None:
    models = many()
    assert (models.server.pings(), models.page()) == (True, {"models": []})
    first, second = models.artifact("first"), models.artifact("second")

    assert models.post("first", first).status == 200
    assert models.post("second", second).status == 200
    assert models.page()["models"] == [
        {"modelName": "first", "modelUrl": str(first)},
        {"modelName": "second", "modelUrl": str(second)},
    ]
    described = json.loads(models.describe("second").data)
    assert (described["modelName"], described["modelUrl"]) == ("second", str(second))
    for name in ("first", "second"):
        answer = models.invoke(name)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
        assert json.loads(answer.data) == name

    assert models.unload("first").status == 200
    assert models.names() == ["second"]
    assert models.invoke("second").status == 200
    assert models.load("first").status == 200
    assert models.invoke("first").status == 200
    assert (models.unload("first").status, models.unload("second").status) == (200, 200)
    assert (models.server.pings(), models.page()) == (True, {"models": []})


def test_a_model_that_is_loaded_already_is_a_conflict(many: Many) -> None:
    models = many().loaded("houston")
    again = models.load("houston")
    assert (again.status, "houston" in reason_of(again)) == (409, True)
    assert models.loads("houston") == 1
    assert models.invoke("houston").status == 200


def test_a_model_that_is_not_loaded_is_not_found(many: Many) -> None:
    models = many().loaded("houston")
    assert models.unload("houston").status == 200
    for answer in (models.invoke("houston"), models.describe("houston"), models.unload("houston")):
        assert (answer.status, "houston" in reason_of(answer)) == (404, True)


def test_a_broken_model_can_be_loaded_once_it_is_mended(many: Many) -> None:
    models = many()
    models.artifact("houston", **{"weights.json": "[1, 2"})
    assert models.load("houston").status == 500
    assert models.page() == {"models": []}
    assert models.invoke("houston").status == 404
    models.artifact("houston")
    assert models.loaded("houston").invoke("houston").data == b'"houston"'


def test_the_list_has_pages(many: Many) -> None:
    names = [f"model-{number}" for number in range(5)]
    models = many().loaded(*names)
    pages = [models.page(limit=2)]
    while "nextPageToken" in pages[-1]:
        pages.append(models.page(limit=2, next_page_token=pages[-1]["nextPageToken"]))
    assert [model["modelName"] for page in pages for model in page["models"]] == names
    assert [len(page["models"]) for page in pages] == [2, 2, 1]


def test_a_page_has_a_hundred_models_and_goes_on_where_the_last_one_ended(step: Many) -> None:
    names = [f"model-{number:03}" for number in range(250)]
    models = step().loaded(*names)
    first = models.page(next_page_token="")
    assert [model["modelName"] for model in first["models"]] == names[:100]
    models.unload(names[7])
    models.unload(names[99])
    second = models.page(next_page_token=first["nextPageToken"])
    assert [model["modelName"] for model in second["models"]] == names[100:200]
    third = models.page(next_page_token=second["nextPageToken"])
    assert [model["modelName"] for model in third["models"]] == names[200:]
    assert "nextPageToken" not in third


def test_names_are_any_printable_text(many: Many) -> None:
    models = many()
    folder = models.artifact("artifact")
    for name in ("a b", "Zürich", "50%25", "q?x=1#y&z", '"+\\', "x" * 1024):
        assert models.post(name, folder).status == 200
        assert models.names() == [name]
        assert json.loads(models.describe(name).data)["modelName"] == name
        assert models.invoke(name).status == 200
        assert models.unload(name).status == 200
    assert models.names() == []


def test_a_name_may_hold_a_slash(start: Start, module: str) -> None:
    models = ManyModels(start, module)
    assert models.post("eu/houston.tar.gz", models.artifact("artifact")).status == 200
    # Multi Model Server decodes the path before it takes it apart.
    assert models.invoke("eu/houston.tar.gz").status == (200 if module == "serving" else 404)


def test_the_context_tells_the_model_and_carries_headers_both_ways(many: Many) -> None:
    models = many(CONTEXT).loaded("opaque")
    attributes = "X-Amzn-SageMaker-Custom-Attributes"
    answer = models.invoke(
        "opaque",
        b"1,2",
        "text/csv",
        Accept="text/plain",
        **{attributes: "trace=1", "X-Amzn-SageMaker-Target-Model": "eu/houston.tar.gz"},
    )
    assert (answer.status, answer.headers[attributes]) == (201, "trace=1; seen")
    assert answer.headers["Content-Type"] == "text/plain"
    assert json.loads(answer.data) == ["opaque", "opaque", "eu/houston.tar.gz", "1,2", "text/csv", "text/plain"]


def test_defaults_and_errors_are_those_of_one_model(many: Many) -> None:
    models = many(DEFAULTS).loaded("abc")
    answer = models.invoke("abc", b"[1, 2]", "application/json", Accept="text/csv")
    assert (answer.status, answer.data) == (200, b"3.0\n6.0\n")
    for body, content_type, accept, status in (
        (b"[1", "application/json", "*/*", 400),
        (b"<a/>", "text/xml", "*/*", 415),
        (b"[1]", "application/json", "text/html", 406),
        (b"[-1]", "application/json", "*/*", 422),
    ):
        assert (refused := models.invoke("abc", body, content_type, Accept=accept)).status == status
        assert error_of(refused)
    assert error_of(models.invoke("abc", b"[-1]", "application/json")) == "a negative sum"


def test_the_digits_container_serves_several_models(start: Start, module: str, digits_model: Path) -> None:
    models = ManyModels(start, module, None, SAGEMAKER_SUBMIT_DIRECTORY=str(ROOT / "containers" / "digits"))
    body = (ROOT / "examples" / "digits.json").read_bytes()
    for name in ("one", "two"):
        assert models.post(name, digits_model / "model").status == 200
    for name in ("one", "two"):
        answer = models.invoke(name, body, "application/json")
        labels = [prediction["label"] for prediction in json.loads(answer.data)["predictions"]]
        assert (answer.status, labels) == (200, list(range(10)))


def test_a_stream_has_all_its_parts(start: Start, module: str) -> None:
    answer = ManyModels(start, module).loaded("houston").invoke("houston", b"stream")
    assert (answer.status, answer.data) == (200, b"one two three")
    # Multi Model Server cannot send parts.
    assert answer.headers.get("Transfer-Encoding") == ("chunked" if module == "serving" else None)


def test_bodies_over_the_limit_are_refused(many: Many) -> None:
    models = many(SERVING_MAX_REQUEST_BYTES="1000").loaded("houston")
    assert models.invoke("houston", b"x" * 1000).status == 200
    assert models.invoke("houston", b"x" * 1001).status == 413


def test_what_is_for_one_model_is_refused_and_told(start: Start, module: str) -> None:
    answer = ManyModels(start, module).server.invoke(b"")
    assert answer.status == 400
    assert (
        reason_of(answer)
        == {
            "serving": "this server holds many models: POST /models/{model_name}/invoke invokes one of them",
            "multi_model_server": "Parameter model_name is required.",
        }[module]
    )


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        (b"", ["the body is not JSON (Expecting value: line 1 column 1 (char 0)); {"]),
        (b'{"model_name": ', ["the body is not JSON ("]),
        (b'["x"]', ["the body is not a JSON object; {"]),
        (b"{}", ["model_name is missing; url is missing"]),
        (b'{"model_name": 1, "url": ["/"]}', ['model_name is 1, not a string; url is ["/"], not a string']),
        (b'{"model_name": "", "url": "x"}', ['model_name is ""; 1 to 1024 printable', 'url is "x", not the absolute']),
        (b'{"model_name": "..", "url": "/"}', ['model_name is ".."; 1 to 1024 printable characters, not . or ..']),
        (b'{"model_name": "a\\u0007", "url": "/"}', ["printable"]),
        (b'{"model_name": "\\ud800", "url": "/"}', ["printable"]),
        (b'{"model_name": "' + b"x" * 1025 + b'", "url": "/"}', ["printable"]),
        (b'{"model_name": "a", "url": "/no/such"}', ['url is "/no/such", and there is no such folder']),
        (b'{"model_name": "a", "url": "/\\u0000"}', ["there is no such folder"]),
        (b'{"model_name": "a", "url": "/' + b"x" * 10_000 + b'"}', ["there is no such folder"]),
        (b'{"model_name": "a", "url": "/etc/passwd"}', ["there is no such folder"]),
        (b"\xff", ["the body is not JSON"]),
    ],
)
def test_a_bad_request_to_load_is_refused_with_every_problem(step: Many, body: bytes, reasons: list[str]) -> None:
    models = step()
    answer = models.server.request("POST", "/models", body)
    assert answer.status == 400
    for reason in reasons:
        assert reason in error_of(answer)
    assert models.names() == []


def test_paths_methods_and_queries_that_are_not_of_the_api(step: Many) -> None:
    models = step().loaded("a")
    for method, path, status, allow, reason in (
        ("POST", "/ping", 405, "GET", "/ping takes GET, not POST"),
        ("PUT", "/models", 405, "GET, POST", "/models takes GET or POST, not PUT"),
        ("POST", "/models/a", 405, "GET, DELETE", "/models/a takes GET or DELETE, not POST"),
        ("GET", "/models/a/invoke", 405, "POST", "/models/a/invoke takes POST, not GET"),
        ("GET", "/invocations", 400, None, "this server holds many models"),
        ("GET", "/models/a/", 404, None, "/models/a/ is not a path of this server"),
        ("GET", "/nowhere", 404, None, "/nowhere is not a path of this server: /ping, /models, /models/{model_name}"),
        ("GET", "/models/%ff", 400, None, "the model's name in the path is not URL-encoded UTF-8"),
        ("GET", "/models/..", 404, None, "model '..' is not loaded"),
        ("GET", "/models?limit=0", 400, None, "limit is '0', not a number from 1 to 100"),
        ("GET", "/models?limit=101", 400, None, "limit is '101', not a number from 1 to 100"),
        ("GET", "/models?limit=x&next_page_token=%20", 400, None, "limit is 'x', not a number from 1 to 100"),
        ("GET", "/models?next_page_token=_w", 400, None, "next_page_token is '_w', not a nextPageToken of this server"),
        ("GET", "/models?next_page_token=a", 400, None, "next_page_token is 'a', not a nextPageToken of this server"),
    ):
        answer = models.server.request(method, path)
        assert (answer.status, answer.headers.get("Allow")) == (status, allow), path
        assert reason in error_of(answer)


def test_bad_requests_to_multi_model_server(start: Start) -> None:
    models = ManyModels(start, "multi_model_server")
    for body, status, reason in (
        (b"{}", 400, "Parameter url is required."),
        (b'{"model_name": ', 500, "java.io.EOFException: End of input at line 1 column 16"),  # a fault of the client's
        (b'{"model_name": "a", "url": "/no/such"}', 404, "Model not found in model store: /no/such"),
    ):
        answer = models.server.request("POST", "/models", body, headers={"Content-Type": "application/json"})
        assert (answer.status, reason in reason_of(answer)) == (status, True), answer.data
    assert models.server.request("POST", "/models/a").status == 405


def test_one_connection_survives_refusals(step: Many) -> None:
    models = step().loaded("a")
    connection = http.client.HTTPConnection("127.0.0.1", models.server.port, timeout=120)
    connection.connect()
    first = connection.sock
    for path, status in (("/models/b/invoke", 404), ("/models/a/invoke", 200), ("/invocations", 400)) * 5:
        connection.request("POST", path, b"x" * 10_000)
        answer = connection.getresponse()
        assert (answer.status, answer.read() != b"") == (status, True)
    assert connection.sock is first
    connection.close()
