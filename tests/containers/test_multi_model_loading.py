"""Loads and unloads while other things go on, and loads that fail. What goes on is told by files, not by the clock."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from urllib3.exceptions import ReadTimeoutError

from conftest import Start, error_of
from many_models import HANDLER, ManyModels, reason_of

SIDE_BY_SIDE = """
    import time
    from pathlib import Path

    def model_fn(model_dir):
        return Path(model_dir)

    def transform_fn(model, body, content_type, accept):
        (model / "running").touch()
        while not Path(body.decode()).exists():
            time.sleep(0.01)
        return "met", "text/plain"
"""
FAILING = """
    import sys
    from pathlib import Path
    from sagemaker_inference.errors import GenericInferenceToolkitError

    def model_fn(model_dir):
        name = Path(model_dir).parent.name
        if name == "raises":
            raise ValueError("weights are cut short")
        if name == "lacks files":
            return (Path(model_dir) / "weights.bin").read_bytes()
        if name == "exits":
            sys.exit(3)
        if name == "chooses":
            raise GenericInferenceToolkitError(422, "an old format")
        if name == "stops":
            raise StopIteration
        if name == "times%20out":
            raise TimeoutError("no answer from the feature store")
        return None if name == "gives nothing" else name

    def transform_fn(model, body, content_type, accept):
        return model, "text/plain"
"""


def threads(models: ManyModels) -> int:
    return len(list(Path(f"/proc/{models.server.process.pid}/task").iterdir()))


@pytest.fixture
def step(start: Start) -> ManyModels:
    return ManyModels(start, "serving")


def test_a_load_keeps_nobody_waiting(start: Start, module: str) -> None:
    models = ManyModels(start, module).loaded("houston")
    with ThreadPoolExecutor() as pool:
        loading = models.begin_load(pool, "denver")
        assert models.server.pings()
        assert json.loads(models.invoke("houston").data) == "houston"
        assert "houston" in models.names()
        assert models.unload("houston").status == 200
        assert not loading.done()
        models.finish("denver")
        assert loading.result().status == 200
    assert json.loads(models.invoke("denver").data) == "denver"


def test_a_model_is_not_there_before_it_is_loaded(step: ManyModels) -> None:
    with ThreadPoolExecutor() as pool:
        loading = step.begin_load(pool, "denver")
        assert step.names() == []
        for answer in (step.invoke("denver"), step.describe("denver")):
            assert (answer.status, error_of(answer)) == (404, "model 'denver' is being loaded or unloaded")
        step.finish("denver")
        assert loading.result().status == 200
    assert step.names() == ["denver"]


def test_loads_of_one_model_at_once_load_it_once(start: Start, module: str) -> None:
    models = ManyModels(start, module)
    with ThreadPoolExecutor(16) as pool:
        first = models.begin_load(pool, "denver")
        others = [pool.submit(models.load, "denver") for _ in range(8)]
        models.finish("denver")
        statuses = [first.result().status, *(other.result().status for other in others)]
    assert statuses == [200] + [409] * 8
    assert models.loads("denver") == 1
    assert models.invoke("denver").status == 200


def test_loads_that_wait_for_one_that_fails_get_its_reason(step: ManyModels) -> None:
    with ThreadPoolExecutor() as pool:
        first = step.begin_load(pool, "denver")
        body = json.dumps({"model_name": "denver", "url": str(step.folder("denver"))})
        others = [step.send("POST", "/models", body) for _ in range(8)]
        (step.folder("denver") / "weights.json").write_text("{")
        step.finish("denver")
        answers = [(answer.status, answer.read()) for answer in (other.getresponse() for other in others)]
        assert set(answers) == {(500, first.result().data)}
    assert step.loads("denver") == 1


def test_loads_of_several_models_at_once_load_all(start: Start, module: str) -> None:
    models = ManyModels(start, module)
    names = [f"model-{number}" for number in range(4)]
    with ThreadPoolExecutor() as pool:
        assert [answer.status for answer in pool.map(models.load, names)] == [200] * 4
    assert sorted(models.names()) == names


def test_models_answer_side_by_side(start: Start, module: str) -> None:
    models = ManyModels(start, module, SIDE_BY_SIDE).loaded("a", "b")
    with ThreadPoolExecutor() as pool:
        a = pool.submit(models.invoke, "a", str(models.folder("b") / "running").encode())
        b = pool.submit(models.invoke, "b", str(models.folder("a") / "running").encode())
        assert (a.result().data, b.result().data) == (b"met", b"met")


def test_one_thread_loads_a_model_and_answers_with_it(step: ManyModels) -> None:
    step.loaded("a", "b")
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda name: step.invoke(name, b"same thread").data, ["a", "b"] * 50)
    assert set(answers) == {b"True"}


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("raises", 500, "ValueError: weights are cut short"),
        ("lacks files", 500, "FileNotFoundError: [Errno 2] No such file or directory: "),
        ("exits", 500, "SystemExit: 3"),
        ("chooses", 422, "an old format"),
        ("stops", 500, "StopIteration"),
        ("times%20out", 500, "TimeoutError: no answer from the feature store"),
        ("gives nothing", 500, "HandlerError: model_fn of "),
    ],
)
def test_a_broken_model_is_refused_and_leaves_nothing(start: Start, name: str, status: int, reason: str) -> None:
    models = ManyModels(start, "serving", FAILING).loaded("whole")
    before = threads(models)
    folder = models.server.folder / "models" / name / "model"
    folder.mkdir(parents=True)
    answer = models.post(name, folder)
    assert answer.status == status
    assert error_of(answer).startswith(f"model {name!r} cannot be loaded: {reason}")
    assert b"Traceback" not in answer.data
    assert models.names() == ["whole"]
    models.server.wait_until(lambda: threads(models) == before)
    assert models.invoke("whole").data == b"whole"


def test_multi_model_server_refuses_a_broken_model_and_logs_the_reason(start: Start) -> None:
    models = ManyModels(start, "multi_model_server", FAILING)
    answer = models.load("raises")
    assert (answer.status, reason_of(answer)) == (500, "Failed to start workers")
    assert models.names() == []
    assert "ValueError: weights are cut short" in models.server.log()
    models.server.wait_until(lambda: len(models.server.children()) == 1)  # Java


def test_an_unloaded_model_leaves_no_thread(step: ManyModels) -> None:
    before = threads(step)
    step.loaded("a", "b", "c")
    assert threads(step) == before + 3
    for name in ("a", "b", "c"):
        assert step.unload(name).status == 200
    step.server.wait_until(lambda: threads(step) == before)


def test_an_unloaded_model_leaves_no_process_of_multi_model_server(start: Start) -> None:
    models = ManyModels(start, "multi_model_server").loaded("a", "b")
    pids = [int(models.invoke(name, b"pid").data) for name in ("a", "b")]
    assert models.unload("a").status == 200
    models.server.wait_until(lambda: not Path(f"/proc/{pids[0]}").exists())
    assert models.invoke("b", b"pid").data == str(pids[1]).encode()


def test_an_unload_waits_for_the_invocations_that_have_begun(step: ManyModels) -> None:
    step.loaded("denver", "houston")
    with ThreadPoolExecutor() as pool:
        running = step.begin(pool, "denver")
        queued = step.send("POST", "/models/denver/invoke")
        first, second = step.send("DELETE", "/models/denver"), step.send("DELETE", "/models/denver")
        assert step.names() == ["houston"]
        assert step.invoke("denver").status == 404
        assert step.invoke("houston").status == 200
        assert not running.done()
        step.finish("denver")
        assert running.result().status == 200
        statuses = [connection.getresponse().status for connection in (queued, first, second)]
    assert statuses == [200, 200, 404]
    assert step.load("denver").status == 200


def test_multi_model_server_breaks_off_the_invocations_of_a_model_it_unloads(start: Start) -> None:
    models = ManyModels(start, "multi_model_server").loaded("denver")
    with ThreadPoolExecutor() as pool:
        running = models.begin(pool, "denver")
        assert models.unload("denver").status == 200
        silent = isinstance(running.exception(), ReadTimeoutError)  # it may never answer what it breaks off
        assert silent or running.result().status >= 500
    assert models.invoke("denver").status == 404


def test_an_unload_waits_for_a_stream(start: Start) -> None:
    source = HANDLER.replace('["one ", b"two ", "three"]', '[b"x" * 100_000] * 1000')
    models = ManyModels(start, "serving", source).loaded("denver")
    connection = models.send("POST", "/models/denver/invoke", b"stream")
    answer = connection.getresponse()
    assert answer.read(5) == b"xxxxx"
    with ThreadPoolExecutor() as pool:
        unloading = pool.submit(models.unload, "denver")
        models.server.wait_until(lambda: models.names() == [])
        assert not unloading.done()
        assert len(answer.read()) == 100_000 * 1000 - 5
        assert unloading.result().status == 200
    connection.close()


def test_a_model_can_be_loaded_while_it_is_being_unloaded(step: ManyModels) -> None:
    step.loaded("denver")
    with ThreadPoolExecutor() as pool:
        running = step.begin(pool, "denver")
        unloading = step.send("DELETE", "/models/denver")
        body = json.dumps({"model_name": "denver", "url": str(step.folder("denver"))})
        loading = step.send("POST", "/models", body)
        assert step.names() == []
        step.finish("denver")
        statuses = [running.result().status, unloading.getresponse().status, loading.getresponse().status]
    assert statuses == [200, 200, 200]
    assert step.names() == ["denver"]
    assert step.loads("denver") == 2


def test_an_unload_waits_for_the_load(step: ManyModels) -> None:
    with ThreadPoolExecutor() as pool:
        loading = step.begin_load(pool, "denver")
        unloading = step.send("DELETE", "/models/denver")
        step.finish("denver")
        assert (loading.result().status, unloading.getresponse().status) == (200, 200)
    assert step.names() == []


def test_a_load_goes_on_when_its_client_has_gone(step: ManyModels) -> None:
    folder = step.artifact("denver", gated="")
    connection = step.send("POST", "/models", json.dumps({"model_name": "denver", "url": str(folder)}))
    step.server.wait_until((folder / "loading").exists)
    connection.close()
    step.finish("denver")
    step.server.wait_until(lambda: step.names() == ["denver"])
    assert step.invoke("denver").status == 200


def test_a_hanging_invocation_is_answered_for_and_the_models_are_loaded_again(start: Start) -> None:
    models = ManyModels(start, "serving", SAGEMAKER_MODEL_SERVER_TIMEOUT="1").loaded("denver", "houston", "miami")
    models.unload("miami")
    answer = models.invoke("denver", b"hang")
    assert (answer.status, error_of(answer)) == (504, "the handler did not end within 1 s")
    models.server.wait_until(lambda: models.loads("denver") + models.loads("houston") == 4)
    models.server.wait_ready()
    assert models.names() == ["denver", "houston"]
    assert models.invoke("denver").data == b'"denver"'
    assert models.loads("miami") == 1
    assert models.server.stop() == 0


def test_a_model_that_cannot_be_loaded_again_is_left_out(start: Start) -> None:
    models = ManyModels(start, "serving", SAGEMAKER_MODEL_SERVER_TIMEOUT="1").loaded("denver", "houston")
    (models.folder("houston") / "weights.json").unlink()
    assert models.invoke("denver", b"hang").status == 504
    models.server.wait_until(lambda: "is not loaded again" in models.server.log())
    models.server.wait_ready()
    assert models.names() == ["denver"]


def test_a_load_that_hangs_is_answered_for_and_the_other_models_are_loaded_again(start: Start) -> None:
    models = ManyModels(start, "serving", SERVING_LOAD_TIMEOUT="1").loaded("houston")
    with ThreadPoolExecutor() as pool:
        answer = models.begin_load(pool, "denver").result()
    assert (answer.status, error_of(answer)) == (504, "model 'denver' was not loaded within 1 s (SERVING_LOAD_TIMEOUT)")
    models.server.wait_until(lambda: models.loads("houston") == 2)
    models.server.wait_ready()
    assert models.names() == ["houston"]
    assert "in model_fn" in models.server.log()


def test_a_signal_lets_what_goes_on_finish(step: ManyModels) -> None:
    step.loaded("houston")
    with ThreadPoolExecutor() as pool:
        invoking = step.begin(pool, "houston")
        loading = step.begin_load(pool, "denver")
        step.server.process.send_signal(signal.SIGTERM)
        step.server.wait_until(lambda: not step.server.pings())
        step.finish("houston")
        step.finish("denver")
        assert (invoking.result().status, loading.result().status) == (200, 200)
    assert step.server.wait_ended() == 0


def test_a_signal_ends_it_while_it_loads_models_again(start: Start) -> None:
    models = ManyModels(start, "serving", SAGEMAKER_MODEL_SERVER_TIMEOUT="1").loaded("houston")
    models.artifact("houston", gated="")
    assert models.invoke("houston", b"hang").status == 504
    models.server.wait_until((models.folder("houston") / "loading").exists)
    assert models.server.stop() == 0


def test_lines_of_the_log_tell_the_target_model(start: Start) -> None:
    models = ManyModels(start, "serving", SERVING_ACCESS_LOG="true").loaded("opaque")
    models.invoke("opaque", X_Amzn_SageMaker_Target_Model="eu/houston.tar.gz")
    models.unload("opaque")
    assert models.server.stop() == 0
    lines = models.server.log_lines()
    assert [line["target_model"] for line in lines if line["message"] == "answered"] == ["eu/houston.tar.gz"]
    assert any(line["message"].startswith("loaded model 'opaque' from /") for line in lines)
    assert any(line["message"] == "unloaded model 'opaque'" for line in lines)
