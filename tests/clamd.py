"""A real clamd with a signature of our own, once for a test process and settings; never as root,
nothing is downloaded. And a server that behaves as no real one can be made to."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from msgspec import Struct

from desk.scan.proof import eicar
from redaksi.config.scanner.address import Address

PROGRAM = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
_NOBODY = 65534
_LOADS = 30.0  # seconds until it listens, at most
SETTINGS = {"StreamMaxLength": "100M", "MaxFileSize": "100M", "MaxScanSize": "400M"}


class Clamd(Struct, frozen=True, kw_only=True):
    """One that runs. `inet`: the same over TCP."""

    address: Address
    inet: Address
    number: int  # of its process

    def kill(self) -> None:
        """At once, as the kernel would where memory is short."""
        os.kill(self.number, signal.SIGKILL)


@contextmanager
def running(**settings: str) -> Iterator[Clamd]:
    """Started, and ended by its number. Skips where there is no clamd."""
    if PROGRAM is None:
        pytest.skip("no clamd here: apt-get install clamav-daemon")
    with tempfile.TemporaryDirectory(prefix="redaksi-clamd-", dir="/tmp") as name:
        home, port = Path(name), _free_port()
        (home / "db").mkdir()
        (home / "db" / "own.ndb").write_text(f"Eicar-Own:0:*:{eicar().hex()}\n")
        path = home / "clamd.sock"
        lines = {
            "DatabaseDirectory": home / "db",
            "LocalSocket": path,
            "TCPSocket": port,
            "TCPAddr": "127.0.0.1",
            "Foreground": "yes",
            "TemporaryDirectory": home,
            **SETTINGS,
            **settings,
        }
        config = home / "clamd.conf"
        config.write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
        process = _start(home, config)
        try:
            _wait(process, path)
            inet = Address(host="127.0.0.1", port=port)
            yield Clamd(address=Address(path=str(path)), inet=inet, number=process.pid)
        finally:
            process.kill()
            process.wait()


def _start(home: Path, config: Path) -> subprocess.Popen[bytes]:
    own = [home, *home.rglob("*")]
    if os.geteuid() == 0:
        for each in own:
            os.chown(each, _NOBODY, _NOBODY)
    number = _NOBODY if os.geteuid() == 0 else None
    return subprocess.Popen(
        [str(PROGRAM), "--config-file", str(config)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=number,
        group=number,
        extra_groups=None if number is None else (),
    )


def _wait(process: subprocess.Popen[bytes], path: Path) -> None:
    end = time.monotonic() + _LOADS
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(path))
            return
        time.sleep(0.02)
    raise AssertionError(f"clamd did not come up: {process.poll()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def clamd() -> Iterator[Clamd]:
    """The one that takes all a mail may be."""
    with running() as server:
        yield server


@contextmanager
def faked(behave: Callable[[socket.socket], None]) -> Iterator[Address]:
    """A server that does `behave` with each link, and closes it then."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    link, _ = listening.accept()
                    with link, suppress(OSError):
                        behave(link)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        host, port = listening.getsockname()
        yield Address(host=host, port=port)
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)
