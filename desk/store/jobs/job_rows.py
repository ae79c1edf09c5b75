"""Jobs: what is still to be done with a mail. An attempt is counted before the work, so that a job
that kills its worker cannot kill workers for ever.

    waiting ─► leased ─► done
       ▲          ├─► waiting (failed, later again; postponed, our fault, the attempt given back)
       └──────────┴─► failed (attempts used up: visible, nobody blamed, the line goes on)
"""

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import and_, func, or_, select

from desk.store import events
from desk.store.engine import Transaction
from desk.store.jobs import dead_letters
from desk.store.rows import add_unless_there
from desk.store.tables import Work
from redaksi.errors import LeaseLost

ATTEMPTS = 3
BACKOFF = (
    timedelta(seconds=30),
    timedelta(minutes=5),
)  # after the first attempt, after every later one


class Job(Struct, frozen=True, kw_only=True):
    """A job and the lease it is held by. `token` is the fence: it grows with each lease."""

    id: int
    kind: str
    mail_id: int
    attempt: int  # from 1, this one included
    token: int
    worker: str
    leased_until: datetime | None


class FailedJob(Struct, frozen=True, kw_only=True):
    """A job that was set aside."""

    id: int
    kind: str
    mail_id: int
    attempts: int
    reason: str
    ended_at: datetime | None


def add(tx: Transaction, kind: str, mail_id: int, now: datetime) -> int:
    """A new job for a mail; the id of the one there is when it has one of this kind."""
    made: int | None = add_unless_there(
        tx, Work, {"kind": kind, "mail_id": mail_id, "not_before": now, "created_at": now}
    )
    if made is not None:
        return made
    return tx.scalars(select(Work.id).where(Work.kind == kind, Work.mail_id == mail_id)).one()


def lease_job(
    tx: Transaction,
    worker: str,
    now: datetime,
    ttl: timedelta,
    *,
    most: int = ATTEMPTS,
    kind: str = "examine",
) -> Job | None:
    """The oldest job of its kind that is due, leased to `worker` with its attempt counted; None
    when nothing is due.

    A job whose lease ran out is due again, unless its attempts are used up: such a job is set aside
    here. Two workers never get the same job (SQLite: one writer at a time; PostgreSQL: FOR UPDATE
    SKIP LOCKED).
    """
    due = or_(
        and_(Work.state == "waiting", Work.not_before <= now),
        and_(Work.state == "leased", Work.leased_until < now),
    )
    oldest = select(Work).where(Work.kind == kind, due).order_by(Work.not_before, Work.id).limit(1)
    while row := tx.scalars(oldest.with_for_update(skip_locked=True)).first():
        if row.attempts >= most:
            _set_aside(tx, row, now, row.last_error or "the worker died at every attempt")
            tx.flush()
            continue
        row.state, row.worker, row.leased_until = "leased", worker, now + ttl
        row.attempts += 1
        row.token += 1
        tx.flush()
        return _job(row)
    return None


def renew(tx: Transaction, job: Job, now: datetime, ttl: timedelta) -> None:
    """Hold the job longer. Raises LeaseLost."""
    held(tx, job).leased_until = now + ttl


def held(tx: Transaction, job: Job) -> Work:
    """The job's row, locked; raises LeaseLost when another worker has taken the job over."""
    row = tx.scalars(
        select(Work)
        .where(Work.id == job.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if row.state != "leased" or row.token != job.token:
        raise LeaseLost(f"job {job.id} was taken over")
    return row


def done(tx: Transaction, job: Job, now: datetime) -> None:
    """The work is finished. Call it in the transaction that stores what came of it: LeaseLost
    then undoes both."""
    row = held(tx, job)
    row.state, row.leased_until, row.ended_at, row.last_error = "done", None, now, ""


def failed(tx: Transaction, job: Job, now: datetime, reason: str, *, most: int = ATTEMPTS) -> bool:
    """An attempt failed by our fault. True when it was the last: the mail is shown as failed from
    now on.

    Raises LeaseLost.
    """
    row = held(tx, job)
    if row.attempts >= most:
        _set_aside(tx, row, now, reason)
        return True
    row.state, row.leased_until, row.last_error = "waiting", None, reason
    row.not_before = now + BACKOFF[min(row.attempts, len(BACKOFF)) - 1]
    return False


def postpone(tx: Transaction, job: Job, now: datetime, delay: timedelta, reason: str) -> None:
    """The disk or the database refused: the attempt is given back. Raises LeaseLost."""
    row = held(tx, job)
    row.state, row.leased_until, row.last_error = "waiting", None, reason
    row.attempts -= 1
    row.not_before = now + delay


def failed_jobs(tx: Transaction) -> list[FailedJob]:
    """Every job that was set aside, oldest first."""
    rows = tx.scalars(select(Work).where(Work.state == "failed").order_by(Work.id))
    return [
        FailedJob(
            id=row.id,
            kind=row.kind,
            mail_id=row.mail_id,
            attempts=row.attempts,
            reason=row.last_error,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def retry(tx: Transaction, job_id: int, now: datetime, actor: str = "editor") -> bool:
    """Begin a job that was set aside anew, its attempts forgotten; False when there is no such
    job."""
    row = tx.scalars(
        select(Work).where(Work.id == job_id, Work.state == "failed").with_for_update()
    ).first()
    if row is None:
        return False
    row.state, row.attempts, row.not_before, row.ended_at = "waiting", 0, now, None
    events.record(tx, events.Happened(at=now, actor=actor, what="job retried", mail_id=row.mail_id))
    dead_letters.take_back(tx, row.mail_id, now, actor)
    return True


def drop(tx: Transaction, job_id: int, now: datetime, actor: str = "editor") -> bool:
    """Give a job up for good; its submission stays visible as failed. False when there is no
    such job."""
    row = tx.scalars(
        select(Work).where(Work.id == job_id, Work.state == "failed").with_for_update()
    ).first()
    if row is None:
        return False
    row.state, row.ended_at = "done", now
    events.record(tx, events.Happened(at=now, actor=actor, what="job dropped", mail_id=row.mail_id))
    return True


def pending(tx: Transaction) -> int:
    """How many jobs wait or are being done."""
    return (
        tx.scalar(
            select(func.count()).select_from(Work).where(Work.state.in_(("waiting", "leased")))
        )
        or 0
    )


def next_due(tx: Transaction) -> datetime | None:
    """When the next waiting job may be begun; None when none waits."""
    return tx.scalar(select(func.min(Work.not_before)).where(Work.state == "waiting"))


def _set_aside(tx: Transaction, row: Work, now: datetime, reason: str) -> None:
    row.state, row.leased_until, row.ended_at, row.last_error = "failed", None, now, reason
    dead_letters.set_aside(tx, row.mail_id, now, reason)


def _job(row: Work) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        mail_id=row.mail_id,
        attempt=row.attempts,
        token=row.token,
        worker=row.worker,
        leased_until=row.leased_until,
    )
