"""Logs as one JSON object a line on standard output."""

import json
import logging
import sys
from datetime import datetime, timezone

REQUEST_FIELDS = ("inference_id", "target_model", "status", "ms", "request_bytes", "response_bytes")


class JsonFormatter(logging.Formatter):
    """Writes time (UTC), level, logger, message, the fields of a request if there is one, and an error's traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for field in REQUEST_FIELDS:
            if hasattr(record, field):
                line[field] = getattr(record, field)
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def start_logging(level: int) -> None:
    """Sends every logger's lines of at least this level to standard output, where print() of a handler goes too."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(line_buffering=True)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").setLevel(max(level, logging.WARNING))
