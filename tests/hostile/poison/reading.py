"""One poisoned mail after another, read in a child of its own: what the sandbox's child does, with
RLIMIT_CPU instead of a clock. A hang is a death, and the next mail gets another child."""

import os
import resource
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.pipeline import examine
from ingest.read.mail.delivery import read_report
from ingest.read.parcel import read_email
from redaksi.limits import Identity, Limits
from redaksi.reasons import ReasonCode

Make = Callable[[], bytes]
SECONDS = 2  # of processor a reading may take
_RECURSION = 1000  # frames, as the sandbox's child has them


class Case(Struct, frozen=True):
    """A mail to be made, and what it is called."""

    name: str
    make: Make


class Outcome(Struct, frozen=True):
    """What came of a case: `error` "" when it was read; `seconds` of processor."""

    name: str
    seconds: float
    error: str = ""


def read_cases(cases: Sequence[Case], seconds: int = SECONDS) -> list[Outcome]:
    """The outcomes, in order. Every reading has `seconds` of processor; one that needs more, or
    ends its child, is an outcome with an error."""
    found: list[Outcome] = []
    while len(found) < len(cases):
        some, status = _read_in_child(cases[len(found) :], seconds)
        found += some
        if len(found) < len(cases):
            signal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            error = f"signal {signal}" if signal else f"exit {os.WEXITSTATUS(status)}"
            found.append(Outcome(cases[len(found)].name, float(seconds), error))
    return found


def _read_in_child(cases: Sequence[Case], seconds: int) -> tuple[list[Outcome], int]:
    """The outcomes up to a death, and how the child ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _read_all(cases, seconds, writing)
    os.close(writing)
    octets = b""
    while piece := os.read(reading, 1 << 16):
        octets += piece
    os.close(reading)
    _, status = os.waitpid(child, 0)
    return [msgspec.json.decode(line, type=Outcome) for line in octets.splitlines()], status


def _read_all(cases: Sequence[Case], seconds: int, writing: int) -> None:
    """In the child; never returns."""
    status = 1
    try:
        sys.setrecursionlimit(_RECURSION)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for case in cases:
            raw = case.make()
            begun = _processor()
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (int(begun) + seconds + 1, hard))
            error = _read(raw)
            outcome = Outcome(case.name, _processor() - begun, error)
            resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
            os.write(writing, msgspec.json.encode(outcome) + b"\n")
        status = 0
    finally:
        os._exit(status)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _read(raw: bytes) -> str:
    """Read, judge, encode: all that a child does. What it raised, and where; "" for nothing."""
    identity = Identity(addresses=("redaksi@contoh.id",), authserv_id="mx.contoh.id")
    limits = Limits(identity=identity)
    try:
        parcel = read_email(raw, "racun.eml", limits.safety)
        answer = msgspec.msgpack.encode(examine(parcel, limits))
        read_report(raw, limits.safety)
    except Exception as error:  # noqa: BLE001 - every kind is a finding of the test
        frames, trace = [], error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return f"{type(error).__name__}: {error!s:.100} ({' > '.join(frames[-4:])})"
    # a reader's exception costs its file alone (ingest.read.guarded), and is a fault all the same
    return ReasonCode.READER_ERROR if ReasonCode.READER_ERROR.encode() in answer else ""
