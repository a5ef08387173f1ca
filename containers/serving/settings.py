"""What the environment asks of a server, read and checked in one place."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from serving.memory_limit import memory_limit

T = TypeVar("T")
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+")


class SettingsError(Exception):
    """Every variable that cannot be used, in one message."""


@dataclass(frozen=True)
class Settings:
    """The folders, limits and address of one server."""

    host: str
    """IP address to listen on. `SERVING_HOST`, default 0.0.0.0"""
    port: int
    """TCP port to listen on. `SAGEMAKER_BIND_TO_PORT`, default 8080"""
    model_folder: Path
    """Where the platform unpacks the artifact, if there is one: `model` in `SAGEMAKER_BASE_DIR`, default /opt/ml"""
    handler_folder: Path
    """Holds the handler and the modules it imports. `SAGEMAKER_SUBMIT_DIRECTORY`, default /opt/program"""
    program: str
    """The handler's file in its folder. `SAGEMAKER_PROGRAM`, default inference.py"""
    workers: int
    """Processes, each with a model of its own. `SAGEMAKER_MODEL_SERVER_WORKERS`, default 1: the containers of a
    pipeline share one instance's memory, and numeric libraries use every core from one process"""
    timeout_s: float
    """Seconds a request may wait, and seconds it may then run. `SAGEMAKER_MODEL_SERVER_TIMEOUT`, default 60,
    SageMaker's own limit"""
    inline: bool
    """Whether the handler runs in the event loop: saves a request some 45 µs, and makes /ping wait for a running prediction, so it is
    for steps of microseconds. The time-out does not hold then. `SERVING_INLINE`, default false"""
    default_accept: str
    """Stands in for a missing Accept header. `SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT`, default application/json"""
    max_request_bytes: int
    """Largest request body. `SERVING_MAX_REQUEST_BYTES`, default 25 MiB, SageMaker's limit for real-time endpoints"""
    multi_model: bool
    """Whether models are loaded and unloaded by requests, instead of one at the start. `SAGEMAKER_MULTI_MODEL`, default
    false"""
    load_timeout_s: float
    """Seconds that one of many models may take to load. `SERVING_LOAD_TIMEOUT`, default 360, after which SageMaker gives
    up"""
    memory_budget: int
    """Bytes that the server may hold with all of many models. `SERVING_MEMORY_BUDGET`, a number or a share of the
    container's memory; default 80%: the rest is for requests and for what a load takes beyond what was expected"""
    access_log: bool
    """Whether successful requests are logged too. `SERVING_ACCESS_LOG`, default false"""
    log_level: int
    """As Python's logging counts them. `SAGEMAKER_CONTAINER_LOG_LEVEL`, default 20 (info)"""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in the environment.

    :raises SettingsError: naming every variable that cannot be used, what it holds and what it accepts
    """
    problems: list[str] = []

    def read(name: str, default: str, accepted: str, parse: Callable[[str], T]) -> T:
        found = environment.get(name, default)
        try:
            return parse(found)
        except ValueError:
            problems.append(f"{name} is {found!r}, not {accepted}")
            return parse(default)

    settings = Settings(
        host=read("SERVING_HOST", "0.0.0.0", "an IP address", lambda value: str(ipaddress.ip_address(value))),
        port=read("SAGEMAKER_BIND_TO_PORT", "8080", "a port from 1 to 65535", whole(1, 65_535)),
        model_folder=read("SAGEMAKER_BASE_DIR", "/opt/ml", "an absolute path", absolute) / "model",
        handler_folder=read("SAGEMAKER_SUBMIT_DIRECTORY", "/opt/program", "an absolute path", absolute),
        program=read("SAGEMAKER_PROGRAM", "inference.py", "the name of a Python file, such as inference.py", program),
        workers=read("SAGEMAKER_MODEL_SERVER_WORKERS", "1", "a number from 1 to 64", whole(1, 64)),
        timeout_s=read("SAGEMAKER_MODEL_SERVER_TIMEOUT", "60", "a number of seconds from 0.1 to 3600", seconds),
        default_accept=read(
            "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT", "application/json", "a media type, such as text/csv", media_type
        ),
        max_request_bytes=read(
            "SERVING_MAX_REQUEST_BYTES",
            str(25 * 1024 * 1024),
            "a number of bytes from 1 to 2147483648",
            whole(1, 2**31),
        ),
        inline=read("SERVING_INLINE", "false", "true or false", truth),
        multi_model=read("SAGEMAKER_MULTI_MODEL", "false", "true or false", truth),
        load_timeout_s=read("SERVING_LOAD_TIMEOUT", "360", "a number of seconds from 0.1 to 3600", seconds),
        memory_budget=read(
            "SERVING_MEMORY_BUDGET",
            "80%",
            "a number of bytes, or a share of the container's memory from 1% to 100%",
            bytes_or_share,
        ),
        access_log=read("SERVING_ACCESS_LOG", "false", "true or false", truth),
        log_level=read(
            "SAGEMAKER_CONTAINER_LOG_LEVEL", "20", "a level from 10 (debug) to 50 (critical)", whole(10, 50)
        ),
    )
    if problems:
        raise SettingsError("; ".join(problems))
    return settings


def whole(least: int, most: int) -> Callable[[str], int]:
    """A parser of whole numbers in a range."""

    def parse(value: str) -> int:
        if int(value) not in range(least, most + 1):
            raise ValueError
        return int(value)

    return parse


def seconds(value: str) -> float:
    if not 0.1 <= float(value) <= 3600:  # NaN is refused too
        raise ValueError
    return float(value)


def bytes_or_share(value: str) -> int:
    if value.endswith("%"):
        return memory_limit() * whole(1, 100)(value[:-1]) // 100
    return whole(1, 2**63)(value)


def absolute(value: str) -> Path:
    path = Path(value)
    if not path.is_absolute():
        raise ValueError
    return path


def program(value: str) -> str:
    if Path(value).name != value or not value.removesuffix(".py").isidentifier():
        raise ValueError
    return value if value.endswith(".py") else f"{value}.py"


def media_type(value: str) -> str:
    if MEDIA_TYPE.fullmatch(value) is None:
        raise ValueError
    return value


def truth(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError
    return value == "true"
