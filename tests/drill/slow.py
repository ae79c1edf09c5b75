"""A mail whose bytes trickle in for longer than anybody waits, under two pollers: it arrives once,
and is asked for once."""

import socket
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from desk.inbound.poll import poll_mailbox
from redaksi.errors import RedaksiError
from tests import newsroom
from tests.scripted_imap import ScriptedImap

WHOLE = 3_600_000  # bytes
RATE = 11_000  # bytes a second
TICK = 0.1  # seconds between two trickles
LARGE = 10_000  # bytes of an answer from which on it trickles
LINE = b"0123456789\r\n"


class Trickling(ScriptedImap):
    """Gives `rate` bytes a second of what is large. `underway` is set once some went."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self._rate = rate
        self.underway = threading.Event()

    def _send(self, connection: socket.socket, answer: bytes) -> None:
        step = len(answer) if len(answer) < LARGE else max(1, int(self._rate * TICK))
        for start in range(0, len(answer), step):
            connection.sendall(answer[start : start + step])
            if step < len(answer):
                self.underway.set()
                time.sleep(TICK)

    @property
    def downloads(self) -> int:
        """How often a mail's bytes were asked for."""
        return sum("BODY.PEEK[]" in command for command in self.commands)


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of two mails, a large and a small, under two pollers."""

    mails: int  # in the store
    downloads: int
    first: int | RedaksiError | None  # how many the first poller took in, or its fault
    second: int  # how many the other took in
    looks: int  # passes of the second while the first was at it
    seconds: float


def fill(server: ScriptedImap, size: int) -> None:
    """A mail of about `size` bytes, and a small one behind it."""
    server.mails = {
        1: b"Message-ID: <foto@x.example>\r\n\r\n" + LINE * (size // len(LINE)),
        2: b"Message-ID: <b@x.example>\r\n\r\nisi\r\n",
    }


def run(home: Path, size: int, rate: float, pause: float) -> Outcome:
    """One poller downloads; the other looks every `pause` seconds until it is done."""
    server, begun, ends = Trickling(rate), time.monotonic(), list[int | RedaksiError | None]()
    fill(server, size)
    with ExitStack() as stack:
        stack.callback(server.stop)
        first, second = (
            stack.enter_context(
                newsroom.app(server.account(), home, read_timeout=timedelta(seconds=60))
            )
            for _ in range(2)
        )

        def poll() -> None:
            try:
                ends.append(poll_mailbox(first, first.config.mailbox[0]))
            except RedaksiError as error:
                ends.append(error)

        thread = threading.Thread(target=poll)
        thread.start()
        server.underway.wait()
        taken, looks = 0, 0
        while thread.is_alive():
            taken += poll_mailbox(second, second.config.mailbox[0]) or 0
            looks += 1
            time.sleep(pause)
        return Outcome(
            mails=len(newsroom.mails(first.store)),
            downloads=server.downloads,
            first=ends[0],
            second=taken,
            looks=looks,
            seconds=time.monotonic() - begun,
        )


def drill() -> bool:
    """3.6 MB at 11 kB/s, and a poll every two seconds beside it."""
    with tempfile.TemporaryDirectory(prefix="slow-") as folder:
        found = run(Path(folder), WHOLE, RATE, 2.0)
    print(
        f"{WHOLE} bytes at {RATE} a second: {found.mails} of 2 mails, {found.downloads} downloads,"
        f" {found.first} by the first poller, {found.second} by the second in {found.looks} looks,"
        f" {found.seconds:.0f} s",
        flush=True,
    )
    return (found.mails, found.downloads, found.first, found.second) == (2, 2, 2, 0)
