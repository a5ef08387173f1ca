"""triton_python_backend_utils for models in one process: what passes from one to the next is made here, and not by Triton.

A tensor of Triton's takes longer to make than a small model takes to run. Arrays pass as Triton would pass them, in the order of C and
with texts as bytes, but without a copy.
"""

import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
import triton_python_backend_utils as triton

NUMBERS = frozenset(np.dtype(kind) for kind in triton.TRITON_STRING_TO_NUMPY.values()) - {np.dtype(np.object_)}


class Tensor:
    """An array by a name, or a tensor of Triton's."""

    __slots__ = ("_array", "_name", "_own")

    def __init__(self, name: str, array: Any, own: Any = None) -> None:
        if own is None and not (type(array) is np.ndarray and array.dtype in NUMBERS and array.flags.c_contiguous):
            array = as_triton_reads(name, array)
        self._name = name
        self._array = array
        self._own = own

    @staticmethod
    def of(own: Any) -> "Tensor":
        """A tensor of Triton's, or of this module."""
        return own if type(own) is Tensor else Tensor(own.name(), None, own)

    @staticmethod
    def from_dlpack(name: str, tensor: Any) -> "Tensor":
        return Tensor(name, None, triton.Tensor.from_dlpack(name, tensor))

    def renamed(self, name: str) -> "Tensor":
        return self if name == self._name else Tensor(name, self._array, self._own)

    def copy(self) -> "Tensor":
        """One whose array is nobody else's; what lies on a GPU stays as it is."""
        return Tensor(self._name, self.as_numpy().copy()) if self.is_cpu() else self

    def own(self) -> Any:
        """Triton's, by this name."""
        if self._own is None or (self._own.name() != self._name and self._own.is_cpu()):
            self._own = triton.Tensor(self._name, self.as_numpy())
        elif self._own.name() != self._name:
            self._own = triton.Tensor.from_dlpack(self._name, self._own)
        return self._own

    def name(self) -> str:
        return self._name

    def as_numpy(self) -> Any:
        if self._array is None:
            self._array = self._own.as_numpy()
        return self._array

    def is_cpu(self) -> bool:
        return self._own is None or self._own.is_cpu()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.own(), name)

    def __dlpack__(self, **how: Any) -> Any:
        return self.own().__dlpack__(**how)

    def __dlpack_device__(self) -> Any:
        return self.own().__dlpack_device__()


class InferenceResponse:
    """What a model made of a request, or why it did not."""

    __slots__ = ("_error", "_tensors")

    def __init__(self, output_tensors: Sequence[Any] = (), error: Any = None, **_: Any) -> None:
        self._tensors = output_tensors
        self._error = error

    def output_tensors(self) -> list[Any]:
        return list(self._tensors)

    def has_error(self) -> bool:
        return self._error is not None

    def error(self) -> Any:
        return self._error


def inference_request(*given: Any, **by_name: Any) -> Any:
    """A request to another model, which Triton runs."""
    return triton.InferenceRequest(
        *[for_triton(value) for value in given], **{name: for_triton(value) for name, value in by_name.items()}
    )


def for_triton(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [item.own() if isinstance(item, Tensor) else item for item in value]


def as_triton_reads(name: str, array: Any) -> Any:
    """The array as another model gets it, or Triton's error. Texts that are no bytes become bytes."""
    read = triton.Tensor(name, array).as_numpy()
    if read.dtype.kind not in "OS":
        return read
    texts = np.empty(read.shape, np.object_)
    texts.flat = [text if type(text) is bytes else str(text).encode() for text in read.flat]
    return texts


def install() -> None:
    """From here on, what imports triton_python_backend_utils gets this."""
    module = ModuleType(triton.__name__)
    module.__dict__.update(triton.__dict__)
    module.__dict__.update(Tensor=Tensor, InferenceResponse=InferenceResponse, InferenceRequest=inference_request)
    sys.modules[triton.__name__] = module
