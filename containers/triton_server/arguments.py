"""The arguments that AWS's image gives tritonserver: its script `serve`, read for the same variables.

See https://github.com/triton-inference-server/server/blob/main/docker/sagemaker/serve
"""

from collections.abc import Mapping
from pathlib import Path

PREFIX = "SAGEMAKER_TRITON_"
OPTIONS = {
    "DISABLE_MODEL_NAMESPACING": ("--model-namespacing=", "true"),
    "ALLOW_GRPC": ("--allow-grpc=", "false"),
    "ALLOW_METRICS": ("--allow-metrics=", "false"),
    "METRICS_PORT": ("--metrics-port=", None),
    "GRPC_PORT": ("--grpc-port=", None),
    "BUFFER_MANAGER_THREAD_COUNT": ("--buffer-manager-thread-count=", None),
    "THREAD_COUNT": ("--sagemaker-thread-count=", None),
    "LOG_VERBOSE": ("--log-verbose=", "true"),
    "LOG_INFO": ("--log-info=", None),
    "LOG_WARNING": ("--log-warning=", None),
    "LOG_ERROR": ("--log-error=", None),
    "SHM_DEFAULT_BYTE_SIZE": ("--backend-config=python,shm-default-byte-size=", str(16 * 2**20)),
    "SHM_GROWTH_BYTE_SIZE": ("--backend-config=python,shm-growth-byte-size=", str(2**20)),
    "TENSORFLOW_VERSION": ("--backend-config=tensorflow,version=", None),
}
"""What follows the prefix in a variable's name → the argument, and what it is where the variable is unset or empty."""


class StartError(Exception):
    """Why the server does not start."""


def serve_arguments(
    environment: Mapping[str, str], base: Path, work: Path, gpus: int
) -> tuple[list[str], str | None]:
    """The arguments, and the model that answers /invocations; None where the multi-model API names models.

    :param base: stands for /opt/ml
    :param work: a folder of this server's own
    :raises StartError: where AWS's script would end
    """
    is_multi_model = environment.get("SAGEMAKER_MULTI_MODEL") == "true"
    repository = work / "sagemaker" if is_multi_model else base / "model"
    repository.mkdir(parents=True, exist_ok=True)
    arguments = [
        "--allow-sagemaker=true",
        "--allow-http=false",
        "--model-control-mode=explicit",
        f"--model-repository={repository}",
    ]
    for variable, option in (
        ("SAGEMAKER_BIND_TO_PORT", "--sagemaker-port="),
        ("SAGEMAKER_SAFE_PORT_RANGE", "--sagemaker-safe-port-range="),
    ):
        if environment.get(variable):
            arguments.append(f"{option}{environment[variable]}")
    for name, (option, default) in OPTIONS.items():
        value = environment.get(PREFIX + name) or default
        if value is not None:
            arguments.append(f"{option}{value}")
    limit = environment.get(f"{PREFIX}MODEL_LOAD_GPU_LIMIT")
    if limit:
        arguments += [f"--model-load-gpu-limit={gpu}:{limit}" for gpu in range(gpus)]
    arguments += environment.get(f"{PREFIX}ADDITIONAL_ARGS", "").split()
    check_inference_type(environment.get(f"{PREFIX}INFERENCE_TYPE", ""))
    if is_multi_model:
        return arguments, None
    model = model_to_load(repository, environment.get(f"{PREFIX}DEFAULT_MODEL_NAME", ""))
    return [*arguments, f"--load-model={model}"], model


def ping_mode(environment: Mapping[str, str]) -> str:
    """What /ping answers for: "ready", all models that were asked for; "live", the server, whatever its models."""
    usual = "live" if environment.get("SAGEMAKER_MULTI_MODEL") == "true" else "ready"
    return environment.get(f"{PREFIX}OVERRIDE_PING_MODE") or usual


def model_to_load(repository: Path, named: str) -> str:
    """
    :raises StartError: where the repository is none, or holds several models and none is named
    """
    if (repository / "config.pbtxt").is_file():
        raise StartError(
            f"Incorrect directory structure. {repository} has a config.pbtxt at its root: a model's files belong in a folder"
            " of the model's name"
        )
    folders = sorted(path.name for path in repository.iterdir() if path.is_dir())
    found = f"{repository} has {', '.join(folders) or 'no folder'}"
    if named:
        if named not in folders:
            raise StartError(
                f"Directory with provided {PREFIX}DEFAULT_MODEL_NAME {named} does not exist: {found}"
            )
        return named
    if not folders:
        raise StartError(f"No model found in model repository: {found}")
    if len(folders) > 1:
        raise StartError(
            f"More than 1 model directory found in model repository: {found}. Set {PREFIX}DEFAULT_MODEL_NAME to one of"
            " them; the name of an ensemble runs all its models"
        )
    print(f"WARNING: No {PREFIX}DEFAULT_MODEL_NAME provided. Starting with the only model directory, {folders[0]}")
    return folders[0]


def check_inference_type(kind: str) -> None:
    if kind in ("", "infer"):
        return
    if kind in ("generate", "generate_stream"):
        raise StartError(
            f"{PREFIX}INFERENCE_TYPE is {kind}: this Triton, 2.51, answers infer alone; later images know it, so run one of"
            " those with --docker"
        )
    raise StartError(f"Invalid {PREFIX}INFERENCE_TYPE '{kind}'. Must be one of: infer, generate, generate_stream")
