"""A model repository on a machine without a GPU, and the arguments that AWS's variables make."""

from pathlib import Path

import pytest

from triton_server.arguments import StartError, serve_arguments
from triton_server.on_cpu import run_on_cpu


def adapted(tmp_path: Path, config: str) -> tuple[str, list[str]]:
    """A model's config.pbtxt afterwards, without differences in space, and what was said."""
    (tmp_path / "reader").mkdir()
    file = tmp_path / "reader" / "config.pbtxt"
    file.write_text(config)
    said = run_on_cpu(tmp_path)
    return " ".join(file.read_text().split()), said


@pytest.mark.parametrize(
    ("config", "wanted"),
    [
        ("instance_group [ { kind: KIND_GPU } ]", "instance_group [ { kind: KIND_CPU } ]"),
        ("instance_group { count: 2, kind: KIND_GPU, gpus: [0, 1] }", "instance_group { kind: KIND_CPU count: 2, }"),
        ("instance_group < gpus: 0; gpus: 1; kind: 1 >", "instance_group < kind: KIND_CPU >"),
        ("instance_group { gpus: [ 0 ] }", "instance_group { kind: KIND_CPU }"),
        (
            "instance_group [ { kind: KIND_CPU }, { kind: KIND_GPU } ] # { kind: KIND_GPU }",
            "instance_group [ { kind: KIND_CPU }, { kind: KIND_CPU } ] # { kind: KIND_GPU }",
        ),
    ],
)
def test_groups_for_a_gpu_become_groups_for_the_processor(tmp_path: Path, config: str, wanted: str) -> None:
    around = 'name: "reader" parameters { key: "kind" value { string_value: "} instance_group { kind: KIND_GPU" } }'
    text, [statement] = adapted(tmp_path, f"{around}\n{config}")
    assert text == f"{around} {wanted}"
    assert statement == "model reader is meant for a GPU, and there is none on this machine: it runs on CPU"


def test_accelerators_of_a_gpu_go_and_others_stay(tmp_path: Path) -> None:
    text, [statement] = adapted(
        tmp_path,
        """instance_group { kind: KIND_GPU }
        optimization { execution_accelerators {
            gpu_execution_accelerator : [ { name : "tensorrt" parameters { key: "precision_mode" value: "FP16" } } ]
            cpu_execution_accelerator : [ { name : "openvino" } ]
        } }""",
    )
    assert text == (
        "instance_group { kind: KIND_CPU } optimization { execution_accelerators { "
        'cpu_execution_accelerator : [ { name : "openvino" } ] } }'
    )
    assert statement.endswith("it runs on CPU, without tensorrt")


@pytest.mark.parametrize(
    "config",
    [
        "instance_group { kind: KIND_CPU }",
        "instance_group { count: 2 }",
        "instance_group { kind: KIND_CPU gpus: 0 }",  # a mistake on any machine, which Triton must report
        "instance_group { kind: KIND_MODEL gpus: 0 }",
        'platform: "ensemble"',
        "instance_group [ { kind: KIND_GPU ",
        "instance_group: ]",
        "instance_group",
        "",
    ],
)
def test_what_is_not_for_a_gpu_or_cannot_be_read_stays_as_it_is(tmp_path: Path, config: str) -> None:
    assert adapted(tmp_path, config) == (config.strip(), [])


def arguments_of(tmp_path: Path, gpus: int = 0, **environment: str) -> list[str]:
    (tmp_path / "base" / "model" / "scans").mkdir(parents=True, exist_ok=True)
    return serve_arguments(environment, tmp_path / "base", tmp_path / "work", gpus)[0]


def test_arguments_are_those_of_aws(tmp_path: Path) -> None:
    assert set(arguments_of(tmp_path)) == {
        "--allow-sagemaker=true",
        "--allow-http=false",
        "--allow-grpc=false",
        "--allow-metrics=false",
        "--model-control-mode=explicit",
        "--model-namespacing=true",
        "--log-verbose=true",
        "--backend-config=python,shm-default-byte-size=16777216",
        "--backend-config=python,shm-growth-byte-size=1048576",
        f"--model-repository={tmp_path}/base/model",
        "--load-model=scans",
    }
    given = arguments_of(
        tmp_path,
        gpus=2,
        SAGEMAKER_BIND_TO_PORT="9001",
        SAGEMAKER_SAFE_PORT_RANGE="9002-9010",
        SAGEMAKER_TRITON_ALLOW_METRICS="true",
        SAGEMAKER_TRITON_METRICS_PORT="9002",
        SAGEMAKER_TRITON_THREAD_COUNT="4",
        SAGEMAKER_TRITON_LOG_VERBOSE="false",
        SAGEMAKER_TRITON_SHM_DEFAULT_BYTE_SIZE="1048576",
        SAGEMAKER_TRITON_MODEL_LOAD_GPU_LIMIT="0.5",
        SAGEMAKER_TRITON_ADDITIONAL_ARGS="--cache-config=local,size=1048576 --exit-timeout-secs=5",
    )
    assert {
        "--sagemaker-port=9001",
        "--sagemaker-safe-port-range=9002-9010",
        "--allow-metrics=true",
        "--metrics-port=9002",
        "--sagemaker-thread-count=4",
        "--log-verbose=false",
        "--backend-config=python,shm-default-byte-size=1048576",
        "--model-load-gpu-limit=0:0.5",
        "--model-load-gpu-limit=1:0.5",
        "--cache-config=local,size=1048576",
        "--exit-timeout-secs=5",
    } <= set(given)


def test_many_models_start_with_none(tmp_path: Path) -> None:
    arguments, model = serve_arguments({"SAGEMAKER_MULTI_MODEL": "true"}, tmp_path / "base", tmp_path / "work", 0)
    assert model is None
    assert f"--model-repository={tmp_path}/work/sagemaker" in arguments
    assert not any(argument.startswith("--load-model") for argument in arguments)


def test_what_this_triton_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="INFERENCE_TYPE is generate: this Triton, 2.51, answers infer alone"):
        arguments_of(tmp_path, SAGEMAKER_TRITON_INFERENCE_TYPE="generate")
