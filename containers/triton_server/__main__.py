"""`python -m triton_server [serve | clean | adapt FOLDER | gpus]`, where `serve` is meant without a word.

serve: becomes tritonserver, started as AWS's image starts it, for the folder that SAGEMAKER_BASE_DIR names (/opt/ml) and
SAGEMAKER_TRITON_* variables; it listens on 127.0.0.1 alone. clean: removes the shared memory of servers that were killed.
adapt: lets the GPU groups of a model repository run on CPU where there is no GPU, as `serve` does with its own; for
repositories that are loaded later, by the multi-model API. gpus: prints how many GPUs there are.
"""

import os
import sys
import tempfile
from pathlib import Path

from triton_server.arguments import StartError, ping_mode, serve_arguments
from triton_server.gpus import count_gpus
from triton_server.on_cpu import run_on_cpu
from triton_server.shared_memory import region_prefix, remove_left_regions
from triton_server.wheel import install_server

DEFAULT_MODEL = "SAGEMAKER_TRITON_DEFAULT_MODEL_NAME"
USAGE = "usage: python -m triton_server [serve | clean | adapt FOLDER | gpus]"


def main(arguments: list[str]) -> int:
    match arguments:
        case [] | ["serve"]:
            try:
                serve()
            except StartError as error:
                print(f"ERROR: {error}", flush=True)
                return 1
        case ["clean"]:
            remove_left_regions()
        case ["adapt", folder]:
            adapt(Path(folder))
        case ["gpus"]:
            print(count_gpus())
        case _:
            print(f"{USAGE}, not {' '.join(arguments)!r}", file=sys.stderr)
            return 2
    return 0


def serve() -> None:
    """Does not return: this process becomes the server.

    :raises StartError: where AWS's image would not start either, or this machine cannot run the server
    """
    remove_left_regions()
    gpus = count_gpus()
    base = Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
    work = Path(tempfile.mkdtemp(prefix="triton-"))
    arguments, model = serve_arguments(os.environ, base, work, gpus)
    if (base / "model").is_dir():
        adapt(base / "model", gpus)
    server = install_server(work)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # it led here, no further
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    environment["LD_LIBRARY_PATH"] = server.libraries
    environment["SAGEMAKER_TRITON_PING_MODE"] = ping_mode(os.environ)
    if model is not None:
        environment[DEFAULT_MODEL] = model
    # What follows counts where an argument is given twice, so nothing that a user adds opens a port to other machines.
    here = [
        f"--backend-directory={server.backends}",
        f"--cache-directory={server.caches}",
        f"--backend-config=python,shm-region-prefix-name={region_prefix(os.getpid())}",
        *(f"--{endpoint}-address=127.0.0.1" for endpoint in ("http", "grpc", "metrics")),
    ]
    sys.stdout.flush()
    os.execve(server.program, ["tritonserver", *arguments, *here], environment)


def adapt(repository: Path, gpus: int | None = None) -> None:
    """Says what runs on CPU instead of GPU, one line for each model."""
    if (count_gpus() if gpus is None else gpus) == 0:
        for statement in run_on_cpu(repository):
            print(f"WARNING: {statement}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
