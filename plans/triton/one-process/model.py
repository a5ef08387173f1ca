"""Runs the steps of an ensemble, each a Python model of its own, one after another in this process.

steps.json, beside this file, has the steps, each after those that feed it, and the configurations of their models. The models'
folders lie beside this model's own. Each model sees its own modules alone, whatever another one calls its modules.
"""

import importlib.util
import json
import os
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import one_process_triton
import triton_python_backend_utils as triton
from one_process_triton import Tensor


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        own = Path(arguments["model_repository"])
        described = json.loads((own / arguments["model_version"] / "steps.json").read_text())
        one_process_triton.install()
        desk = Desk()
        self._models = {
            config["name"]: StepModel(own.parent / config["name"], config, arguments, desk)
            for config in described["models"]
        }
        runs = Counter(step["model"] for step in described["steps"])
        readers = Counter(described["outputs"])
        readers.update(tensor for step in described["steps"] for tensor in step["inputs"].values())
        self._steps = [
            Step(self._models[step["model"]], step, runs[step["model"]], readers) for step in described["steps"]
        ]
        self._outputs = described["outputs"]

    def execute(self, requests: list[Any]) -> list[Any]:
        passages = [Passage(request) for request in requests]
        under_way = passages
        for step in self._steps:
            if not under_way:
                break
            step.run(under_way)
            if any(passage.error is not None for passage in under_way):
                under_way = [passage for passage in under_way if passage.error is None]
        return [self._answer(passage) for passage in passages]

    def finalize(self) -> None:
        for model in self._models.values():
            model.finalize()

    def _answer(self, passage: "Passage") -> Any:
        if passage.error is not None:
            return triton.InferenceResponse(error=passage.error)
        tensors = passage.tensors
        return triton.InferenceResponse([tensors[name].renamed(name).own() for name in self._outputs])


class Passage:
    """A request on its way through the steps."""

    __slots__ = ("error", "request", "tensors")

    def __init__(self, request: Any) -> None:
        self.request = request
        self.error: Any = None
        self.tensors: dict[str, Tensor] = {}
        """By the name that they go by in the ensemble."""
        for tensor in request.inputs():
            self.tensors[tensor.name()] = Tensor.of(tensor)


class Step:
    """One run of a model. Its maps are those of the ensemble: the model's tensors → the ensemble's."""

    def __init__(self, model: "StepModel", step: dict[str, Any], runs: int, readers: Counter[str]) -> None:
        """
        :param runs: how many steps run the model
        :param readers: how many read each tensor, the answer being one
        """
        self._model = model
        # A model may write into what it reads, and use the memory of its outputs again.
        self._inputs = [(own, name, readers[name] > 1) for own, name in step["inputs"].items()]
        self._are_copied = runs > 1
        self._outputs: dict[str, str] = step["outputs"]

    def run(self, passages: list[Passage]) -> None:
        """All at once, as far as the model is concerned."""
        responses = self._model.execute([self._request(passage) for passage in passages])
        if len(responses) != len(passages):
            raise triton.TritonModelException(
                f"model {self._model.name} made {len(responses)} responses of {len(passages)} requests"
            )
        for passage, response in zip(passages, responses):
            if response.has_error():
                passage.error = response.error()
            else:
                self._keep(response.output_tensors(), passage.tensors)

    def _request(self, passage: Passage) -> "StepRequest":
        tensors = passage.tensors
        inputs = [
            (tensors[name].copy() if is_copied else tensors[name]).renamed(own) for own, name, is_copied in self._inputs
        ]
        return StepRequest(passage.request, inputs, self._outputs)

    def _keep(self, made: list[Any], tensors: dict[str, Tensor]) -> None:
        missing = len(self._outputs)
        for tensor in made:
            name = self._outputs.get(tensor.name())
            if name is not None:
                missing -= 1
                tensors[name] = Tensor.of(tensor).copy() if self._are_copied else Tensor.of(tensor)
        if missing > 0:
            names = {tensor.name() for tensor in made}
            lacking = ", ".join(own for own in self._outputs if own not in names)
            raise triton.TritonModelException(f"model {self._model.name} made no {lacking}")


class StepRequest:
    """A request as the model of a step sees it."""

    __slots__ = ("_inputs", "_outputs", "_request")

    def __init__(self, request: Any, inputs: list[Tensor], outputs: dict[str, str]) -> None:
        self._request = request
        self._inputs = inputs
        self._outputs = outputs

    def inputs(self) -> list[Tensor]:
        return self._inputs

    def requested_output_names(self) -> list[str]:
        return list(self._outputs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)


class StepModel:
    """A model.py with the modules beside it."""

    def __init__(self, folder: Path, config: dict[str, Any], arguments: dict[str, str], desk: "Desk") -> None:
        self.name = config["name"]
        version = max(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
        self.folder = f"{folder / str(version)}"
        self.modules: dict[str, ModuleType] = {}
        self._desk = desk
        desk.give(self)
        self._model = self._load().TritonPythonModel()
        if hasattr(self._model, "initialize"):
            self._model.initialize(
                {
                    **arguments,
                    "model_name": config["name"],
                    "model_version": str(version),
                    "model_repository": str(folder),
                    "model_config": json.dumps(config),
                }
            )

    def execute(self, requests: list[Any]) -> list[Any]:
        self._desk.give(self)
        return self._model.execute(requests)

    def finalize(self) -> None:
        self._desk.give(self)
        if hasattr(self._model, "finalize"):
            self._model.finalize()

    def _load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location("model", f"{self.folder}/model.py")
        assert spec is not None and spec.loader is not None  # both exist for every .py file
        module = importlib.util.module_from_spec(spec)
        sys.modules["model"] = module  # pickled objects look their classes up here
        spec.loader.exec_module(module)
        return module


class Desk:
    """Where one model at a time finds its modules."""

    def __init__(self) -> None:
        self._model: StepModel | None = None
        self._known = 0

    def give(self, model: StepModel) -> None:
        if model is self._model:
            return
        if self._model is not None:
            self._clear(self._model)
        sys.path.insert(0, model.folder)
        sys.modules.update(model.modules)
        self._model = model
        self._known = len(sys.modules)

    def _clear(self, model: StepModel) -> None:
        if len(sys.modules) != self._known:  # something was imported
            folder = f"{model.folder}{os.sep}"
            model.modules = {
                name: module
                for name, module in sys.modules.items()
                if str(getattr(module, "__file__", None)).startswith(folder)
            }
        for name in model.modules:
            sys.modules.pop(name, None)
        sys.path[:] = [path for path in sys.path if path != model.folder]
