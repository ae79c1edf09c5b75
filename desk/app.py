"""The app: configuration, store, blobs and clock, opened once and handed to everybody."""

import hashlib
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.blobs import tie
from desk.blobs.blob_store import BlobStore
from desk.blobs.local import LocalBlobs
from desk.domain import rungs
from desk.jobs.heartbeat import keep_alive
from desk.jobs.job_queue import JobQueue
from desk.jobs.local import LocalJobQueue
from desk.jobs.wakeup import Wakeup
from desk.scan.scanner import Scanner
from desk.store import Store, open_current, open_to_read
from desk.store.jobs import processes
from desk.store.jobs.processes import Birth
from desk.store.keeping import upgrade
from desk.store.keeping.half import refuse_half_restored
from ingest.fetch import spool
from publisher.letters.proofread import load
from publisher.letters.stationery import Templates
from redaksi.config import schema as configuration
from redaksi.config.scanner.address import read_address
from redaksi.config.schema import Config, Mailbox, address_of
from redaksi.errors import ConfigError, StoreError
from redaksi.fault import PASSING, name_fault, word_remedy
from redaksi.text import workdays

LEFTOVER = timedelta(days=7)  # a download that nobody came back for
Clock = Callable[[], datetime]


class App(Struct, frozen=True, kw_only=True):
    """What every room works with. `name`: the id this process goes by in leases and claims;
    `environment`: where secrets are looked up."""

    config: Config
    store: Store
    blobs: BlobStore
    templates: Templates
    clock: Clock
    name: str
    environment: Mapping[str, str]
    scanner: Scanner | None = None  # None: nothing is scanned
    new_job: Wakeup = msgspec.field(default_factory=Wakeup)  # rung when a job was deferred
    new_letter: Wakeup = msgspec.field(default_factory=Wakeup)  # rung when a letter was queued

    @property
    def jobs(self) -> JobQueue:
        """The queue of jobs, by this app's name and clock. Who runs it keeps one."""
        attempts = rungs.ALL + self.config.sandbox.attempts
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


def require_room(app: App) -> None:
    """Raise StoreError while less than `storage.min_free` is left beside the data, before work is
    begun whose end could not be stored."""
    try:
        free = shutil.disk_usage(app.config.home).free
    except OSError as error:
        raise StoreError("data_folder", fault=name_fault(error)) from error
    if free < app.config.storage.min_free:
        raise StoreError("disk_full", free=free >> 20)


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


@contextmanager
def open_app(
    config: Config,
    clock: Clock = now,
    environment: Mapping[str, str] | None = None,
    roles: tuple[str, ...] = ("all",),
    *,
    migrates: bool = False,
) -> Iterator[App]:
    """For who writes or holds anything: open the store, check the letters' templates, live as a
    process of this store until the end. `migrates`: bring an older one up to date first (`run`,
    `poll`). Raises ConfigError or StoreError."""
    _make_folder(config.home)
    refuse_half_restored(config.home)
    if migrates:
        variables = configuration.read_environment() if environment is None else environment
        upgrade.upgrade_store(config.database_url(variables), is_asked=False)
        upgrade.drop_old_copies(config.home, time.time())
    blobs = LocalBlobs(config.home / "blobs")
    blobs.sweep()
    app = _make_app(config, clock, environment, blobs, open_current)
    _make_folder(app.spool)
    spool.sweep(app.spool, LEFTOVER.total_seconds())
    birth = _birth(app, roles)
    with closing(app.store):
        tie.tie_together(app.store, blobs, str(config.home / "blobs"))
        try:
            with keep_alive(app.store, birth, lambda tx: tie.enter(tx, blobs, birth)):
                yield app
        finally:
            with suppress(StoreError):
                blobs.delete_mark(birth.marker)


@contextmanager
def open_reading(
    config: Config, clock: Clock = now, environment: Mapping[str, str] | None = None
) -> Iterator[App]:
    """For who only looks: nothing is made, migrated, swept or registered, and the store takes no
    write. Raises ConfigError or StoreError."""
    refuse_half_restored(config.home)
    blobs = LocalBlobs(config.home / "blobs", looks=True)
    app = _make_app(config, clock, environment, blobs, open_to_read)
    with closing(app.store):
        yield app


def _make_folder(path: Path) -> None:
    """Of `data_dir`. Raises ConfigError, or StoreError for what may pass by itself."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        facts = {"fault": name_fault(error), "remedy": word_remedy(error.errno)}
        kind = StoreError if error.errno in PASSING else ConfigError
        raise kind("no_data_folder", path=path.absolute(), **facts) from error


def _make_app(
    config: Config,
    clock: Clock,
    environment: Mapping[str, str] | None,
    blobs: BlobStore,
    opening: Callable[[str], Store],
) -> App:
    variables = configuration.read_environment() if environment is None else environment
    overrides = Path(config.reply.templates) if config.reply.templates else None
    return App(
        config=config,
        store=opening(config.database_url(variables)),
        blobs=blobs,
        templates=load(overrides),
        clock=clock,
        name=processes.new_id(),
        environment=variables,
        scanner=make_scanner(config),
    )


def make_scanner(config: Config) -> Scanner | None:
    """The scanner of `scan.clamd`; None where there is none."""
    address = read_address(config.scan.clamd)
    return Scanner(address) if address else None


def _birth(app: App, roles: tuple[str, ...]) -> Birth:
    return Birth(
        id=app.name,
        roles=roles,
        label=f"{socket.gethostname()}:{os.getpid()}",
        version=version("redaksi"),
        marker=tie.mark_of(app.name),
    )
