"""Structured logs: one event, one line, ids only. No address, subject or body at info
(docs/operations.md)."""

import logging
import sys
from typing import Any, Literal

Format = Literal["text", "json"]


def configure(level: str = "info", style: Format = "text") -> None:
    """Send every event to standard error as logfmt or JSON, UTC instants first."""
    import structlog  # noqa: PLC0415 - only where something is logged

    rank = logging.getLevelNamesMapping()[level.upper()]
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"])
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(rank),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, format="level=%(levelname)s event=%(name)s message=%(message)r"
    )


def configure_once() -> None:
    """As `configure`, where no configuration was read yet."""
    import structlog  # noqa: PLC0415 - only where something is logged

    if not structlog.is_configured():
        configure()


def get_logger(room: str) -> Any:  # structlog's own loggers are typed Any
    """A logger bound to the room that speaks."""
    import structlog  # noqa: PLC0415 - only where something is logged

    return structlog.get_logger(room=room)
