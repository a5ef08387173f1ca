"""The least that a cold load takes: `python unpack_and_load.py ARCHIVE COUNT` unpacks and calls model_fn, time after time.

Prints the milliseconds of each as a JSON list. Libraries are imported before; each model is kept, as a server keeps it.
"""

import json
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from inference import model_fn

archive, count = sys.argv[1], int(sys.argv[2])
times: list[float] = []
models = []
with tempfile.TemporaryDirectory() as folder:
    for number in range(count + 1):
        started = time.perf_counter()
        target = Path(folder) / str(number)
        target.mkdir()
        with tarfile.open(archive) as tar:
            tar.extractall(target, filter="data")
        models.append(model_fn(str(target)))
        times.append((time.perf_counter() - started) * 1000)
print(json.dumps(times[1:]))
