"""Contributions sent as two mails, "article", then "photos", by one sender each: whatever examines
them side by side, none may be split into two submissions, and nobody is asked for what came.

`python -m tests.drill.pairs WORKER HOME URL POOL` is one of several processes on one store.
"""

import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select

from desk.app import App, open_app
from desk.demo.makers import mail, photo, word
from desk.demo.texts import article
from desk.inbound.poll import Watch, own_mailbox
from desk.jobs.job_queue import EXAMINE
from desk.store.inbound import ledger, own_mailboxes
from desk.store.tables import Address, Outbox, Submission
from desk.worker.round import examine_waiting, open_pool
from desk.workflow.asked.work import Hands
from redaksi import log
from redaksi.config.bounds import Sandboxed
from redaksi.config.schema import Config, Mailbox, Queue, Reply, Storage
from tests import postgres

POOL = 4
CAPTIONS = "A1.jpg: Warga meratakan beton di lorong.\nB2.jpg: Kaum ibu menyiapkan makan siang.\n"


class Outcome(Struct, frozen=True, kw_only=True):
    """What became of the pairs."""

    whole: int  # one submission with its article and both photos
    split: int  # senders with more than one submission, or with one that is not whole
    undue: int  # letters waiting to leave that ask for what came
    seconds: float


def configuration(home: Path, url: str, pool: int) -> Config:
    """An office with the window open for a second mail; letters wait in the outbox."""
    box = Mailbox(
        id="warta",
        address="redaksi@warta.example",
        host="127.0.0.1",
        port=1,
        user="warta",
        password="env:P",
        since=date(2020, 1, 1),
        security="none",
        authserv_id="mx.warta.example",
    )
    return Config(
        mailbox=(box,),
        data_dir=str(home),
        storage=Storage(database=url),
        reply=Reply(mode="auto", host="127.0.0.1", port=1, security="none"),
        queue=Queue(settle=timedelta(minutes=10)),
        sandbox=Sandboxed(pool=pool),
    )


def pair(number: int) -> tuple[bytes, bytes]:
    """The article and the photos of a sender of their own."""
    sender = (f"Andi {number}", f"andi.{number}@kontributor.example")
    title = f"BKM Sejahtera {number} Tuntaskan Jalan Lingkungan"
    text = article(f"Talise{number}", "membangun jalan lingkungan", number)
    document = word(title, text, byline="Andi Tenri, Tim 02 Palu", captions=[])
    photos = [("A1.jpg", photo(1600, 1200, 4)), ("B2.jpg", photo(1600, 1200, 5))]
    return (
        mail(sender, "Naskah", f"Terlampir naskah {title}.\n", [("Naskah.docx", document)]),
        mail(sender, "Foto", CAPTIONS, photos),
    )


def take_in(app: App, number: int, raw: bytes) -> None:
    """A mail with its job, as the poller leaves it."""
    sha256 = app.blobs.put(raw)
    now = app.clock()
    with app.store.begin() as tx:
        own_mailboxes.remember(tx, own_mailbox(app, app.config.mailbox[0]), now)
        where = f"uid {number}"
        arrived = ledger.take_in(tx, "warta", sha256, len(raw), "mail", where, now)
        app.jobs.defer(tx, EXAMINE, str(arrived.mail_id))


def work(app: App) -> None:
    """Examine until nothing is left."""
    with open_pool(app) as pool:
        work_with(app, pool)


def work_with(app: App, pool: Hands) -> None:
    """The same, by an examiner that is kept."""
    jobs = app.jobs
    while True:
        examine_waiting(app, pool, Watch(), jobs)
        with app.store.read() as tx:
            counts = jobs.counts(tx)
        if not counts.waiting + counts.leased:
            return
        jobs.wait(0.05)


def run(home: Path, url: str, pairs: int, *, pool: int = POOL, processes: int = 1) -> Outcome:
    """Take the pairs in, have them examined, look what became of them."""
    with open_app(configuration(home, url, pool), environment={"P": "x"}) as app:
        for number in range(pairs):
            for part, raw in enumerate(pair(number)):
                take_in(app, 2 * number + part, raw)
        begun = time.monotonic()
        if processes == 1:
            work(app)
        else:
            command = [sys.executable, "-m", "tests.drill.pairs", str(home), url, str(pool)]
            root = Path(__file__).parents[2]
            workers = [subprocess.Popen(command, cwd=root) for _ in range(processes)]
            assert [worker.wait() for worker in workers] == [0] * processes
        return outcome(app, pairs, time.monotonic() - begun)


def outcome(app: App, pairs: int, seconds: float) -> Outcome:
    """What the store says of each sender."""
    with app.store.read() as tx:
        found: dict[str, list[Submission]] = {}
        rows = select(Address.address, Submission).join(
            Submission, Submission.address_id == Address.id
        )
        for address, submission in tx.execute(rows):
            found.setdefault(address, []).append(submission)
        whole = sum(
            len(some) == 1 and some[0].state == "review" and some[0].latest_revision == 2
            for some in found.values()
        )
        asking = select(Outbox.id).where(Outbox.state == "queued", Outbox.kind != "accepted")
        undue = len(tx.scalars(asking).all())
    return Outcome(whole=whole, split=pairs - whole, undue=undue, seconds=seconds)


def drill(pairs: int = 100) -> bool:
    """100 pairs under a pool of 4, and under two processes with a pool of 2 each."""
    held = True
    with ExitStack() as stack:
        programs = postgres.binaries()
        cluster = stack.enter_context(postgres.cluster(programs)) if programs else None
        for database in ("sqlite", "postgres") if cluster else ("sqlite",):
            for processes, pool in ((1, POOL), (2, 2)):
                home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pairs-")))
                url = f"sqlite:///{home}/redaksi.db"
                if database == "postgres" and cluster is not None:
                    url = cluster.url(cluster.create())
                found = run(home, url, pairs, pool=pool, processes=processes)
                print(
                    f"{database}, {processes} x pool {pool}: {pairs} pairs, {found.split} split,"
                    f" {found.undue} undue letters, {found.seconds:.0f} s",
                    flush=True,
                )
                held = held and not found.split and not found.undue
    return held


if __name__ == "__main__":
    log.configure("error")
    with open_app(
        configuration(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])), environment={"P": "x"}
    ) as started:
        work(started)
