"""The demo's IMAP server where no Dovecot is installed: pymap in a process of its own, everything
in memory.

It drops keywords without a word, has no special folders and knows one account: the ledger is the
truth anyway.
"""

import importlib.util
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct

PASSWORD = "rahasia"  # noqa: S105  the local server's only password; it never leaves 127.0.0.1
_START_SECONDS = 20.0


class Pymap(Struct, frozen=True, kw_only=True):
    """A running server and its one account."""

    host: str
    port: int
    user: str
    password: str
    pid: int


class NotStarted(Exception):
    """pymap is not installed, or it died or fell silent while starting; the message holds its
    own last words."""


def missing() -> str:
    """Why there can be no pymap here; "" when there can."""
    return "" if importlib.util.find_spec("pymap") else "needs pymap: pip install 'redaksi[demo]'"


@contextmanager
def running(user: str = "redaksi") -> Iterator[Pymap]:
    """Start a server and stop it by its own process id. Raises NotStarted."""
    if missing():
        raise NotStarted(missing())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    serve = "from pymap.main import main; main()"
    where = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    account = ["dict", "--demo-user", user, "--demo-password", PASSWORD]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-c", serve, *where, *account],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            # Ctrl+C is for the demo; the server is stopped when the worker is done
            start_new_session=True,
        )
        try:
            if not _greets(process, port):
                said.seek(0)
                raise NotStarted(
                    f"pymap does not start: {said.read().decode('utf-8', 'replace')[-2000:]}"
                )
            yield Pymap(host="127.0.0.1", port=port, user=user, password=PASSWORD, pid=process.pid)
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _greets(process: subprocess.Popen[bytes], port: int) -> bool:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as probe:
                if probe.recv(200).startswith(b"* OK"):
                    return True
        except OSError:
            pass
        time.sleep(0.05)
    return False
