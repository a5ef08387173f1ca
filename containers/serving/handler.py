"""A handler folder's functions, by the contract of the SageMaker Inference Toolkit."""

import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sagemaker_inference.errors import UnsupportedFormatError

from serving.default_functions import default_input_fn, default_output_fn
from serving.errors import refusal

Function = Callable[..., Any]
ARGUMENTS = {
    "pre_model_fn": ("model_dir",),
    "model_fn": ("model_dir",),
    "model_warmup_fn": ("model_dir", "model"),
    "transform_fn": ("model", "body", "content_type", "accept"),
    "input_fn": ("body", "content_type"),
    "predict_fn": ("data", "model"),
    "output_fn": ("prediction", "accept"),
}


class HandlerError(Exception):
    """The handler folder does not meet the contract."""


@dataclass(frozen=True)
class Handler:
    """Loads a model and answers requests with it; both functions take a context last."""

    load: Function
    """`(model_dir, context)` → the model, warmed up if the handler has a `model_warmup_fn`"""
    transform: Function
    """`(model, body, content_type, accept, context)` → the body of the answer, or `(body, content type)`"""


def import_handler(folder: Path, program: str) -> Handler:
    """Imports the program with its folder first on the path.

    :raises HandlerError: naming every rule of the contract that its functions break
    """
    functions = read_functions(import_module(folder, program), folder / program)

    def load(model_dir: str, context: Any) -> Any:
        if "pre_model_fn" in functions:
            functions["pre_model_fn"](model_dir, context)
        model = functions["model_fn"](model_dir, context)
        if model is None:
            raise HandlerError(f"model_fn of {folder / program} returned None, not a model")
        if "model_warmup_fn" in functions:
            functions["model_warmup_fn"](model_dir, model, context)
        return model

    transform = refusing_formats(functions["transform_fn"], 415) if "transform_fn" in functions else chain(functions)
    return Handler(load, transform)


def import_module(folder: Path, program: str) -> ModuleType:
    path = folder / program
    if not path.is_file():
        raise HandlerError(f"the handler {path} does not exist (SAGEMAKER_SUBMIT_DIRECTORY, SAGEMAKER_PROGRAM)")
    sys.path.insert(0, str(folder))
    name = path.stem
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None  # both exist for every .py file
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # pickled models look their classes up here
    spec.loader.exec_module(module)
    return module


def read_functions(module: ModuleType, path: Path) -> dict[str, Function]:
    found = {name: getattr(module, name) for name in ARGUMENTS if getattr(module, name, None) is not None}
    problems = [
        f"{name} takes {takes}" for name, function in found.items() if (takes := wrong_arguments(name, function))
    ]
    if "model_fn" not in found:
        problems.append("model_fn(model_dir) is missing")
    if "transform_fn" not in found and "predict_fn" not in found:
        problems.append("predict_fn(data, model) is missing, and so is transform_fn(model, body, content_type, accept)")
    together = [name for name in ("input_fn", "predict_fn", "output_fn") if name in found]
    if "transform_fn" in found and together:
        problems.append(
            f"transform_fn replaces input_fn, predict_fn and output_fn, yet {' and '.join(together)} exist too"
        )
    if problems:
        raise HandlerError(f"{path}: {'; '.join(problems)}")
    return {name: taking_context(function, ARGUMENTS[name]) for name, function in found.items()}


def wrong_arguments(name: str, function: Any) -> str | None:
    """What is wrong with a function's arguments; like the toolkit, it counts them."""
    if not callable(function):
        return f"no arguments: it is {type(function).__name__}, not a function"
    wanted = ARGUMENTS[name]
    count = len(inspect.signature(function).parameters)
    if count in (len(wanted), len(wanted) + 1):
        return None
    return f"{count} arguments; ({', '.join(wanted)}) and an optional context are accepted"


def taking_context(function: Function, arguments: tuple[str, ...]) -> Function:
    """The function itself when it takes a context, else one that drops it."""
    if len(inspect.signature(function).parameters) > len(arguments):
        return function
    return lambda *given: function(*given[:-1])


def chain(functions: dict[str, Function]) -> Function:
    """input_fn → predict_fn → output_fn as one transform_fn."""
    input_fn = refusing_formats(
        functions.get("input_fn") or taking_context(default_input_fn, ARGUMENTS["input_fn"]), 415
    )
    predict_fn = functions["predict_fn"]
    output_fn = refusing_formats(
        functions.get("output_fn") or taking_context(default_output_fn, ARGUMENTS["output_fn"]), 406
    )

    def transform(model: Any, body: Any, content_type: str | None, accept: str, context: Any) -> Any:
        data = input_fn(body, content_type, context)
        return output_fn(predict_fn(data, model, context), accept, context)

    return transform


def refusing_formats(function: Function, status: int) -> Function:
    """The function, with the toolkit's UnsupportedFormatError (500 there) answered by the function's own status."""

    def refuse(*given: Any) -> Any:
        try:
            return function(*given)
        except UnsupportedFormatError as error:
            raise refusal(status, " ".join(str(error).split())) from error

    return refuse
