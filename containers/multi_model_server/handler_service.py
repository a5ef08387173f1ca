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

from multi_model_server.refused_models import refuse
from serving.errors import error_body, reason_of, refusal, status_of
from serving.handler import import_handler
from serving.memory import held_bytes
from serving.memory_budget import MemoryBudget, in_mib
from serving.model import content_of
from serving.settings import read_settings

STATE_FILE = "SERVING_STATE_FILE"
"""Names the file in which the worker tells the process that started the server what became of its load."""
LOADED = "loaded"
SERVER_PID = "SERVING_SERVER_PID"
"""Names the process that started the server: the memory of its descendants is the server's."""

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
    if read_settings(os.environ).multi_model:
        load_one_of_many(context)
    else:
        load_only_model(context)
    return None


def load_only_model(context: Any) -> None:
    state = Path(os.environ[STATE_FILE])
    try:
        transformer.validate_and_initialize(model_dir=context.system_properties["model_dir"], context=context)
    except BaseException as error:
        traceback.print_exc()
        state.write_text(f"{type(error).__name__}: {error}")
        raise
    state.write_text(LOADED)


def load_one_of_many(context: Any) -> None:
    """Loads the model within the budget of all processes of the server.

    :raises MemoryError: when there is no memory for it, which Multi Model Server answers by 507
    """
    folder = Path(context.system_properties["model_dir"])
    server = int(os.environ[SERVER_PID])
    budget = MemoryBudget(read_settings(os.environ).memory_budget, lambda: held_bytes(server))
    try:
        # What an earlier load took is known to the process that made it, which is gone.
        before = budget.admit(folder, alone=True)
        transformer.validate_and_initialize(model_dir=str(folder), context=context)
        taken = budget.settle(folder, before)
    except BaseException as error:
        log.error("cannot load model %r from %s: %s", context.model_name, folder, reason_of(error))
        if status_of(error) != 507:
            raise
        refuse(context.model_name)
        raise MemoryError(reason_of(error)) from error
    log.info("loaded model %r from %s; it took %s", context.model_name, folder, in_mib(taken))
