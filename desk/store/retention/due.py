"""What is settled and may be due: what the rule of desk.domain.retention.rule judges by."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, Text, and_, cast, exists, func, or_, select

from desk.domain.retention.rule import ENDED_LETTERS, Standing
from desk.store.engine import Transaction
from desk.store.inbound.ledger import OWED
from desk.store.jobs.job_rows import ASKED
from desk.store.retention.empty import mails_about
from desk.store.tables import (
    Document,
    Event,
    Job,
    Mail,
    Outbox,
    Photo,
    Publication,
    Revision,
    Submission,
)
from redaksi.states import State

_A_DAY = timedelta(days=1)  # in some zone it is a day later by now
_OPEN = ("waiting", "leased")
_OF_MAILS = ("examine", OWED)


def list_settled(tx: Transaction, periods: Mapping[State, timedelta], now: datetime) -> list[int]:
    """The submissions that came long enough ago to be due, the oldest first; nothing that has gone
    already whole."""
    old = [
        and_(Submission.state == state, Submission.received_at <= now - period + _A_DAY)
        for state, period in periods.items()
    ]
    still = or_(Submission.headline != "", Submission.published_url != "")
    left = and_(Submission.state != "published", still)  # taken down since it was emptied
    wanted = select(Submission.id).where(or_(Submission.emptied_at.is_(None), left), or_(*old))
    return list(tx.scalars(wanted.order_by(Submission.id)))


def find_standing(tx: Transaction, submission_id: int) -> Standing:
    """How a submission stands now."""
    row = tx.get_one(Submission, submission_id)
    letters = select(Outbox.state, Outbox.kept_until).where(Outbox.submission_id == submission_id)
    found = list(tx.execute(letters))
    targets = select(Publication.state).where(Publication.submission_id == submission_id)
    named = [day for state, day in found if day and state != "dropped"]
    return Standing(
        state=row.state,
        since=_settled_at(tx, row),
        letters=frozenset(state for state, _ in found),
        publications=frozenset(tx.scalars(targets)),
        kept_until=date.fromisoformat(max(named)) if named else None,
        asked=_is_asked(tx, submission_id),
    )


def list_old_mails(tx: Transaction, period: timedelta, now: datetime) -> list[int]:
    """Mails that no living submission is about, examined so long ago; no letter in answer to them is
    under way."""
    wanted = select(Mail.id).where(
        Mail.emptied_at.is_(None),
        Mail.state == "examined",
        Mail.examined_at <= now - period + _A_DAY,
        *(~exists(each) for each in _living()),
        ~exists().where(Outbox.mail_id == Mail.id, Outbox.state.not_in(ENDED_LETTERS)),
        ~exists().where(
            Job.kind.in_(_OF_MAILS), Job.key == cast(Mail.id, Text), Job.state.in_(_OPEN)
        ),
    )
    return list(tx.scalars(wanted.order_by(Mail.id)))


def examined_at(tx: Transaction, mail_id: int) -> datetime | None:
    """When a mail was looked at last."""
    return tx.scalar(select(Mail.examined_at).where(Mail.id == mail_id))


def count_bytes(tx: Transaction, submission_id: int) -> int:
    """Of its mails as they came, and of its documents and photos beside them."""
    of_it = select(Revision.id).where(Revision.submission_id == submission_id)
    mails = select(func.sum(Mail.size)).where(
        Mail.id.in_(mails_about(tx, submission_id)), Mail.blob.is_not(None)
    )
    total = tx.scalar(mails) or 0
    for table in (Document, Photo):
        files = (
            select(table.sha256, table.size).where(table.revision_id.in_(of_it), table.sha256 != "")
        ).distinct()
        total += tx.scalar(select(func.sum(files.subquery().c.size))) or 0
    return int(total)


def _settled_at(tx: Transaction, row: Submission) -> datetime:
    """When it came into its state: its last move to another; of what has no such event, when it was
    last changed."""
    moves = select(Event.at, Event.facts).where(Event.submission_id == row.id)
    for at, facts in tx.execute(moves.order_by(Event.id.desc())):
        if facts.get("to") is not None and facts.get("from") != facts["to"]:
            moved: datetime = at
            return moved
    return row.updated_at


def _is_asked(tx: Transaction, submission_id: int) -> bool:
    """Whether an editor's errand has not ended, or a mail about it is being read."""
    mails = mails_about(tx, submission_id)
    errand = and_(Job.kind == ASKED, Job.key == str(submission_id))
    reading = and_(Job.kind.in_(_OF_MAILS), Job.key.in_([str(each) for each in mails]))
    is_open = Job.state.in_(_OPEN)
    return tx.scalar(select(Job.id).where(or_(errand, reading), is_open).limit(1)) is not None


def _living() -> Iterator[Select[*tuple[Any, ...]]]:
    """The ways in which a submission whose data is there is about a mail."""
    lives = Submission.emptied_at.is_(None)
    yield select(Submission.id).where(Submission.mail_id == Mail.id, lives).correlate(Mail)
    yield (
        select(Submission.id)
        .join(Revision, Revision.submission_id == Submission.id)
        .where(Revision.mail_id == Mail.id, lives)
        .correlate(Mail)
    )
    yield (
        select(Submission.id)
        .join(Event, Event.submission_id == Submission.id)
        .where(Event.mail_id == Mail.id, lives)
        .correlate(Mail)
    )
    named = Submission.id == Mail.for_submission_id
    yield select(Submission.id).where(named, lives).correlate(Mail)
