"""Fifty mails of one sender that cost as much as a mail can, and behind them a good one of another
sender: `redaksi run` as it is shipped, and a mail server."""

import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct
from sqlalchemy import func, select

from desk.app import App
from desk.demo import dovecot
from desk.demo.samples import samples
from desk.store.tables import Job, Mail
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.limits import MB
from tests import newsroom
from tests.hostile.costly import make_costly, make_heics, make_wordy, send_files

COUNT = 50
GOOD_WITHIN = 120.0  # seconds
PATIENCE = 900.0
MOST_PAGE = 1_000_000  # bytes of HTML
GOOD = next(sample for sample in samples() if sample.name == "lengkap")


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the mails."""

    good: float  # seconds until the good one was filed
    whole: float  # and all
    verdicts: dict[str, int]  # how many mails came to which
    attempts: int  # at most, of a mail
    kept: int  # bytes beside the mails, and at most
    most_kept: int
    page: int  # bytes of the longest

    @property
    def has_held(self) -> bool:
        return (
            self.good <= GOOD_WITHIN
            and self.verdicts.keys() <= {"accept", "incomplete", "review", "ignore"}
            and self.verdicts["accept"] == 1
            and self.attempts == 1
            and self.kept <= self.most_kept
            and self.page <= MOST_PAGE
        )


def wait_until_examined(app: App, mails: int) -> tuple[float, float]:
    """The seconds until a mail was accepted, and until all were examined. Raises TimeoutError."""
    begun, good = time.monotonic(), 0.0
    while time.monotonic() - begun < PATIENCE:
        with app.store.read() as tx:
            count = tx.scalar(select(func.count()).where(Mail.state == "examined"))
            if not good and tx.scalar(select(Mail.id).where(Mail.outcome == "accept")):
                good = time.monotonic() - begun
        if count == mails:
            return good, time.monotonic() - begun
        time.sleep(0.3)
    raise TimeoutError


def describe(app: App, good: float, whole: float) -> Outcome:
    """What the store, its files and the pages say."""
    with app.store.read() as tx:
        mails = [(row.blob, row.size, row.outcome or "") for row in tx.scalars(select(Mail))]
        attempts = max(tx.scalars(select(Job.attempts)))
    verdicts: dict[str, int] = {}
    for _, _, verdict in mails:
        verdicts[verdict] = verdicts.get(verdict, 0) + 1
    beside = {*app.blobs.iterate()} - {blob for blob, _, _ in mails}
    return Outcome(
        good=good,
        whole=whole,
        verdicts=verdicts,
        attempts=attempts,
        kept=sum(app.blobs.local_path(each).stat().st_size for each in beside),
        most_kept=sum(3 * size + 20 * MB for _, size, _ in mails),
        page=max(page.stat().st_size for page in app.config.queue_folder.rglob("*.html")),
    )


def run(home: Path, account: Account, raws: list[bytes]) -> Outcome:
    """Deliver the mails, then start a daemon."""
    with open_mailbox(account) as mailbox:
        for raw in raws:
            mailbox.append("INBOX", raw)
    config = newsroom.config_file(account, home, extra='authserv_id = "mx.warta.example"')
    with newsroom.app(account, home) as app:
        daemon = newsroom.redaksi(config, account, "run")
        try:
            good, whole = wait_until_examined(app, len(raws))
        finally:
            daemon.terminate()
            try:
                daemon.communicate(timeout=60)
            except subprocess.TimeoutExpired:
                daemon.kill()
        return describe(app, good, whole)


def drill() -> bool:
    """Whether the good one was filed in time, and the others within their bounds."""
    heics = send_files("Foto telepon", make_heics(4032, 3024))
    book = send_files("Buku", [("Buku.docx", make_wordy())])
    raws = [*make_costly(COUNT - 2), heics, book, GOOD.raw]
    with ExitStack() as stack:
        server = stack.enter_context(dovecot.running())
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="budgets-")))
        account = Account(
            id="warta",
            host=server.host,
            port=server.port,
            user="budgets",
            password=server.password,
            security="none",
        )
        found = run(home, account, raws)
    print(
        f"budgets: {COUNT} costly mails, another's was filed after {found.good:.0f} s, all after "
        f"{found.whole:.0f} s, {found.verdicts}, {found.attempts} attempt at most, "
        f"{found.kept / MB:.0f} of {found.most_kept / MB:.0f} MB kept, "
        f"longest page {found.page >> 10} KB"
    )
    return found.has_held
