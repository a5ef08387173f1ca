"""Writes an artifact's folder, all or nothing."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_artifact(output: Path, files: Mapping[str, bytes]) -> None:
    """Replaces the folder by one with these files, by path (`europe/lisbon/model.json`); one that ends in / is an empty folder."""
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    try:
        made = work / "made"
        made.mkdir()
        for name, content in files.items():
            folder = made / name if name.endswith("/") else (made / name).parent
            folder.mkdir(parents=True, exist_ok=True)
            if not name.endswith("/"):
                (made / name).write_bytes(content)
        if output.exists():
            os.rename(output, work / "old")
        os.rename(made, output)
    finally:
        shutil.rmtree(work)
