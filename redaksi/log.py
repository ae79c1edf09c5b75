"""Structured logs: one event, one line, ids and codes only. At info and above no address, subject,
body, name, file name or secret, and no word of a server's: an error is its code, a trace its
places. With level "debug" what was said stands beside, redacted (docs/operations.md).
"""

import logging
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from traceback import extract_tb
from types import TracebackType
from typing import Any, Literal

from redaksi.catalog import Sentence
from redaksi.redact import redact

Format = Literal["text", "json"]
Event = MutableMapping[str, Any]
FIRST = ("pass", "mail", "job", "ref")  # bound by context, before what an event says itself
_FRAMES, _CHAIN, _PARTS = 30, 5, 3  # of a trace: places, errors that led to it, parts of a path
_LONGEST = 2000  # characters of a value


def configure(level: str = "info", style: Format = "text", zone: tzinfo = UTC) -> None:
    """Send every event to standard error as logfmt or JSON, the moment in `zone` first; the
    libraries' warnings too."""
    import structlog  # noqa: PLC0415 - only where something is logged

    rank = logging.getLevelNamesMapping()[level.upper()]
    words = _Words(is_debug=rank <= logging.DEBUG)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _stamp(zone),
            words.say,
            structlog.processors.JSONRenderer(ensure_ascii=False) if style == "json" else _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(rank),
        logger_factory=structlog.WriteLoggerFactory(file=_StandardError()),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(each, _Libraries) for each in root.handlers):
        root.addHandler(_Libraries(logging.WARNING))


def configure_once() -> None:
    """As `configure`, where no configuration was read yet."""
    import structlog  # noqa: PLC0415 - only where something is logged

    if not structlog.is_configured():
        configure()


def get_logger(room: str) -> Any:  # structlog's own loggers are typed Any
    """A logger for the room that speaks; an event's name says which it is."""
    import structlog  # noqa: PLC0415 - only where something is logged

    return structlog.get_logger(room)


@contextmanager
def bind(**ids: object) -> Iterator[None]:
    """Every event of this thread until the end of the block carries them."""
    import structlog  # noqa: PLC0415 - only where something is logged

    with structlog.contextvars.bound_contextvars(**ids):
        yield


def bind_pass() -> Any:
    """The same for a pass over everything: four hex digits of its own tell its lines from
    another's."""
    return bind(**{"pass": os.urandom(2).hex()})


def trace(error: BaseException) -> str:
    """Where it was raised and what led to it: kinds and places, no word of any message."""
    found: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(found) < _CHAIN:
        found.append(" ".join([_name(seen), *_places(seen.__traceback__)]))
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " from ".join(found)


def name_error(error: BaseException) -> str:
    """The code of an error of ours with those of what it rests on, else its kind."""
    sentence = getattr(error, "sentence", None)
    return "/".join(_codes(sentence)) if isinstance(sentence, Sentence) else _name(error)


def _codes(sentence: Sentence) -> Iterator[str]:
    yield sentence.key
    for fact in sentence.facts.values():
        if isinstance(fact, Sentence):
            yield from _codes(fact)


def _name(error: BaseException) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return type(error).__name__ + (f"[{number}]" if number is not None else "")


def _places(where: TracebackType | None) -> Iterator[str]:
    for frame in extract_tb(where)[-_FRAMES:]:
        file = "/".join(frame.filename.split("/")[-_PARTS:])
        yield f"{file}:{frame.lineno}:{frame.name}"


class _Words:
    """Makes of every value what may stand in a log."""

    def __init__(self, *, is_debug: bool) -> None:
        self._is_debug = is_debug

    def say(self, _logger: object, _method: str, event: Event) -> Event:
        """A processor of structlog's."""
        raised = _raised(event.pop("exc_info", None))
        if raised is not None:
            event["trace"] = trace(raised)
        for error in [raised, *event.values()] if self._is_debug else ():
            if isinstance(error, BaseException):
                event["said"] = redact(str(error))
        for name, value in list(event.items()):
            if isinstance(value, BaseException):
                event[name] = name_error(value)
            elif isinstance(value, str):
                event[name] = _clean(redact(value) if name != "trace" else value)
            elif not isinstance(value, bool | int | float | None):
                event[name] = _clean(redact(str(value)))
        return event


def _raised(given: object) -> BaseException | None:
    """What `exc_info` means."""
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        return given[1] if isinstance(given[1], BaseException) else None
    return sys.exception() if given else None


def _clean(value: str) -> str:
    """On one line, and no longer than a line should be."""
    shown = "".join(each if each.isprintable() else " " for each in value[:_LONGEST])
    return shown if len(value) <= _LONGEST else shown + "…"


def _stamp(zone: tzinfo) -> Any:
    def stamp(_logger: object, _method: str, event: Event) -> Event:
        event["timestamp"] = datetime.now(zone).isoformat(timespec="seconds")
        return event

    return stamp


def _render(_logger: object, _method: str, event: Event) -> str:
    """`2026-11-23T14:05:03+07:00 info mail.filed pass=7f3a mail=812 ref=W-2026-0143 …`."""
    head = [str(event.pop(name, "-")) for name in ("timestamp", "level", "event")]
    names = [*(name for name in FIRST if name in event), *(n for n in event if n not in FIRST)]
    return " ".join([*head, *(f"{name}={_quote(event[name])}" for name in names)])


def _quote(value: object) -> str:
    """As logfmt has it: bare where nothing in it would end it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "-"}[value]
    text = str(value)
    if text and not any(each in ' "=' for each in text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class _StandardError:
    """Wherever standard error is when something is said."""

    def write(self, text: str) -> None:
        """What WriteLogger calls."""
        if sys.stderr is not None:
            sys.stderr.write(text)

    def flush(self) -> None:
        """What WriteLogger calls."""
        if sys.stderr is not None:
            sys.stderr.flush()


class _Libraries(logging.Handler):
    """What a library warns of, as an event of ours: where, and its message only as far as it is
    the same for everybody."""

    def emit(self, record: logging.LogRecord) -> None:
        """One event. APScheduler's "skipped" is what `max_instances` is for."""
        text = str(record.msg)
        is_debug = record.name.startswith("apscheduler") and "skipped" in text
        facts: Mapping[str, object] = {
            "library": record.name,
            "at": f"{record.module}:{record.lineno}",
            "says": text if record.args else "-",
        }
        say = getattr(get_logger("library"), "debug" if is_debug else record.levelname.lower())
        try:
            say("library", **facts, exc_info=record.exc_info)
        except Exception:  # noqa: BLE001 - a log that fails ends nobody's work
            self.handleError(record)
