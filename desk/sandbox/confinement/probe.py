"""The level is a deed, not a return code: a child like every other tries what it must not be able
to do."""

import os
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from desk.sandbox.confinement.confine import Prepared, confine
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import DEEDS, Deed, Measures, Standing

_PATIENCE_MS = 10_000  # it takes a few milliseconds
_LONGEST = 4096  # bytes of a report
_PUBLIC = Path("/etc/passwd")  # outside the read rules, as a file of our own would be


def probe(prepared: Prepared, bounds: Bounds) -> Measures | None:
    """Fork a child, confine it as every child will be, and let it try to read a secret, make a file,
    open a socket and run a program. Call it in the fork server, while it has one thread.

    None when the child ended before it could say what stands: no child can be relied on then.
    """
    server = os.getpid()
    with _make_secret() as secret:
        receiver, sender = os.pipe()
        pid = os.fork()
        if pid == 0:
            _report_and_exit(sender, secret, lambda: confine(prepared, bounds, server))
        os.close(sender)
        try:
            return _read_report(_receive(receiver))
        finally:
            os.close(receiver)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


@contextmanager
def _make_secret() -> Iterator[Path]:
    """A file that we alone may read, outside the read rules; beside it is where the child tries to
    make one. Where we can make none ourselves, one that everybody may read."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="redaksi-probe-")
    except OSError:
        yield _PUBLIC
        return
    with folder as made:
        secret = Path(made, "secret")
        secret.touch(mode=0o600)
        yield secret


def _report_and_exit(sender: int, secret: Path, begin: Callable[[], Standing]) -> None:
    """In the child: say what stands, then every deed that is refused, a line each; exec last, since
    nothing is said after it."""
    try:
        os.write(sender, msgspec.json.encode(begin()) + b"\n")
        attempts: dict[Deed, Callable[[], object]] = {
            "secret": lambda: os.open(secret, os.O_RDONLY),
            "write": lambda: os.open(secret.with_name("made"), os.O_WRONLY | os.O_CREAT, 0o600),
            "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
            "exec": lambda: os.execv(sys.executable, [sys.executable, "-I"]),  # noqa: S606 - ours
        }
        for deed in DEEDS:
            try:
                attempts[deed]()
            except OSError:
                os.write(sender, deed.encode() + b"\n")
    finally:
        os._exit(0)


def _receive(receiver: int) -> bytes:
    """All that the child says until it ends, within its time."""
    poll = select.poll()
    poll.register(receiver, select.POLLIN)
    report = b""
    while len(report) < _LONGEST and poll.poll(_PATIENCE_MS):
        piece = os.read(receiver, _LONGEST)
        if not piece:
            break
        report += piece
    return report


def _read_report(report: bytes) -> Measures | None:
    first, *rest = report.decode("ascii", errors="replace").splitlines() or [""]
    try:
        standing = msgspec.json.decode(first, type=Standing)
    except msgspec.MsgspecError:
        return None
    return Measures(standing=standing, refused=tuple(deed for deed in DEEDS if deed in rest))
