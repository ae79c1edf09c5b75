"""What goes by its age alone: it is about no submission, and names somebody all the same."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, or_, select, update

from desk.store.engine import Transaction
from desk.store.people.sender_day import KEPT
from desk.store.retention.empty import forget_unnamed
from desk.store.retention.fates import emptied
from desk.store.tables import Address, Ledger, Person, SenderDay, Submission


def empty_old_rows(tx: Transaction, period: timedelta, now: datetime) -> None:
    """What recognised a mail that left before we had it; senders' days; people whom no submission
    names. `period`: as of mails of no submission."""
    before = now - period
    named = or_(Ledger.message_id != "", Ledger.gm_msgid != "")
    gone = and_(Ledger.outcome == "gone", Ledger.seen_at <= before, named)
    tx.execute(update(Ledger.__table__).where(gone).values(emptied("ledger")))  # type: ignore[arg-type]
    tx.execute(delete(SenderDay).where(SenderDay.day < str((now - KEPT).date())))
    addresses = select(Address.id).where(Address.person_id == Person.id)
    of_somebody = or_(Submission.person_id == Person.id, Submission.address_id.in_(addresses))
    unnamed = select(Person.id).where(
        Person.forgotten_at.is_(None), Person.created_at <= before, ~exists().where(of_somebody)
    )
    for person_id in list(tx.scalars(unnamed)):
        forget_unnamed(tx, person_id, now)
