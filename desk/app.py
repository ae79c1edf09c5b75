"""The app: configuration, store, blobs and clock, opened once and handed to everybody."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.blobs.blob_store import BlobStore
from desk.blobs.local import LocalBlobs
from desk.jobs.job_queue import JobQueue
from desk.jobs.local import LocalJobQueue
from desk.jobs.wakeup import Wakeup
from desk.store import Store, open_store
from desk.store.jobs import leases
from desk.store.jobs.holder import holder_name, is_gone
from ingest.fetch import spool
from publisher.letters.proofread import load
from publisher.letters.stationery import Templates
from redaksi.config import schema as configuration
from redaksi.config.schema import Config, Mailbox, address_of
from redaksi.text import workdays

LEFTOVER = timedelta(days=7)  # a download that nobody came back for
Clock = Callable[[], datetime]


class App(Struct, frozen=True, kw_only=True):
    """What every room works with. `name`: what this process goes by in leases; `environment`:
    where secrets are looked up."""

    config: Config
    store: Store
    blobs: BlobStore
    templates: Templates
    clock: Clock
    name: str
    environment: Mapping[str, str]
    new_job: Wakeup = msgspec.field(default_factory=Wakeup)  # rung when a job was deferred
    new_letter: Wakeup = msgspec.field(default_factory=Wakeup)  # rung when a letter was queued

    @property
    def jobs(self) -> JobQueue:
        """The queue of jobs, by this app's name and clock. Who runs it keeps one."""
        attempts = self.config.sandbox.attempts
        return LocalJobQueue(
            self.store, self.name, self.clock, attempts=attempts, wakeup=self.new_job
        )

    @property
    def thumbnails(self) -> Path:
        """Pictures made before the store had a table of them: <ab>/<sha256>.jpg. Read only."""
        return self.config.home / "thumbnails"

    @property
    def spool(self) -> Path:
        """Where downloads begin, in the blobs' own file system."""
        return self.config.home / "spool"

    def header(self, source_text: str) -> Path:
        """Where the header of a mail that was too big to take in waits to be read
        ("warta/INBOX/1/17")."""
        return self.spool / f"{hashlib.sha256(source_text.encode()).hexdigest()}.header"

    def mailbox(self, mailbox_id: str) -> Mailbox | None:
        """The configuration of a mailbox; None when it is no longer configured."""
        return next((box for box in self.config.mailbox if box.id == mailbox_id), None)

    def writes_as(self, mailbox_id: str) -> str:
        """From of the letters of a mailbox."""
        box = self.mailbox(mailbox_id)
        return self.config.reply.address or address_of(box or self.config.mailbox[0])


def count_working_days(app: App, since: datetime, now: datetime) -> int:
    """How many working days of the redaksi's have come since a day: what `queue.sla_days` is
    counted in."""
    zone, queue = app.config.zone, app.config.queue
    return workdays.count(
        since.astimezone(zone).date(), now.astimezone(zone).date(), queue.holidays, queue.days_off
    )


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


@contextmanager
def open_app(
    config: Config, clock: Clock = now, environment: Mapping[str, str] | None = None
) -> Iterator[App]:
    """Open the store, migrate it, check the letters' templates. Raises ConfigError or
    StoreError."""
    variables = configuration.read_environment() if environment is None else environment
    config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    overrides = Path(config.reply.templates) if config.reply.templates else None
    blobs = LocalBlobs(config.home / "blobs")
    blobs.sweep()
    app = App(
        config=config,
        store=open_store(config.database_url(variables)),
        blobs=blobs,
        templates=load(overrides),
        clock=clock,
        name=holder_name(),
        environment=variables,
    )
    app.spool.mkdir(mode=0o700, exist_ok=True)
    spool.sweep(app.spool, LEFTOVER.total_seconds())
    with app.store.begin() as tx:
        leases.reap(tx, is_gone)
    app.jobs.rescue()
    try:
        yield app
    finally:
        app.store.close()
