"""`input_fn` and `output_fn` of a handler that has none: the toolkit's own decoders and encoders.

They are imported at first use: a handler with functions of its own does not pay for NumPy and SciPy (some 40 MB).
"""

import io
from typing import Any

from serving.errors import refusal

TEXT_TYPES = ("application/json", "text/csv")
READABLE_TYPES = (*TEXT_TYPES, "application/x-npy", "application/x-npz")
ANY_TYPE = "*/*"


def media_type(header: str) -> str:
    """The media type without its parameters, such as a charset."""
    return header.partition(";")[0].strip().lower()


def accepted_types(accept: str) -> list[str]:
    """The media types of an Accept header in the order they stand; as in the toolkit, weights (`q=`) do not count."""
    return [media_type(accepted) for accepted in accept.split(",")]


def answered_type(accept: str, default: str) -> str:
    """What a body that the handler gives no type is taken for: the first type the client accepts."""
    first = accepted_types(accept)[0]
    return default if first in ("", ANY_TYPE) else first


def default_input_fn(body: Any, content_type: str | None) -> Any:
    """The array in a JSON, CSV, NPY or NPZ body.

    :raises GenericInferenceToolkitError: 415 for another content type, 400 for a body that is not of its type
    """
    wanted = media_type(content_type or "")
    if wanted not in READABLE_TYPES:
        raise refusal(415, f"content type {content_type!r} is not supported: {', '.join(READABLE_TYPES)} are")
    from sagemaker_inference import decoder

    try:
        if wanted == "application/x-npy":
            return read_npy(body)
        return decoder.decode(body.decode() if wanted in TEXT_TYPES and isinstance(body, bytes) else body, wanted)
    except Exception as error:
        raise refusal(400, f"the body is not valid {wanted}: {error}") from error


def read_npy(body: bytes) -> Any:
    """The toolkit's decoder would unpickle objects too, and so let any client run code."""
    import numpy

    return numpy.load(io.BytesIO(body), allow_pickle=False)


def default_output_fn(prediction: Any, accept: str) -> tuple[Any, str]:
    """The prediction as JSON, CSV or NPY, and which of them.

    :raises GenericInferenceToolkitError: 406 when none of them is accepted
    :raises TypeError: when the prediction cannot be written as the accepted type
    """
    from sagemaker_inference import encoder

    for wanted in accepted_types(accept):
        if wanted in encoder.SUPPORTED_CONTENT_TYPES:
            try:
                return encoder.encode(prediction, wanted), wanted
            except Exception as error:
                kind = type(prediction).__name__
                raise TypeError(f"predict_fn returned {kind}, which cannot be written as {wanted}: {error}") from error
    supported = ", ".join(sorted(encoder.SUPPORTED_CONTENT_TYPES))
    raise refusal(406, f"none of the accepted types {accept!r} is supported: {supported} are")
