"""What time may have made due: asked by one query each, however many submissions there are."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, not_, or_, select

from desk.store.engine import Transaction
from desk.store.submissions.submission_rows import lock
from desk.store.tables import Address, Attention, Outbox, Submission
from redaksi.states import State

REMINDER = "reminder"


def untouched(
    tx: Transaction, states: Iterable[State], since: datetime, asks: Collection[str]
) -> list[int]:
    """The submissions in these states for which something may be due: nothing happened to them
    since then, and what was asked of them (letters of the kinds `asks`) left before.

    Left out is only what nothing can be due for: nothing that asks has left, its reminder never
    left and nothing happened since it was written, or no letter reaches its contributor.
    """
    theirs = Outbox.submission_id == Submission.id
    asked = and_(theirs, Outbox.kind.in_(sorted(asks)), Outbox.sent_at.is_not(None))
    reminder = and_(theirs, Outbox.kind == REMINDER)
    stuck = and_(reminder, Outbox.sent_at.is_(None), Outbox.created_at >= Submission.updated_at)
    reached = and_(Address.person_id == Submission.person_id, Address.bounced_at.is_(None))
    still = select(Submission.id).where(
        Submission.state.in_(list(states)),
        Submission.updated_at <= since,
        exists().where(asked, Outbox.sent_at <= since),
        not_(exists().where(asked, Outbox.sent_at > since)),
        or_(not_(exists().where(stuck)), exists().where(reminder, Outbox.sent_at.is_not(None))),
        exists().where(reached),
    )
    return list(tx.scalars(still.order_by(Submission.id)))


def awaiting_pairing(tx: Transaction, number: str) -> bool:
    """Whether a mail that an editor has yet to pair may be part of the submission `number`."""
    named = cast(Submission.candidates, Text).contains(f'"{number}"', autoescape=True)
    strays = select(Submission.id).where(Submission.state == "review", named)
    return tx.scalar(strays.limit(1)) is not None


def to_be_published(tx: Transaction, now: datetime) -> list[int]:
    """The scheduled submissions whose moment has come, and which ask nobody yet."""
    asks = and_(Attention.submission_id == Submission.id, Attention.flag == "asking")
    due = and_(
        Submission.state == "scheduled",
        Submission.publish_at <= now,
        not_(exists().where(asks)),
    )
    return list(
        tx.scalars(select(Submission.id).where(due).order_by(Submission.publish_at, Submission.id))
    )


def is_to_be_published(tx: Transaction, submission_id: int, now: datetime) -> bool:
    """Whether the moment of this one has come and it asks nobody yet; it is locked."""
    row = lock(tx, submission_id)
    if row.state != "scheduled" or row.publish_at is None or row.publish_at > now:
        return False
    return tx.get(Attention, (submission_id, "asking")) is None


def count_untouched(tx: Transaction, states: Iterable[State], since: datetime | None = None) -> int:
    """How many are in these states, and were not touched since then."""
    wanted = Submission.state.in_(list(states))
    return _count(tx, wanted if since is None else and_(wanted, Submission.updated_at <= since))


def count_scheduled(tx: Transaction, day: datetime) -> int:
    """How many are to be published within the day that begins at `day`."""
    within = and_(Submission.publish_at >= day, Submission.publish_at < day + timedelta(days=1))
    return _count(tx, and_(Submission.state == "scheduled", within))


def _count(tx: Transaction, wanted: ColumnElement[bool]) -> int:
    return tx.scalar(select(func.count()).select_from(Submission).where(wanted)) or 0
