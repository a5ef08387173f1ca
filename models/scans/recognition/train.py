"""Makes the recognition model's artifact: `python models/scans/recognition/train.py [OUTPUT_FOLDER]`.

Runs in the Python of containers/recognition/requirements.txt. Nothing is trained: the two models that the package
rapidocr brings (PP-OCRv6 small: one finds lines, one reads them; Apache-2.0) are copied, with their licences, so that the
container loads them from its artifact. Other models of the same kind are served by other files under the same names.
Writes the same files each time to the folder (default: artifact beside this file), all or nothing.
"""

import sys
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path += [str(ROOT / "models"), str(ROOT / "containers" / "recognition")]

from reader import DETECTION, RECOGNITION  # noqa: E402
from write_artifact import write_artifact  # noqa: E402

FILES = {
    DETECTION: "PP-OCRv6_det_small.onnx",
    RECOGNITION: "PP-OCRv6_rec_small.onnx",
    "LICENSE": "LICENSE",
    "MODEL_LICENSES.md": "MODEL_LICENSES.md",
}
"""The artifact's files, and what they are called in the package."""


def main(output: Path) -> None:
    package = distribution("rapidocr")
    found = {PurePosixPath(path).name: Path(str(package.locate_file(path))) for path in package.files or ()}
    missing = [name for name in FILES.values() if name not in found]
    if missing:
        sys.exit(f"rapidocr {package.version} has no {', '.join(missing)}")
    write_artifact(output, {name: found[source].read_bytes() for name, source in FILES.items()})
    print(f"models of rapidocr {package.version}: {output}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(f"usage: {sys.argv[0]} [OUTPUT_FOLDER]")
    main(Path(sys.argv[1] if len(sys.argv) == 2 else HERE / "artifact").resolve())
