"""Who works on this store. A process is known by a random id and lives while its heartbeat comes:
neither host name nor pid tells, since containers share both.

Times here are compared between machines, so they are the database's: `clock_timestamp()` of
PostgreSQL. SQLite has no server; those on one file share the machine's clock.
"""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, and_, delete, func, literal, or_, select, update
from sqlalchemy.sql import literal_column

from desk.store.columns import Instant
from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import Job, Process

BEAT = timedelta(seconds=10)
SILENCE = timedelta(seconds=30)  # after so long without a heartbeat what it held is free
KEPT = timedelta(days=1)  # rows of the ended, for people
ID_BYTES = 16


class Birth(Struct, frozen=True, kw_only=True):
    """What a process says of itself when it begins."""

    id: str
    roles: tuple[str, ...] = ("all",)
    label: str = ""
    version: str = ""
    sandbox: str = ""
    marker: str = ""


class Living(Struct, frozen=True, kw_only=True):
    """A process that has not ended by its own word; `silent` when its heartbeat stays away."""

    id: str
    label: str
    roles: tuple[str, ...]
    sandbox: str
    marker: str
    started_at: datetime
    heartbeat_at: datetime
    begun_job: int | None
    begun_at: datetime | None
    silent: bool


def new_id() -> str:
    """The name a process goes by in leases and claims."""
    return secrets.token_hex(ID_BYTES)


def register(tx: Transaction, birth: Birth) -> None:
    """It lives from now on. Rows of those that ended more than a day ago go."""
    now = database_now(tx)
    before = now - KEPT
    tx.execute(delete(Process).where(or_(Process.ended_at < before, Process.heartbeat_at < before)))
    _add(tx, birth, now)


def beat(tx: Transaction, birth: Birth) -> None:
    """It still lives, and which of its jobs was begun first. A row that was taken for dead and
    removed meanwhile is written again; its mark among the blobs went with it."""
    now = database_now(tx)
    oldest = tx.execute(
        select(Job.id, Job.begun_at)
        .where(Job.state == "leased", Job.holder == birth.id)
        .order_by(Job.begun_at, Job.id)
        .limit(1)
    ).first()
    job, since = oldest or (None, None)
    values = {"heartbeat_at": now, "begun_job": job, "begun_at": since}
    mine = update(Process).where(Process.id == birth.id).values(**values)
    if tx.execute(mine.returning(Process.id)).first() is None:
        _add(tx, msgspec.structs.replace(birth, marker=""), now)


def note_level(tx: Transaction, identifier: str, level: str) -> None:
    """How far what it examines with is confined."""
    tx.execute(update(Process).where(Process.id == identifier).values(sandbox=level))


def end(tx: Transaction, identifier: str) -> None:
    """It holds nothing any more."""
    now = database_now(tx)
    tx.execute(update(Process).where(Process.id == identifier).values(ended_at=now))


def is_alive(tx: Transaction, identifier: str) -> bool:
    """Whether what a process holds is held."""
    return tx.scalar(select(Process.id).where(Process.id == identifier, alive(tx))) is not None


def is_any_alive(tx: Transaction) -> bool:
    """Whether anybody wrote to the store lately."""
    return tx.scalar(select(Process.id).where(alive(tx)).limit(1)) is not None


def alive(tx: Transaction) -> ColumnElement[bool]:
    """The condition on `process` that it has not ended and was heard of lately."""
    return and_(Process.ended_at.is_(None), Process.heartbeat_at > _earliest(tx))


def unended(tx: Transaction) -> Sequence[Living]:
    """Every process that did not say that it ended, the longest at work first."""
    since = database_now(tx) - SILENCE
    rows = tx.scalars(
        select(Process).where(Process.ended_at.is_(None)).order_by(Process.started_at)
    )
    return [
        Living(
            id=row.id,
            label=row.label,
            roles=tuple(row.roles),
            sandbox=row.sandbox,
            marker=row.marker,
            started_at=row.started_at,
            heartbeat_at=row.heartbeat_at,
            begun_job=row.begun_job,
            begun_at=row.begun_at,
            silent=row.heartbeat_at <= since,
        )
        for row in rows
    ]


def database_now(tx: Transaction) -> datetime:
    """The moment, by the clock that all who share the store share."""
    if tx.get_bind().dialect.name != "postgresql":
        return datetime.now(UTC)
    return tx.execute(select(func.clock_timestamp(type_=Instant))).scalar_one()


def _earliest(tx: Transaction) -> ColumnElement[datetime]:
    """Who was last heard of before this is silent. PostgreSQL computes it itself: no question
    more."""
    if tx.get_bind().dialect.name != "postgresql":
        return literal(datetime.now(UTC) - SILENCE, Instant)
    seconds = int(SILENCE.total_seconds())
    return literal_column(f"(clock_timestamp() - interval '{seconds} seconds')", Instant)


def _add(tx: Transaction, birth: Birth, now: datetime) -> None:
    values = {
        "id": birth.id,
        "roles": list(birth.roles),
        "label": birth.label,
        "version": birth.version,
        "sandbox": birth.sandbox,
        "marker": birth.marker,
        "started_at": now,
        "heartbeat_at": now,
    }
    ensure(tx, Process, values)
