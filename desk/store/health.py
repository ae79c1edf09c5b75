"""What tells whether the work goes on: what waits, who works, when something last came or went
wrong. Queries alone; desk.health judges."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from desk.store import schema_meta
from desk.store.columns import Instant
from desk.store.engine import Transaction
from desk.store.events import READING_DIED
from desk.store.inbound.departures import select_departures
from desk.store.inbound.ledger import OWED
from desk.store.inbound.mails import select_arrival
from desk.store.jobs.job_rows import select_failed
from desk.store.retention.last_purge import select_ended
from desk.store.rows import look_at_once
from desk.store.tables import Event, Job, Mail, Outbox, Poll, Process, SiteState

RECENTLY = timedelta(minutes=10)
REMEMBERED = timedelta(days=7)  # so long a failure that passed is told
A_DAY = timedelta(days=1)
_LAST_LEVEL = (
    select(Process.sandbox)
    .where(Process.sandbox != "")
    .order_by(Process.started_at.desc(), Process.id)
    .limit(1)
)
_OPEN = ("waiting", "leased")
ALL = "all"  # the role of a process that does the whole work


class Backlog(Struct, frozen=True, kw_only=True):
    """Mails that wait to be examined, and whether the line moves."""

    waiting: int = 0
    oldest: datetime | None = None  # when we took in the one that waits longest
    # when the first of them came to its server: an outage of ours is no excuse
    arrived: datetime | None = None
    error: str = ""  # of its last attempt
    came: int = 0  # mails that came in the last RECENTLY
    went: int = 0  # mails that were examined in it


class Running(Struct, frozen=True, kw_only=True):
    """A pass over a folder that has not ended. `moved_at`: when it last got on."""

    mailbox: str
    folder: str
    listed: int
    done: int
    started_at: datetime
    moved_at: datetime


class Worker(Struct, frozen=True, kw_only=True):
    """A process that did not say it ended, and that no later one has taken the work over from."""

    label: str  # "host:pid"
    heartbeat_at: datetime  # by the database's clock
    begun_at: datetime | None = None  # of the examination it is longest at


class LastFailure(Struct, frozen=True, kw_only=True):
    """The newest failure that passed. `error` is frozen (redaksi.catalog.stored)."""

    error: str
    at: datetime


class Pages(Struct, frozen=True, kw_only=True):
    """The pages of the queue. `error_at`: since when writing goes wrong; `behind_since`: since
    when a good pass over a folder has ended that they do not show."""

    error: str = ""
    error_at: datetime | None = None
    behind_since: datetime | None = None


class Health(Struct, frozen=True, kw_only=True):
    """What the store knows of how the work goes."""

    backlog: Backlog = Backlog()
    running: tuple[Running, ...] = ()
    workers: tuple[Worker, ...] = ()
    drafts: int = 0
    oldest_draft: datetime | None = None
    withheld: int = 0  # mails the server lists and did not give yet; they are asked for again
    refused: int = 0  # mails it would not give, or gave a stand-in for
    gone: int = 0  # mails that left their folder before we had them, in the last week
    newest_row: datetime | None = None  # of what was written last
    arrived: datetime | None = None  # INTERNALDATE of the mail that came last
    database_now: datetime | None = None  # where the database has a clock of its own
    pages: Pages = Pages()
    last_failure: LastFailure | None = None
    purged: datetime | None = None  # when a purge last ended
    backed_up: datetime | None = None  # when a backup was last whole; None: none ever was
    level: str = ""  # the children's, when the process that began last began; "" = not known
    died: Mapping[str, int] = {}  # readings that ended badly in the last 24 hours, by cause


def observe(tx: Transaction, now: datetime, pages_folder: str) -> Health:
    """How the work goes; `pages_folder`: whose pages are looked at."""
    asked = {
        "drafts": select(func.count()).where(Outbox.state == "draft"),
        "oldest_draft": select(func.min(Outbox.created_at)).where(Outbox.state == "draft"),
        "withheld": select(func.count()).where(Job.kind == OWED, Job.state.in_(_OPEN)),
        "refused": select_failed(OWED),
        "gone": select_departures(now),
        "newest_row": _select_newest_row(),
        "arrived": select(Mail.internaldate).order_by(Mail.id.desc()).limit(1),
        "purged": select_ended(),
        "backed_up": schema_meta.select_value(schema_meta.BACKUP),
        "level": _LAST_LEVEL,
        **_select_pages(pages_folder),
    }
    if tx.get_bind().dialect.name == "postgresql":
        asked["database_now"] = select(func.clock_timestamp(type_=Instant))
    found = look_at_once(tx, asked)
    return Health(
        backlog=_backlog(tx, now),
        running=tuple(_running(tx)),
        workers=tuple(_workers(tx)),
        drafts=found["drafts"],
        oldest_draft=found["oldest_draft"],
        withheld=found["withheld"],
        refused=found["refused"],
        gone=found["gone"],
        newest_row=found["newest_row"],
        arrived=found["arrived"],
        database_now=found.get("database_now"),
        pages=Pages(
            error=found["error"] or "",
            error_at=found["error_at"],
            behind_since=found["behind_since"],
        ),
        last_failure=_last_failure(tx, now),
        purged=found["purged"],
        backed_up=schema_meta.read_moment(found["backed_up"]),
        level=found["level"] or "",
        died=_count_died(tx, now),
    )


def _count_died(tx: Transaction, now: datetime) -> dict[str, int]:
    died = select(Event.facts).where(Event.what == READING_DIED, Event.at > now - A_DAY)
    return dict(Counter(str(facts.get("cause", "")) for facts in tx.scalars(died)))


def _backlog(tx: Transaction, now: datetime) -> Backlog:
    """A mail that the server withheld waits for the server, not for us."""
    job = and_(Job.kind == "examine", Job.key == cast(Mail.id, Text))
    open_job = and_(job, Job.state.in_(_OPEN))
    waits = select(Mail.received_at, Job.last_error).join(Job, open_job)
    first = tx.execute(
        waits.where(Mail.state == "received").order_by(Mail.received_at, Mail.id).limit(1)
    ).first()
    if first is None:
        return Backlog()
    waiting = select(func.count()).select_from(Mail).join(Job, open_job)
    recently = now - RECENTLY
    asked = {
        "waiting": waiting.where(Mail.state == "received"),
        "arrived": select(func.min(select_arrival(now)))
        .select_from(Mail)
        .join(Job, open_job)
        .where(Mail.state == "received"),
        "came": select(func.count()).where(Mail.received_at > recently),
        "went": select(func.count()).where(Mail.examined_at > recently),
    }
    return Backlog(oldest=first.received_at, error=first.last_error, **look_at_once(tx, asked))


def _running(tx: Transaction) -> list[Running]:
    rows = tx.scalars(select(Poll).where(Poll.ended_at.is_(None)).order_by(Poll.id))
    return [
        Running(
            mailbox=row.mailbox_id,
            folder=row.folder,
            listed=row.listed,
            done=row.done,
            started_at=row.started_at,
            moved_at=row.moved_at or row.started_at,
        )
        for row in rows
    ]


def _workers(tx: Transaction) -> list[Worker]:
    """Who was killed has no word of its end: it is forgotten as soon as another began after its
    last heartbeat."""
    every = [row for row in tx.scalars(select(Process)) if ALL in row.roles]
    begun = [row.started_at for row in every]
    left = [row for row in every if row.ended_at is None and row.heartbeat_at >= max(begun)]
    return [
        Worker(
            label=row.label,
            heartbeat_at=row.heartbeat_at,
            begun_at=row.begun_at if _examines(tx, row.begun_job) else None,
        )
        for row in left
    ]


def _examines(tx: Transaction, job_id: int | None) -> bool:
    """A download may last as long as its bytes come; an examination may not."""
    job = tx.get(Job, job_id) if job_id is not None else None
    return job is not None and (job.kind, job.state) == ("examine", "leased")


def _select_newest_row() -> Select[Any]:
    """By the order of writing, not by the clock: a row of a clock that was ahead once is not
    newest for ever."""
    polled = select(Poll.started_at).order_by(Poll.id.desc()).limit(1).scalar_subquery()
    happened = select(Event.at).order_by(Event.id.desc()).limit(1).scalar_subquery()
    return select(func.coalesce(polled, happened))


def _select_pages(folder: str) -> dict[str, Select[Any]]:
    """They are written again after each pass that ended, whatever it brought."""
    written = select(SiteState.written_at).where(SiteState.id == folder).scalar_subquery()
    is_later = or_(written.is_(None), Poll.ended_at > written)
    return {
        "error": select(SiteState.error).where(SiteState.id == folder),
        "error_at": select(SiteState.error_at).where(SiteState.id == folder),
        "behind_since": select(func.min(Poll.ended_at)).where(Poll.ok.is_(True), is_later),
    }


def _last_failure(tx: Transaction, now: datetime) -> LastFailure | None:
    """The newest that is over: its folder was read since. Jobs forget theirs when they are
    done."""
    later = aliased(Poll)
    is_same = and_(later.mailbox_id == Poll.mailbox_id, later.folder == Poll.folder)
    is_over = exists().where(is_same, later.ok.is_(True), later.id > Poll.id)
    failed = select(Poll.error, Poll.ended_at, is_over.label("is_over"))
    newest = (
        failed.where(Poll.ok.is_(False), Poll.ended_at > now - REMEMBERED)
        .order_by(Poll.id.desc())
        .limit(1)
    )
    row = tx.execute(newest).first()
    return LastFailure(error=row.error, at=row.ended_at) if row and row.is_over else None
