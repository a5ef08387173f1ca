"""What the environment asks of a server of many models, and how it starts."""

from pathlib import Path

import pytest

from conftest import Start
from many_models import HANDLER, ManyModels
from serving.memory_limit import group_limits, memory_limit
from serving.settings import SettingsError, read_settings


def test_the_step_server_has_one_process_for_many_models(start: Start) -> None:
    server = start(
        HANDLER,
        ready=False,
        SAGEMAKER_MULTI_MODEL="true",
        SAGEMAKER_MODEL_SERVER_WORKERS="2",
        SERVING_INLINE="true",
    )
    assert server.wait_ended() == 2
    [line] = server.log_lines()
    assert line["message"].startswith(
        "cannot start: SAGEMAKER_MULTI_MODEL is true: SAGEMAKER_MODEL_SERVER_WORKERS is 2"
    )
    assert "SERVING_INLINE is true" in line["message"]


def test_multi_model_server_has_as_many_processes_a_model_as_it_is_told(start: Start) -> None:
    models = ManyModels(start, "multi_model_server", SAGEMAKER_MODEL_SERVER_WORKERS="2").loaded("houston")
    assert models.loads("houston") == 2
    assert len({models.invoke("houston", b"pid").data for _ in range(50)}) == 2


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("def predict_fn(data, model): ...", "model_fn(model_dir) is missing"),
        ("import no_such_module", "No module named 'no_such_module'"),
        ("import sys; sys.exit(0)", "SystemExit: 0"),
    ],
)
def test_a_handler_that_cannot_serve_ends_the_server(start: Start, source: str, problem: str) -> None:
    server = start(source, ready=False, SAGEMAKER_MULTI_MODEL="true")
    assert server.wait_ended() == 1
    [line] = [line for line in server.log_lines() if line["level"] == "error"]
    assert problem in line["message"]


def test_a_signal_while_the_handler_is_imported_ends_the_server(start: Start) -> None:
    source = "import time\nprint('importing', flush=True)\ntime.sleep(600)"
    server = start(source, ready=False, SAGEMAKER_MULTI_MODEL="true")
    server.wait_until(lambda: "importing" in server.log())
    assert server.stop() == 0


def test_handlers_run_one_openmp_thread_each_unless_told_otherwise(start: Start) -> None:
    source = "import os\ndef model_fn(d): return 1\ndef transform_fn(m, b, c, a): return os.environ['OMP_NUM_THREADS']"
    assert ManyModels(start, "serving", source).loaded("a").invoke("a").data == b"1"
    assert ManyModels(start, "serving", source, OMP_NUM_THREADS="3").loaded("a").invoke("a").data == b"3"


def test_the_budget_is_a_number_of_bytes_or_a_share_of_the_memory() -> None:
    limit = memory_limit()
    assert read_settings({}).memory_budget == limit * 80 // 100
    assert read_settings({"SERVING_MEMORY_BUDGET": "100%"}).memory_budget == limit
    assert read_settings({"SERVING_MEMORY_BUDGET": "1048576"}).memory_budget == 1_048_576
    for wrong in ("0", "0%", "101%", "2 GB", "%", ""):
        with pytest.raises(SettingsError, match="a number of bytes, or a share of the container's memory"):
            read_settings({"SERVING_MEMORY_BUDGET": wrong})


@pytest.mark.parametrize(
    ("listed", "files", "limits"),
    [
        ("0::/", {"memory.max": "4096"}, [4096]),
        ("0::/a/b", {"a/b/memory.max": "max", "a/memory.max": "2048", "memory.max": "4096"}, [2048, 4096]),
        ("0::/as/the/machine/sees/it", {"memory.max": "4096"}, [4096]),
        ("0::/", {}, []),
        ("3:cpu,memory:/x\n0::/", {"memory/x/memory.limit_in_bytes": "512"}, [512]),
        ("3:memory:/elsewhere", {"memory/memory.limit_in_bytes": "1024", "memory.max": "1"}, [1024]),
    ],
)
def test_limits_are_read_of_control_groups(
    tmp_path: Path, listed: str, files: dict[str, str], limits: list[int]
) -> None:
    (tmp_path / "cgroup").write_text(f"{listed}\n")
    root = tmp_path / "fs"
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(f"{content}\n")
    assert list(group_limits(tmp_path / "cgroup", root)) == limits
    assert list(group_limits(tmp_path / "none", root)) == []
