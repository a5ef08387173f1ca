"""The budget of memory, on both servers: models that do not fit are refused with 507, and memory comes back."""

import gc
import mmap
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Start, error_of
from many_models import ManyModels, reason_of
from sagemaker_inference.errors import GenericInferenceToolkitError
from serving.memory import held_bytes
from serving.memory_budget import MemoryBudget, bytes_on_disk

MIB = 1024 * 1024
ALLOCATES = """
    import json
    from pathlib import Path

    def filled(mib):
        return bytearray(b"x") * (mib * 1024 * 1024)

    def model_fn(model_dir):
        folder = Path(model_dir)
        with (folder / "loads").open("a") as file:
            file.write("x")
        weights = filled(int((folder / "mib").read_text()))
        if (folder / "broken").exists():
            raise ValueError("the last file is cut short")
        if (folder / "too large").exists():
            raise MemoryError
        return [weights, [str(number) for number in range(int((folder / "objects").read_text()))]]

    def transform_fn(model, body, content_type, accept):
        if body == b"memory":
            raise MemoryError("no room for this batch")
        if body == b"fails":
            raise ValueError(len(model[0]))
        return str(len(model[0])), "text/plain"
"""
BUDGET_MIB = {"serving": 400, "multi_model_server": 2000}
"""Holds the server and one model of MODEL_MIB, and not two: Multi Model Server takes some 400 MiB itself."""
MODEL_MIB = {"serving": 220, "multi_model_server": 1000}


def with_budget(start: Start, module: str) -> ManyModels:
    return ManyModels(start, module, ALLOCATES, SERVING_MEMORY_BUDGET=str(BUDGET_MIB[module] * MIB))


def artifact(models: ManyModels, name: str, mib: int, objects: int = 0, **files: str) -> None:
    models.artifact(name, mib=str(mib), objects=str(objects), **files)


def held(models: ManyModels) -> int:
    return held_bytes(models.server.process.pid)


def test_a_model_that_takes_too_much_is_unloaded_again(start: Start, module: str) -> None:
    models, mib = with_budget(start, module), MODEL_MIB[module]
    for name in ("denver", "houston"):
        artifact(models, name, mib)
    assert models.load("denver").status == 200
    before = held(models)

    refused = models.load("houston")
    assert refused.status == 507
    if module == "serving":
        assert "model 'houston' cannot be loaded: no memory for " in error_of(refused)
        assert "of the 400.0 MiB it may (SERVING_MEMORY_BUDGET)" in error_of(refused)
    assert models.loads("houston") == 1
    models.server.wait_until(lambda: models.names() == ["denver"])
    models.server.wait_until(lambda: held(models) < before + 50 * MIB)
    assert models.invoke("denver").data == str(mib * MIB).encode()

    # As the platform goes on: it unloads another model and tries again.
    assert models.unload("denver").status == 200
    models.server.wait_until(lambda: held(models) < before - (mib - 50) * MIB)
    assert models.load_again("houston").status == 200
    assert models.invoke("houston").data == str(mib * MIB).encode()
    assert models.names() == ["houston"]


def test_a_model_whose_files_are_too_large_is_not_even_loaded(start: Start, module: str) -> None:
    models = with_budget(start, module)
    artifact(models, "denver", mib=1)
    artifact(models, "vast", mib=1)
    with (models.folder("vast") / "weights.bin").open("wb") as file:
        file.truncate(4096 * MIB)  # takes no room on the disk
    assert models.load("denver").status == 200
    refused = models.load("vast")
    assert (refused.status, (models.folder("vast") / "loads").exists()) == (507, False)
    if module == "serving":
        assert "it takes some 4096.0 MiB, and the server holds" in error_of(refused)
    models.server.wait_until(lambda: models.invoke("vast").status == 404 and models.names() == ["denver"])


def test_what_a_model_took_is_known_when_it_is_loaded_again(start: Start) -> None:
    models = with_budget(start, "serving")
    for name in ("denver", "houston"):
        artifact(models, name, MODEL_MIB["serving"])
    assert models.load("denver").status == 200
    assert (models.load("houston").status, models.loads("houston")) == (507, 1)
    again = models.load("houston")
    assert (again.status, models.loads("houston")) == (507, 1)
    assert "no memory for " in error_of(again)


@pytest.mark.parametrize(("mib", "objects"), [(200, 0), (0, 1_500_000)])
def test_an_unloaded_model_gives_its_memory_back(start: Start, mib: int, objects: int) -> None:
    models = ManyModels(start, "serving", ALLOCATES)
    artifact(models, "first", 0)
    artifact(models, "large", mib, objects)
    assert models.load("first").status == 200
    before = held(models)
    for _ in range(3):
        assert models.load("large").status == 200
        assert held(models) > before + 80 * MIB
        assert models.invoke("large", b"fails").status == 500  # its traceback refers to the model
        assert models.unload("large").status == 200
        assert held(models) < before + 30 * MIB


@pytest.mark.parametrize(("file", "status"), [("broken", 500), ("too large", 507)])
def test_a_failed_load_gives_its_memory_back(start: Start, file: str, status: int) -> None:
    models = ManyModels(start, "serving", ALLOCATES)
    artifact(models, "whole", 0)
    artifact(models, "half", 200, **{file: ""})
    assert models.load("whole").status == 200
    before = held(models)
    for _ in range(3):
        assert models.load("half").status == status
        assert held(models) < before + 30 * MIB
    assert models.names() == ["whole"]


def test_a_model_for_which_there_is_no_memory_can_be_loaded_later(start: Start, module: str) -> None:
    models = ManyModels(start, module, ALLOCATES)
    artifact(models, "denver", 1, **{"too large": ""})
    for _ in range(5):  # Multi Model Server's worker ends by itself at times, and hangs at others
        assert models.load_again("denver").status == 507
    if module == "multi_model_server":
        models.server.wait_until(lambda: len(models.server.children()) == 1)  # Java
    (models.folder("denver") / "too large").unlink()
    assert models.load_again("denver").status == 200
    assert models.invoke("denver").data == str(MIB).encode()


def test_a_request_for_which_there_is_no_memory_is_answered_by_507(start: Start, module: str) -> None:
    models = ManyModels(start, module, ALLOCATES)
    artifact(models, "denver", 1)
    assert models.load("denver").status == 200
    answer = models.invoke("denver", b"memory")
    assert (answer.status, reason_of(answer)) == (507, "MemoryError: no room for this batch")
    assert models.invoke("denver").status == 200


def test_what_is_held_counts_children_and_not_what_is_only_reserved() -> None:
    gc.collect()
    before = held_bytes(os.getpid())
    reserved = mmap.mmap(-1, 300 * MIB)  # pages, which the system gives when they are touched
    assert held_bytes(os.getpid()) < before + 50 * MIB
    reserved[:] = b"x" * len(reserved)
    assert held_bytes(os.getpid()) > before + 250 * MIB
    reserved.close()
    program = f"filled = bytearray(b'x') * {200 * MIB}; print('filled', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdout.readline()
        assert held_bytes(os.getpid()) > before + 150 * MIB
        child.stdin.write(b"\n")
    assert held_bytes(os.getpid()) < before + 50 * MIB
    assert held_bytes(child.pid) == 0


def test_the_size_on_disk_is_that_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a").write_bytes(b"x" * 1000)
    (tmp_path / "b").write_bytes(b"x" * 24)
    (tmp_path / "link").symlink_to("b")
    (tmp_path / "broken").symlink_to("nowhere")
    assert bytes_on_disk(tmp_path) == 1048
    assert bytes_on_disk(tmp_path / "none") == 0


def test_a_model_alone_is_refused_for_its_files_only(tmp_path: Path) -> None:
    holding = 100
    budget = MemoryBudget(1000, lambda: holding)
    assert budget.admit(tmp_path, alone=True) == 100
    holding = 1001
    with pytest.raises(GenericInferenceToolkitError, match="507"):
        budget.settle(tmp_path, 100)
    holding = 100
    assert (
        budget.admit(tmp_path, alone=True) == 100
    )  # nobody else could make room, and the last load may have taken others' share
    with pytest.raises(GenericInferenceToolkitError, match="507"):
        budget.admit(tmp_path, alone=False)
    (tmp_path / "weights").write_bytes(b"x" * 901)
    with pytest.raises(GenericInferenceToolkitError, match="507"):
        budget.admit(tmp_path, alone=True)


def test_garbage_is_no_reason_to_refuse(tmp_path: Path) -> None:
    measured = iter([1001, 500, 1001, 900])
    budget = MemoryBudget(1000, lambda: next(measured))
    before = budget.admit(tmp_path, alone=True)
    assert (before, budget.settle(tmp_path, before)) == (500, 400)
