"""How a failure is answered: a status, and the JSON body `{"error": "<why>"}` without a traceback.

A handler chooses the status by raising the toolkit's `GenericInferenceToolkitError(status, message)`, or an error of
its own derived from `BaseInferenceToolkitError`. A MemoryError is 507, by which a multi-model endpoint is told to make
room. As in the toolkit, any other exception is a fault of the server: 500.
"""

import json

from sagemaker_inference.errors import BaseInferenceToolkitError, GenericInferenceToolkitError


def refusal(status: int, message: str) -> GenericInferenceToolkitError:
    """An error that is answered by this status and message."""
    return GenericInferenceToolkitError(status, message)


def status_of(error: BaseException) -> int:
    """The status that answers an error; one that is not an error's counts as 500."""
    if isinstance(error, BaseInferenceToolkitError) and error.status_code in range(400, 600):
        return int(error.status_code)
    return 507 if isinstance(error, MemoryError) else 500


def reason_of(error: BaseException) -> str:
    """What is said of an error: what a chosen status says of itself, else the exception's type and message."""
    if isinstance(error, BaseInferenceToolkitError):
        return str(error.message)
    return f"{type(error).__name__}: {error}"


def error_body(error: BaseException) -> bytes:
    return json.dumps({"error": reason_of(error)}, ensure_ascii=False).encode()
