"""Runs in Multi Model Server's Python worker: the toolkit's Transformer with the step server's contract and errors.

Without it the toolkit answers an unsupported format by 500 and puts tracebacks into answers, and the server goes on
without a model when loading fails.
"""

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from sagemaker_inference.transformer import Transformer

from serving.errors import error_body, refusal, status_of
from serving.handler import import_handler
from serving.model import content_of
from serving.settings import read_settings

STATE_FILE = "SERVING_STATE_FILE"
"""Names the file in which the worker tells the process that started the server what became of its load."""
LOADED = "loaded"

log = logging.getLogger("serving")


class StepTransformer(Transformer):
    """Answers like the step server; decoding, defaults and calls stay the toolkit's."""

    def _validate_user_module_and_set_functions(self) -> None:
        settings = read_settings(os.environ)
        handler = import_handler(settings.handler_folder, settings.program)

        def transform(model: Any, body: Any, content_type: str | None, accept: str, context: Any) -> tuple[bytes, str]:
            data = bytes(body) if isinstance(body, bytearray) else body
            result = handler.transform(model, data, content_type, accept, context)
            content, kind = content_of(result, accept, settings.default_accept)
            return content if isinstance(content, bytes) else join(content), kind

        self._model_fn = handler.load
        self._transform_fn = transform

    @staticmethod
    def handle_error(context: Any, inference_exception: Any, trace: str) -> list[bytes]:
        error = sys.exc_info()[1]
        if isinstance(error, UnicodeDecodeError) and in_transformer(error):
            error = refusal(400, f"the body is not UTF-8: {error}")
        reported = error if error is not None else inference_exception
        if status_of(reported) >= 500:
            log.error("failed: %s", trace)
        context.set_response_status(status_of(reported), "")
        context.set_response_content_type(0, "application/json")
        return [error_body(reported)]


def in_transformer(error: BaseException) -> bool:
    """Whether the toolkit raised it itself, rather than a handler."""
    frames = [frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)]
    return frames != [] and frames[-1].endswith("transformer.py")


def join(parts: Any) -> bytes:
    """A stream as a whole: Multi Model Server cannot send parts."""
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)


transformer = StepTransformer()


def handle(data: Any, context: Any) -> Any:
    """Loads the model when there is no data yet, as Multi Model Server calls it first; after that answers requests."""
    if data is not None:
        return transformer.transform(data, context)
    state = Path(os.environ[STATE_FILE])
    try:
        transformer.validate_and_initialize(model_dir=context.system_properties["model_dir"], context=context)
    except BaseException as error:
        traceback.print_exc()
        state.write_text(f"{type(error).__name__}: {error}")
        raise
    state.write_text(LOADED)
    return None
