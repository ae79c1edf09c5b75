"""Two daemons on one store whose machines' clocks are 20 minutes apart: no letter leaves twice, no
mail is filed twice. `python -m tests.drill.clocks CONFIG MINUTES` is one of them.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from desk.app import now, open_app
from desk.cli.common import catch_signals, require_configuration
from desk.cli.run import work_until
from desk.demo import dovecot
from desk.demo.makers import mail, word
from desk.demo.post import Letterbox, capturing
from desk.demo.texts import article
from desk.store import Store, open_store
from desk.store.tables import Mail, Outbox, Submission
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests import postgres
from tests.drill import processes

BEHIND = -20  # minutes: what one daemon's clock is behind the other's
LINGER = 5.0  # seconds both go on after the last letter
TURN = 0.5  # seconds a letter takes


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the mails."""

    letters: int  # that reached the relay
    doubled_letters: int  # a Message-ID or a recipient a second time
    doubled_filings: int  # submissions of a mail beyond the first
    in_doubt: int  # letters that no one knows to have left
    seconds: float


class Slow(Letterbox):
    """A relay that takes its time, so that the other daemon looks while a letter leaves."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd
        await asyncio.sleep(TURN)
        return await super().handle_DATA(server, session, envelope)


def contribution(number: int) -> bytes:
    """An article without a photo: a letter asks for it."""
    sender = (f"Andi {number}", f"andi@warga{number}.example")
    text = article(f"Talise{number}", "membangun jalan lingkungan", number)
    title = f"BKM Sejahtera {number} Tuntaskan Jalan Lingkungan"
    document = word(title, text, byline="Andi Tenri, Tim 02 Palu", captions=[])
    return mail(sender, "Naskah", f"Terlampir naskah {title}.\n", [("Naskah.docx", document)])


def write_config(home: Path, url: str, account: Account, relay: int) -> Path:
    """The installation both daemons are started with."""
    path = processes.write_config(home, url, account)
    written = path.read_text().replace('settle = "10m"', 'settle = "0s"')
    written = written.replace("port = 1\n", f"port = {relay}\nper_hour = 1000\n")
    path.write_text(written)
    return path


@contextmanager
def both(config: Path, password: str) -> Iterator[None]:
    """The daemons at work, one of them behind."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.drill.clocks", str(config), str(minutes)],
            cwd=processes.ROOT,
            env={**os.environ, "P": password},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for minutes in (BEHIND, 0)
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def wait_until_sent(store: Store, count: int) -> None:
    """Until every mail is examined and no letter waits. Raises TimeoutError."""
    begun = time.monotonic()
    examined = select(func.count()).select_from(Mail).where(Mail.state == "examined")
    waiting = (
        select(func.count()).select_from(Outbox).where(Outbox.state.in_(("queued", "sending")))
    )
    while time.monotonic() - begun < processes.PATIENCE:
        with store.read() as tx:
            if tx.scalar(examined) == count and not tx.scalar(waiting):
                return
        time.sleep(0.5)
    raise TimeoutError


def run(home: Path, url: str, account: Account, count: int) -> Outcome:
    """So many contributions, delivered while both daemons work."""
    box, begun = Slow(), time.monotonic()
    home.mkdir(parents=True)
    store = open_store(url)
    with capturing(box) as relay:
        config = write_config(home, url, account, relay)
        with both(config, account.password):
            with open_mailbox(account) as mailbox:
                for number in range(count):
                    mailbox.append("INBOX", contribution(number))
            wait_until_sent(store, count)
            time.sleep(LINGER)
    with store.read() as tx:
        filings = Counter(tx.scalars(select(Submission.mail_id)))
        doubts = select(func.count()).select_from(Outbox).where(Outbox.state == "unknown")
        in_doubt = tx.scalar(doubts) or 0
    store.close()
    return Outcome(
        letters=len(box.letters),
        doubled_letters=beyond_the_first(
            [str(message_from_bytes(letter.content)["Message-ID"]) for letter in box.letters]
        )
        + beyond_the_first([letter.recipients for letter in box.letters]),
        doubled_filings=sum(number - 1 for number in filings.values()),
        in_doubt=in_doubt,
        seconds=time.monotonic() - begun,
    )


def beyond_the_first(some: list[Any]) -> int:
    """How many are there a second time."""
    return len(some) - len(set(some))


def drill(count: int = 60) -> bool:
    """60 contributions on each database."""
    held = True
    with ExitStack() as stack:
        server = stack.enter_context(dovecot.running())
        programs = postgres.binaries()
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        for database in ("sqlite", "postgres") if cluster else ("sqlite",):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="clocks-"))
            home = Path(folder) / "data"
            url = f"sqlite:///{home}/redaksi.db"
            if database == "postgres" and cluster is not None:
                url = cluster.url(cluster.create())
            account = Account(
                id="warta",
                host=server.host,
                port=server.port,
                user=f"clocks-{database}",
                password=server.password,
                security="none",
            )
            found = run(home, url, account, count)
            print(
                f"{database}, clocks {-BEHIND} minutes apart: {count} mails,"
                f" {found.letters} letters, {found.doubled_letters} doubled,"
                f" {found.doubled_filings} filed twice, {found.in_doubt} in doubt,"
                f" {found.seconds:.0f} s",
                flush=True,
            )
            held = held and found.letters == count
            held = held and not found.doubled_letters + found.doubled_filings + found.in_doubt
    return held


def work_behind(config_path: Path, minutes: int) -> None:
    """`redaksi run` by a clock that is so many minutes ahead of the true one."""
    signals = catch_signals()
    config = require_configuration(config_path, secrets=True)
    with open_app(config, lambda: now() + timedelta(minutes=minutes)) as app:
        work_until(signals, app)


if __name__ == "__main__":
    work_behind(Path(sys.argv[1]), int(sys.argv[2]))
