"""Jobs as rows: what is still to be done. An attempt is counted before the work, so that a job that
kills its worker cannot kill workers for ever.

    waiting ─► leased ─► done   (leased: its holder's heartbeat comes, desk.store.jobs.processes)
       ▲          ├─► waiting (failed, later again; postponed, our fault, the attempt given back)
       └──────────┴─► failed (attempts used up: its handler tells whom it concerns, the line goes on)
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, ScalarSelect, Select, Text, and_, cast, func, or_, select

from desk.store.engine import Transaction
from desk.store.jobs import processes
from desk.store.rows import add_unless_there
from desk.store.tables import Job, Process
from desk.store.tally import Counter, count
from redaksi.errors import LeaseLost
from redaksi.reasons import ReasonCode, explain

ATTEMPTS = 3
# after the first attempt, after every later one
BACKOFF = (
    timedelta(seconds=30),
    timedelta(minutes=5),
)
OF_ATTEMPTS = frozenset({"deaths", "rung"})  # keys of a payload that earlier attempts left
_OPEN = ("waiting", "leased")
ASKED = "asked"  # a kind: what an editor asked of the worker; key: the id of a submission
# only a mail is taken up again by hand; the key of another job is no mail's id
_IS_FAILED_MAIL = and_(Job.kind.in_(("examine", "fetch")), Job.state == "failed")


class Claim(Struct, frozen=True, kw_only=True):
    """A job and who holds it. `token` is the fence: it grows with each claim."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, Any]
    attempt: int  # from 1, this one included
    token: int
    holder: str


class FailedJob(Struct, frozen=True, kw_only=True):
    """A job that was set aside."""

    id: int
    kind: str
    key: str
    attempts: int
    reason: str
    ended_at: datetime | None


class JobCounts(Struct, frozen=True, kw_only=True):
    """How many jobs wait, are being worked on, were given up."""

    waiting: int = 0
    leased: int = 0
    failed: int = 0


# What follows when a job's attempts are used up, in the transaction that sets it aside.
GiveUp = Callable[[Transaction, Claim, datetime, str], None]


def defer(
    tx: Transaction,
    kind: str,
    key: str,
    *,
    now: datetime,
    payload: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
    priority: int = 0,
) -> int:
    """The id of the job of this kind and key that is open from now on.

    Where one waits or is worked on, that one; one that is done or failed is taken up again, with
    all its attempts; else a new one.
    """
    before = tx.scalars(_newest(kind, key).with_for_update()).first()
    if before is not None:
        if before.state not in _OPEN:
            before.state, before.attempts, before.ended_at = "waiting", 0, None
            before.payload, before.priority = dict(payload or {}), priority
            before.not_before, before.last_error = not_before or now, ""
            tx.flush()
        return before.id
    values = {
        "kind": kind,
        "key": key,
        "payload": dict(payload or {}),
        "priority": priority,
        "not_before": not_before or now,
        "created_at": now,
    }
    made: int | None = add_unless_there(tx, Job, values)
    return made if made is not None else tx.scalars(_newest(kind, key)).one().id


def find(tx: Transaction, kind: str, key: str) -> int | None:
    """The id of the newest job of this kind and key, whatever became of it."""
    row = tx.scalars(_newest(kind, key)).first()
    return row.id if row else None


def find_open(tx: Transaction, kind: str, keys: Collection[str]) -> dict[str, Mapping[str, Any]]:
    """The payloads of the jobs of a kind that are not ended, by key; one query."""
    wanted = select(Job.key, Job.payload).where(
        Job.kind == kind, Job.key.in_(keys), Job.state.in_(_OPEN)
    )
    return dict(tx.execute(wanted).all())


def select_asked(submission_id: ColumnElement[int]) -> ScalarSelect[Any]:
    """Part of a statement: the payload of what was asked about a submission and is not ended."""
    wanted = select(Job.payload).where(
        Job.kind == ASKED, Job.key == cast(submission_id, Text), Job.state.in_(_OPEN)
    )
    return wanted.limit(1).scalar_subquery()


def is_due(tx: Transaction, kinds: Collection[str], now: datetime) -> bool:
    """Whether a claim would find something. Reads alone."""
    due = _due(tx, now)
    return any(tx.scalar(select(Job.id).where(Job.kind == k, due).limit(1)) for k in kinds)


def claim_job(
    tx: Transaction,
    give_up: Mapping[str, GiveUp],
    holder: str,
    now: datetime,
    *,
    most: int = ATTEMPTS,
) -> Claim | None:
    """The oldest due job of the kinds `give_up` names, leased to `holder` with its attempt counted;
    None when nothing is due.

    A job whose holder fell silent is due again, its payload says so (`deaths`), unless its attempts
    are used up: such a job is set aside here. Two workers never get the same job (SQLite: one writer at a time; PostgreSQL: FOR UPDATE
    SKIP LOCKED).
    """
    oldest = (
        select(Job)
        .where(Job.kind.in_(list(give_up)), _due(tx, now))
        .order_by(Job.priority.desc(), Job.not_before, Job.id)
        .limit(1)
    )
    while row := tx.scalars(oldest.with_for_update(skip_locked=True)).first():
        if row.state == "leased":
            count(tx, Counter.ATTEMPTS, "died")
        if row.attempts >= most:
            reason = row.last_error or str(explain(ReasonCode.WORKER_DIED))
            _set_aside(tx, row, now, reason, give_up[row.kind])
            tx.flush()
            continue
        if row.state == "leased":
            row.payload = count_death(row.payload)
        return lease_row(tx, row, holder, now)
    return None


def count_death(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload after an attempt that ended without a word: one more of `deaths`."""
    return {**payload, "deaths": payload.get("deaths", 0) + 1}


def lease_row(tx: Transaction, row: Job, holder: str, now: datetime) -> Claim:
    """Count the attempt of a locked row, before it is made."""
    row.state, row.holder, row.begun_at = "leased", holder, now
    row.attempts, row.token = row.attempts + 1, row.token + 1
    tx.flush()
    return _claim(row)


def held(tx: Transaction, claim: Claim) -> Job:
    """The job's row, locked; raises LeaseLost when another worker has taken the job over."""
    row = tx.scalars(
        select(Job)
        .where(Job.id == claim.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if row.state != "leased" or row.token != claim.token:
        raise LeaseLost("job_lost", job=claim.id)
    return row


def done(tx: Transaction, claim: Claim, now: datetime) -> None:
    """The work is finished. Call it in the transaction that stores what came of it: LeaseLost
    then undoes both."""
    row = held(tx, claim)
    row.state, row.ended_at, row.last_error = "done", now, ""
    count(tx, Counter.ATTEMPTS, "done")


def failed(
    tx: Transaction,
    claim: Claim,
    now: datetime,
    reason: str,
    give_up: GiveUp,
    *,
    most: int = ATTEMPTS,
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """An attempt failed by our fault. True when it was the last: `give_up` was called.

    `payload`: of the next attempt, which is another one then and comes after the shortest pause.
    Raises LeaseLost.
    """
    row = held(tx, claim)
    if row.attempts >= most:
        _set_aside(tx, row, now, reason, give_up)
        count(tx, Counter.ATTEMPTS, "set_aside")
        return True
    count(tx, Counter.ATTEMPTS, "failed")
    row.state, row.last_error = "waiting", reason
    pauses = len(BACKOFF) if payload is None else 1
    row.not_before = now + BACKOFF[min(row.attempts, pauses) - 1]
    if payload is not None:
        row.payload = dict(payload)
    return False


def postpone(tx: Transaction, claim: Claim, now: datetime, delay: timedelta, reason: str) -> None:
    """The disk or the database refused: the attempt is given back. Raises LeaseLost."""
    row = held(tx, claim)
    row.state, row.last_error = "waiting", reason
    row.attempts -= 1
    row.not_before = now + delay
    count(tx, Counter.ATTEMPTS, "given_back")


def failed_jobs(tx: Transaction) -> list[FailedJob]:
    """Every job of a mail that was set aside, oldest first."""
    rows = tx.scalars(select(Job).where(_IS_FAILED_MAIL).order_by(Job.id))
    return [
        FailedJob(
            id=row.id,
            kind=row.kind,
            key=row.key,
            attempts=row.attempts,
            reason=row.last_error,
            ended_at=row.ended_at,
        )
        for row in rows
    ]


def retry(tx: Transaction, job_id: int, now: datetime) -> Claim | None:
    """Begin a job that was set aside anew, its attempts and what they led to forgotten; None when
    there is no such job."""
    row = _failed_row(tx, job_id)
    if row is None:
        return None
    row.payload = {key: value for key, value in row.payload.items() if key not in OF_ATTEMPTS}
    row.state, row.attempts, row.not_before, row.ended_at = "waiting", 0, now, None
    return _claim(row)


def drop(tx: Transaction, job_id: int, now: datetime) -> Claim | None:
    """Give a job that was set aside up for good; None when there is no such job."""
    row = _failed_row(tx, job_id)
    if row is None:
        return None
    row.state, row.ended_at = "done", now
    return _claim(row)


def counts(tx: Transaction) -> JobCounts:
    """How many jobs there are that are not done."""
    states = ("waiting", "leased", "failed")
    rows = tx.execute(
        select(Job.state, func.count()).where(Job.state.in_(states)).group_by(Job.state)
    )
    return JobCounts(**dict(rows.all()))


def select_failed(kind: str) -> Select[int]:
    """How many jobs of a kind were set aside, to be asked with other questions."""
    return select(func.count()).where(Job.kind == kind, Job.state == "failed")


def _due(tx: Transaction, now: datetime) -> ColumnElement[bool]:
    """In a form that an index is found for: state before the rest."""
    living = select(Process.id).where(processes.alive(tx))
    return and_(
        Job.state.in_(_OPEN),
        or_(
            and_(Job.state == "waiting", Job.not_before <= now),
            and_(Job.state == "leased", Job.holder.not_in(living)),
        ),
    )


def _newest(kind: str, key: str) -> Select[Job]:
    return select(Job).where(Job.kind == kind, Job.key == key).order_by(Job.id.desc()).limit(1)


def _failed_row(tx: Transaction, job_id: int) -> Job | None:
    wanted = select(Job).where(Job.id == job_id, _IS_FAILED_MAIL)
    return tx.scalars(wanted.with_for_update()).first()


def _set_aside(tx: Transaction, row: Job, now: datetime, reason: str, give_up: GiveUp) -> None:
    row.state, row.ended_at, row.last_error = "failed", now, reason
    give_up(tx, _claim(row), now, reason)


def _claim(row: Job) -> Claim:
    return Claim(
        id=row.id,
        kind=row.kind,
        key=row.key,
        payload=row.payload,
        attempt=row.attempts,
        token=row.token,
        holder=row.holder,
    )
