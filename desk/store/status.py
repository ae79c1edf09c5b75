"""How things stand: counts, the oldest that waits, the last good pass over each folder, the last
trouble."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, func, select, update

from desk.store.engine import Transaction
from desk.store.jobs import job_rows
from desk.store.outbound import outbox_queries, relay
from desk.store.rows import look_at_once
from desk.store.tables import Event, LetterState, Mail, Mailbox, Poll, Submission
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze
from redaksi.reasons import ReasonCode
from redaksi.states import State

KEEP_POLLS = timedelta(days=7)


class FolderStatus(Struct, frozen=True, kw_only=True):
    """The passes over one folder."""

    mailbox: str
    folder: str
    last_good: datetime | None  # when the last pass without an error ended
    last_end: datetime | None
    error: str  # of the last pass; "" when it was good or none has ended
    new: int  # mails of the last pass


class Status(Struct, frozen=True, kw_only=True):
    """How things stand."""

    mails: Mapping[str, int]  # by verdict; "received" for those that wait
    submissions: Mapping[State, int]
    letters: Mapping[LetterState, int]
    jobs: int  # waiting or at work
    failed_jobs: int  # examinations that were set aside
    folders: tuple[FolderStatus, ...]
    # why no letter can leave, in the relay's own words; "" while letters leave
    relay_error: str = ""
    relay_until: datetime | None = None  # when it is tried again
    # letters that wait for a limit to pass, by its reason (desk.domain.rate_limit)
    held: Mapping[ReasonCode, int] = {}
    # of the queued letter that is due longest; the future when none is due
    due_since: datetime | None = None
    sending_since: datetime | None = None  # of the letter that has been in doubt longest


def status(tx: Transaction) -> Status:
    """How things stand now."""
    shut, jobs = relay.pause(tx), job_rows.counts(tx)
    asked = {
        "failed_jobs": job_rows.select_failed("examine"),
        "due_since": outbox_queries.select_longest_due(),
        "sending_since": outbox_queries.select_longest_sending(),
    }
    return Status(
        mails=_by_outcome(tx),
        submissions=_by_state(tx),
        letters=outbox_queries.counts(tx),
        jobs=jobs.waiting + jobs.leased,
        folders=tuple(folders(tx)),
        relay_error=shut.error if shut else "",
        relay_until=shut.until if shut else None,
        held=outbox_queries.held(tx),
        **look_at_once(tx, asked),
    )


class Pass(Struct, frozen=True, kw_only=True):
    """A pass over a folder. `error`: frozen (redaksi.catalog.stored); "" when it was good."""

    mailbox: str
    folder: str
    started_at: datetime
    ended_at: datetime | None
    new: int
    error: str


def list_passes(tx: Transaction, most: int) -> list[Pass]:
    """The newest passes, the newest first."""
    rows = tx.scalars(select(Poll).order_by(Poll.id.desc()).limit(most))
    return [
        Pass(
            mailbox=row.mailbox_id,
            folder=row.folder,
            started_at=row.started_at,
            ended_at=row.ended_at,
            new=row.new,
            error=row.error,
        )
        for row in rows
    ]


def list_quarantined(tx: Transaction, most: int) -> list[str]:
    """Numbers of what is in quarantine, the newest first."""
    wanted = select(Submission.number).where(Submission.state == "quarantined")
    return list(tx.scalars(wanted.order_by(Submission.id.desc()).limit(most)))


def count_came(tx: Transaction, since: datetime) -> int:
    """How many mails were taken in since then."""
    return tx.scalar(select(func.count()).where(Mail.received_at >= since)) or 0


def newest_event(tx: Transaction) -> int:
    """A number that grows with everything that happens; 0 before anything has."""
    return tx.scalar(select(func.max(Event.id))) or 0


def poll_started(tx: Transaction, mailbox: str, folder: str, now: datetime) -> int:
    """A pass over a folder begins; its id."""
    row = Poll(mailbox_id=mailbox, folder=folder, started_at=now)
    tx.add(row)
    tx.flush()
    return row.id


def poll_moved(tx: Transaction, poll_id: int, now: datetime, *, listed: int, done: int) -> None:
    """How far a pass is: `done` of the `listed` mails of its folder are accounted for."""
    moved = {"listed": listed, "done": done, "moved_at": now}
    tx.execute(update(Poll).where(Poll.id == poll_id).values(**moved))


def poll_ended(tx: Transaction, poll_id: int, now: datetime, *, new: int, error: str = "") -> None:
    """The pass is over; `error` is the server's own line, "" when all went well.

    A good pass lets those of the folder that are older than a week be forgotten; they come every
    two minutes.
    """
    row = tx.get_one(Poll, poll_id)
    row.ended_at, row.ok, row.error, row.new = now, not error, error, new
    tx.flush()
    if row.ok:
        older = (Poll.mailbox_id == row.mailbox_id, Poll.folder == row.folder, Poll.id < row.id)
        tx.execute(delete(Poll).where(*older, Poll.started_at < now - KEEP_POLLS))


def _by_outcome(tx: Transaction) -> dict[str, int]:
    outcome = func.coalesce(Mail.outcome, Mail.state)
    return dict(tx.execute(select(outcome, func.count()).group_by(outcome)).all())


def _by_state(tx: Transaction) -> dict[State, int]:
    rows = tx.execute(select(Submission.state, func.count()).group_by(Submission.state))
    return dict(rows.all())


def folders(tx: Transaction) -> list[FolderStatus]:
    """The passes over every folder of every mailbox; one statement."""
    passes = (
        select(
            Poll.mailbox_id,
            Poll.folder,
            func.max(Poll.id).label("last"),
            func.max(Poll.ended_at).filter(Poll.ok.is_(True)).label("good"),
        )
        .where(Poll.ended_at.is_not(None))
        .group_by(Poll.mailbox_id, Poll.folder)
        .subquery()
    )
    rows = tx.execute(
        select(Mailbox.id, Mailbox.folders, Poll, passes.c.good)
        .outerjoin(passes, passes.c.mailbox_id == Mailbox.id)
        .outerjoin(Poll, Poll.id == passes.c.last)
        .order_by(Mailbox.id)
    ).all()
    known = {(row.id, row[2].folder): (row[2], row.good) for row in rows if row[2]}
    named = {row.id: row.folders for row in rows}
    return [
        _folder(mailbox, folder, *known.get((mailbox, folder), (None, None)))
        for mailbox, its in named.items()
        for folder in its
    ]


def _folder(mailbox: str, folder: str, last: Poll | None, good: datetime | None) -> FolderStatus:
    return FolderStatus(
        mailbox=mailbox,
        folder=folder,
        last_good=good,
        last_end=last.ended_at if last else None,
        error=last.error if last else "",
        new=last.new if last else 0,
    )


_CUT_OFF = Sentence(section="error", key="pass_cut_off")


def close_stale_polls(tx: Transaction, mailbox: str, now: datetime) -> None:
    """Passes of a process that died are over. Call it under the mailbox's lease."""
    tx.execute(
        update(Poll)
        .where(Poll.mailbox_id == mailbox, Poll.ended_at.is_(None))
        .values(ended_at=now, ok=False, error=freeze(_CUT_OFF))
    )
