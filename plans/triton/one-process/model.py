"""Runs the steps of an ensemble, each a Python model of its own, one after another in this process.

steps.json, beside this file, has the steps, each after those that feed it, and the configurations of their models. The models'
folders lie beside this model's own. Each model sees its own modules alone, whatever another one calls its modules.
"""

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import triton_python_backend_utils as triton

Tensors = dict[str, Any]
"""By the name that they go by in the ensemble."""


class TritonPythonModel:
    def initialize(self, arguments: dict[str, str]) -> None:
        own = Path(arguments["model_repository"])
        described = json.loads((own / arguments["model_version"] / "steps.json").read_text())
        models = {
            config["name"]: StepModel(own.parent / config["name"], config, arguments) for config in described["models"]
        }
        self._models = list(models.values())
        self._steps = [Step(models[step["model"]], step["inputs"], step["outputs"]) for step in described["steps"]]
        self._outputs = described["outputs"]

    def execute(self, requests: list[Any]) -> list[Any]:
        tensors: list[Tensors] = [{tensor.name(): tensor for tensor in request.inputs()} for request in requests]
        answers: list[Any] = [None] * len(requests)
        for step in self._steps:
            waiting = [place for place, answer in enumerate(answers) if answer is None]
            if not waiting:
                break
            made = step.run([requests[place] for place in waiting], [tensors[place] for place in waiting])
            for place, response in zip(waiting, made, strict=True):
                if response.has_error():
                    answers[place] = response
                else:
                    step.keep(response, tensors[place])
        return [self._answer(tensors[place]) if answer is None else answer for place, answer in enumerate(answers)]

    def finalize(self) -> None:
        for model in self._models:
            model.finalize()

    def _answer(self, tensors: Tensors) -> Any:
        return triton.InferenceResponse([renamed(tensors[name], name) for name in self._outputs])


class Step:
    """One run of a model. Its maps are those of the ensemble: the model's tensors → the ensemble's."""

    def __init__(self, model: "StepModel", inputs: dict[str, str], outputs: dict[str, str]) -> None:
        self._model = model
        self._inputs = inputs
        self._outputs = outputs

    def run(self, requests: list[Any], tensors: list[Tensors]) -> list[Any]:
        """A response for each request, all of which the model gets at once."""
        responses = self._model.execute(
            [
                StepRequest(request, [renamed(known[name], own) for own, name in self._inputs.items()], self._outputs)
                for request, known in zip(requests, tensors, strict=True)
            ]
        )
        if len(responses) != len(requests):
            raise triton.TritonModelException(
                f"model {self._model.name} made {len(responses)} responses of {len(requests)} requests"
            )
        return responses

    def keep(self, response: Any, tensors: Tensors) -> None:
        made = {tensor.name(): tensor for tensor in response.output_tensors()}
        missing = [own for own in self._outputs if own not in made]
        if missing:
            raise triton.TritonModelException(f"model {self._model.name} made no {', '.join(missing)}")
        for own, name in self._outputs.items():
            tensors[name] = made[own]


class StepRequest:
    """A request as the model of a step sees it."""

    def __init__(self, request: Any, inputs: list[Any], outputs: dict[str, str]) -> None:
        self._request = request
        self._inputs = inputs
        self._outputs = outputs

    def inputs(self) -> list[Any]:
        return self._inputs

    def requested_output_names(self) -> list[str]:
        return list(self._outputs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)


class StepModel:
    """A model.py with the modules beside it."""

    def __init__(self, folder: Path, config: dict[str, Any], arguments: dict[str, str]) -> None:
        self.name = config["name"]
        version = max(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
        self._folder = folder / str(version)
        self._modules: dict[str, ModuleType] = {}
        self._hidden: dict[str, ModuleType] = {}
        self._known = 0
        self._enter()
        try:
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
        finally:
            self._leave()

    def execute(self, requests: list[Any]) -> list[Any]:
        self._enter()
        try:
            return self._model.execute(requests)
        finally:
            self._leave()

    def finalize(self) -> None:
        if hasattr(self._model, "finalize"):
            self._model.finalize()

    def _load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location("model", self._folder / "model.py")
        assert spec is not None and spec.loader is not None  # both exist for every .py file
        module = importlib.util.module_from_spec(spec)
        sys.modules["model"] = module  # pickled objects look their classes up here
        spec.loader.exec_module(module)
        return module

    def _enter(self) -> None:
        sys.path.insert(0, str(self._folder))
        self._hidden = {name: sys.modules[name] for name in ("model", *self._modules) if name in sys.modules}
        sys.modules.update(self._modules)
        self._known = len(sys.modules)

    def _leave(self) -> None:
        sys.path.remove(str(self._folder))
        if len(sys.modules) != self._known or not self._modules:  # something was imported
            self._modules = {name: module for name, module in sys.modules.items() if self._has(module)}
        for name in self._modules:
            del sys.modules[name]
        sys.modules.update(self._hidden)

    def _has(self, module: ModuleType) -> bool:
        return str(getattr(module, "__file__", None)).startswith(f"{self._folder}{os.sep}")


def renamed(tensor: Any, name: str) -> Any:
    """The tensor by another name."""
    if tensor.name() == name:
        return tensor
    return triton.Tensor(name, tensor.as_numpy()) if tensor.is_cpu() else triton.Tensor.from_dlpack(name, tensor)
