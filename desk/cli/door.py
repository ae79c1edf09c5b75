"""What a person reads of an error: one line of what, whose and the remedy, never a traceback."""

import errno
import os
import sys
import tempfile
import threading
from pathlib import Path
from typing import NoReturn

import click

from redaksi import catalog
from redaksi.catalog import Language, Sentence
from redaksi.errors import RedaksiError
from redaksi.fault import PASSING, name_fault, word_remedy

PROBLEM, USAGE, TEMPORARY = 1, 2, 75
EXTRAS = {  # a module that only an extra brings: the extra
    "psycopg": "postgres",
    "psycopg_binary": "postgres",
    "aiosmtpd": "demo",
    "pymap": "demo",
    "proxyprotocol": "demo",
}
_OWN = ("desk", "ingest", "publisher", "redaksi", "validators")
KNOWN = (RedaksiError, OSError, ImportError)  # what is no bug of ours


def leave(error: BaseException, language: Language) -> NoReturn:
    """End the command for an error of KNOWN: its line on standard error, its exit code."""
    click.echo(explain(error, language), err=True)
    sys.exit(exit_code(error))


def is_known(error: BaseException) -> bool:
    """Whether `leave` has words for it; a module of our own that is missing is a bug."""
    if isinstance(error, ImportError):
        return (error.name or "").partition(".")[0] not in ("", *_OWN)
    return isinstance(error, KNOWN)


def explain(error: BaseException, language: Language) -> str:
    """What happened, at what, and the remedy."""
    words = catalog.load(language)
    if isinstance(error, RedaksiError):
        return error.say(language)
    if isinstance(error, OSError):
        remedy = word_remedy(error.errno)
        if not error.filename:
            return words.say("door", "nameless", fault=name_fault(error), remedy=remedy)
        path = os.fsdecode(error.filename) if not isinstance(error.filename, int) else "-"
        return words.say("door", "file", path=path, fault=_name(error, path), remedy=remedy)
    module = (getattr(error, "name", "") or "").partition(".")[0]
    if extra := EXTRAS.get(module):
        return words.say("door", "extra", module=module, extra=extra)
    return words.say("door", "module", module=module)


def _name(error: OSError, path: str) -> Sentence:
    """Of a full disk also what it lacks."""
    if error.errno != errno.ENOSPC:
        return name_fault(error)
    from desk.health.disks import name_full  # noqa: PLC0415 - only where something went wrong

    try:
        return name_full(Path(path))
    except OSError:
        return name_fault(error)


def exit_code(error: BaseException) -> int:
    """2 where the installation or configuration must be mended, 75 where trying later helps."""
    if isinstance(error, RedaksiError):
        return error.exit_code
    if isinstance(error, OSError):
        passes = error.errno in PASSING or isinstance(error, ConnectionError | TimeoutError)
        return TEMPORARY if passes or error.errno is None else USAGE
    return USAGE


def leave_for_bug(error: BaseException, language: Language) -> NoReturn:
    """End the command for an error nobody foresaw: one line; the trace goes where a person at a
    terminal is not shown it."""
    from redaksi import log  # noqa: PLC0415 - only where something went wrong

    words, name = catalog.load(language), type(error).__name__
    if sys.stderr is not None and not sys.stderr.isatty():
        log_bug(error)
        click.echo(words.say("door", "bug_logged", name=name), err=True)
    else:
        click.echo(
            words.say("door", "bug", name=name, trace=_keep(f"{log.trace(error)}\n")), err=True
        )
    sys.exit(PROBLEM)


def log_bug(error: BaseException | None) -> None:
    """In the log: where it was raised, no word of its message, which may be a mail's."""
    from redaksi import log  # noqa: PLC0415 - only where something went wrong

    if error is not None:
        log.configure_once()
        log.get_logger("door").error("bug", kind=type(error).__name__, exc_info=error)


def catch_what_nobody_catches() -> None:
    """A thread that dies, and what fails while an object is taken apart, are told as other bugs
    are: Python would print the message."""
    threading.excepthook = lambda died: log_bug(died.exc_value)
    sys.unraisablehook = lambda failed: log_bug(failed.exc_value)


def _keep(trace: str) -> str:
    """The file a trace was written to, for its owner alone; "-" where there is no room."""
    try:
        number, path = tempfile.mkstemp(prefix="redaksi-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8", errors="replace") as file:
            file.write(trace)
    except OSError:
        return "-"
    return path


def end_output(code: str | int | None, language: Language) -> NoReturn:
    """End the command with `code`, having emptied its output: a reader that left is no fault, a
    full disk is one, and at the interpreter's end it would be a complaint of Python's."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except BrokenPipeError:
        _silence_output()
    except OSError as error:
        _silence_output()
        leave(error, language)
    sys.exit(code)


def _silence_output() -> None:
    """What is still in standard output goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return
