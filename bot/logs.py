"""The program's log: one line an event, ids only.

Two nets keep coaching text and secrets out. Our own lines may carry the fields of `ALLOWED` and no
others. Lines of libraries are reduced to who said it and where in their code, since their messages
quote requests, answers and SQL parameters.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "action",
        "address",
        "attempts",
        "callback",
        "code",
        "command",
        "error",
        "incident",
        "kind",
        "library",
        "log",
        "method",
        "notice",
        "reason",
        "retry_in",
        "signal",
        "source",
        "status",
        "took_ms",
        "user",
        "where",
        "workspace",
    }
)
# Their messages name addresses, signals and jobs, and never hold a request.
_SPEAKABLE = frozenset({"uvicorn.error", "apscheduler.scheduler"})


def only_allowed(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drop every field that is not known to be harmless."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def where(error: BaseException) -> str:
    """Where an exception was raised: file, line and function, innermost last, never its words."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(
        f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}"
        for frame in frames
    )


def name_of(error: BaseException) -> str:
    """What kind of exception it is."""
    return type(error).__name__


def _from_library(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    record = event.get("_record")
    if not isinstance(record, logging.LogRecord):
        return event
    if record.name in _SPEAKABLE and not record.exc_info:
        words = record.getMessage().splitlines()[0:1]
        return {**event, "event": words[0] if words else "", "library": record.name}
    told: EventDict = {
        "_record": record,
        "_from_structlog": False,
        "level": record.levelname.lower(),
        "timestamp": event.get("timestamp"),
        "event": "library",
        "library": record.name,
        "source": f"{record.module}:{record.lineno}",
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told["error"] = name_of(error)
        if not isinstance(error, OSError | TimeoutError):
            told["where"] = where(error)
    return told


class _Marking(structlog.stdlib.ProcessorFormatter):
    """Nothing of a library's exception is printed by `logging` itself."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace("\r", " ").replace("\n", " ")


def configure(
    log_format: Literal["text", "json"],
    stream: TextIO | None = None,
    *,
    level: int = logging.INFO,
) -> None:
    """Set the log up; to standard error when no stream is given. `level` is for our own lines."""
    stamped: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Processor = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    structlog.configure(
        processors=[*stamped, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        _Marking(
            foreign_pre_chain=[*stamped, _from_library],
            processors=[
                only_allowed,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("coachlog").setLevel(level)
    logging.captureWarnings(capture=True)


def logger() -> structlog.stdlib.BoundLogger:
    """The program's own logger."""
    bound: structlog.stdlib.BoundLogger = structlog.get_logger("coachlog")
    return bound
