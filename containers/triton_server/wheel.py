"""The server in the package nvidia-pytriton, put together so that it runs from a virtual environment."""

import ctypes
import importlib.util
import re
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from triton_server.arguments import StartError

SET_WORD = re.compile(rb"\xc7\x83(.{4})0\.0\.", re.DOTALL)
"""The machine code `mov dword [rbx + N], "0.0."`, in which N is taken: the first four letters of an address."""
SET_LETTER = b"\xc6\x83%b0"
"""The machine code `mov byte [rbx + N], "0"`."""


@dataclass(frozen=True)
class InstalledServer:
    program: Path
    backends: Path
    caches: Path
    libraries: str
    """What LD_LIBRARY_PATH must be."""


def install_server(work: Path) -> InstalledServer:
    """Links and copies what the server needs into a folder of its own; the package is only read.

    :raises StartError: where the package cannot run here, saying why
    """
    package = find_package()
    server = package / "tritonserver"
    stub = server / "python_backend_stubs" / python_version() / "triton_python_backend_stub"
    if not stub.is_file():
        known = sorted((path.name for path in stub.parents[1].iterdir()), key=lambda name: int(name.split(".")[1]))
        raise StartError(f"nvidia-pytriton's Python backend runs in Python {', '.join(known)}, not {python_version()}")
    backends = work / "backends"
    (backends / "python").mkdir(parents=True)
    for file in [*(server / "backends" / "python").iterdir(), stub]:
        if file.is_file():
            (backends / "python" / file.name).symlink_to(file)
    library = find_python_library()
    (work / "lib").mkdir()
    (work / "lib" / library.name).symlink_to(library)
    program = work / "tritonserver"
    program.write_bytes(on_loopback((server / "bin" / "tritonserver").read_bytes()))
    program.chmod(0o755)
    libraries = f"{package.parent / 'nvidia_pytriton.libs'}:{work / 'lib'}"
    return InstalledServer(program, backends, server / "caches", libraries)


def find_package() -> Path:
    found = importlib.util.find_spec("pytriton")
    if found is None or found.origin is None:
        raise StartError(f"{sys.executable} has no package nvidia-pytriton; triton_server/requirements.txt lists it")
    return Path(found.origin).parent


def python_version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def find_python_library() -> Path:
    """This Python as a shared library, which the Python backend's own program is linked to."""
    name = f"libpython{python_version()}.so.1.0"
    folders = [sysconfig.get_config_var("LIBDIR"), f"{sys.base_prefix}/lib"]
    for folder in folders:
        if folder and (Path(folder) / name).is_file():
            return Path(folder) / name
    try:
        ctypes.CDLL(name)
    except OSError as error:
        raise StartError(
            f"Triton's Python backend needs {name}, which {sys.base_prefix} was built without: install it (Debian and"
            f" Ubuntu: apt install libpython{python_version()}), or name another Python by $PYTHON"
        ) from error
    return loaded_from(name)


def loaded_from(name: str) -> Path:
    """Where a library of this process lies."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        if line.endswith(f"/{name}"):
            return Path(line.split(maxsplit=5)[5])
    raise StartError(f"{name} was loaded, and is in none of this process's maps")


def on_loopback(program: bytes) -> bytes:
    """The program with 127.0.0.1 as the address that its endpoints listen on.

    The SageMaker endpoint has no argument for it: 0.0.0.0 is set in the constructor of the server's parameters, letter by
    letter. 127.0.1 has as many letters, and inet_addr() reads it as 127.0.0.1.

    :raises StartError: where the constructor is not as expected, since the server would listen to the whole network
    """
    patched = bytearray(program)
    changed = 0
    for word in SET_WORD.finditer(program):
        offset = int.from_bytes(word[1], "little")
        letter = program.find(SET_LETTER % (offset + 6).to_bytes(4, "little"), word.end(), word.end() + 64)
        if letter != -1:
            patched[word.end() - 4 : word.end()] = b"127."
            patched[letter + 6 : letter + 7] = b"1"
            changed += 1
    if changed < ENDPOINTS:
        raise StartError(
            f"{changed} of {ENDPOINTS} addresses were found in tritonserver: it is not the one of nvidia-pytriton 0.7.0, and"
            " would listen to the whole network"
        )
    return bytes(patched)


ENDPOINTS = 4
"""HTTP, SageMaker, Vertex AI and metrics."""
