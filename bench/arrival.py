"""From a mail's arrival to its letter at the relay, by the daemon: Dovecot's IDLE, the sandbox, an
SMTP server that keeps what it is given.

What is asked (issue House, 6): the examination's own time and 0.3 s. Dovecot tells who idles half a
second after a mail was delivered (it waits for more to come); a second connection that idles shows
when. Mails come one at a time, the daemon at rest before each; the first ones warm the child up.
"""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from desk.app import App
from desk.demo.samples import samples
from desk.demo.show import Stage, stage
from desk.inbound.accounts import imap_account
from desk.sandbox.host import Sandbox
from desk.sandbox.sink import FolderSink
from desk.worker.daemon import run_daemon
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.config.schema import make_limits

MAILS, WARM = 12, 2
REST = 1.3  # seconds between two mails: past every tick, no multiple of one
GOOD = next(sample.raw for sample in samples() if sample.name == "lengkap")


def wait_for_letters(on: Stage, count: int) -> None:
    """Until so many letters have arrived."""
    deadline = time.monotonic() + 60
    while len(on.letterbox.letters) < count:
        assert time.monotonic() < deadline, "no letter came"
        time.sleep(0.002)


def examined(on: Stage, raw: bytes) -> float:
    """Seconds of an examination alone, the child warm."""
    path = on.folder / "mail.eml"
    path.write_bytes(raw)
    bounds = make_limits(on.app.config, on.app.config.mailbox[0])
    took = []
    with Sandbox() as sandbox:
        for number in range(6):
            keep = on.folder / f"kept-{number}"
            keep.mkdir()
            begun = time.perf_counter()
            sandbox.examine_mail(path, "m", bounds, FolderSink(keep))
            took.append(time.perf_counter() - begun)
    return median(took[WARM:])


def idling(app: App) -> App:
    """The same, whose mailbox is looked at by IDLE alone."""
    (box,) = app.config.mailbox
    slow = replace(box, poll=timedelta(minutes=10))
    return replace(app, config=replace(app.config, mailbox=(slow,)))


def arrivals(on: Stage) -> tuple[list[float], list[float]]:
    """Mail by mail, seconds to the letter: from the delivery, from the server's word to who
    idles."""
    account = imap_account(on.app, on.app.config.mailbox[0])
    from_delivery, from_word = [], []
    with (
        run_daemon(idling(on.app)),
        open_mailbox(account) as mailbox,
        open_mailbox(account) as other,
        ThreadPoolExecutor(1) as beside,
    ):
        time.sleep(3)  # the watcher idles
        for number in range(MAILS):
            raw = GOOD.replace(b"Message-ID: <", b"Message-ID: <%d" % number)
            word = beside.submit(wait_for_word, other)
            time.sleep(REST)
            mailbox.append("INBOX", raw.replace(b"@kontributor.", b"@k%d.kontributor." % number))
            delivered = time.perf_counter()
            wait_for_letters(on, number + 1)
            left = time.perf_counter()
            from_delivery.append(left - delivered)
            from_word.append(left - word.result())
    return from_delivery[WARM:], from_word[WARM:]


def wait_for_word(mailbox: Mailbox) -> float:
    """When the server told a connection that idles."""
    mailbox.select("INBOX")
    mailbox.wait(60, lambda: False)
    return time.perf_counter()


def rows() -> Iterator[tuple[str, float, str]]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="redaksi-bench-") as name, stage(Path(name)) as on:
        alone = examined(on, GOOD)
        delivered, told = arrivals(on)
    count = f"median of {len(told)} mails"
    yield "an examination alone, s", alone, "median, the child warm"
    yield "from the delivery to the letter at the relay, s", median(delivered), count
    yield "from the server's word (IDLE) to the letter, s", median(told), count
    yield "  beyond the examination's own time, s", median(told) - alone, "<= 0.3"
    yield "  the slowest, beyond it, s", max(told) - alone, "-"
