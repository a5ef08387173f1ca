"""Assembles the models of the scans' Triton ensemble: `python models/scans/triton/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/triton/requirements.txt. Each model's version folder gets its model.py, the modules that it
shares with the container of the same name, and the artifact that this container serves: the one beside it, or where that is
missing one that is trained for it. The config.pbtxt files and the ensemble's own folder are not made here; they come from
the stack's description of the ensemble. Writes to the folder (default: artifact beside this file), all or nothing.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.append(str(ROOT / "models"))

from write_artifact import write_artifact  # noqa: E402

VERSION = "1"
SHARED = {
    "quality": ("calibration", "edges", "images", "page", "paper", "text_lines"),
    "recognition": ("reader",),
    "topics": ("topic_model", "words"),
}
"""The modules that each model takes from its container."""
HELPERS = {
    "quality": ("batches", "page_file"),
    "recognition": ("batches", "page_file"),
    "topics": ("batches",),
}
"""Those that the models of the ensemble have in common."""


def main(output: Path) -> None:
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as work:
        for step in SHARED:
            sources = [
                HERE / step / "model.py",
                *(ROOT / "containers" / step / f"{name}.py" for name in SHARED[step]),
                *(HERE / "shared" / f"{name}.py" for name in HELPERS[step]),
                *sorted(artifact_of(step, Path(work) / step).iterdir()),
            ]
            files |= {f"{step}/{VERSION}/{source.name}": source.read_bytes() for source in sources}
    write_artifact(output, files)
    print(f"{len(SHARED)} models: {output}")


def artifact_of(step: str, trained: Path) -> Path:
    """The folder of what the step's container serves, trained where there is none."""
    made = HERE.parent / step / "artifact"
    if made.is_dir():
        return made
    subprocess.run([sys.executable, HERE.parent / step / "train.py", trained], check=True)
    return trained


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
