"""How everything stands in four statements, for pages that are open."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import and_, func, select

from desk.store.engine import Transaction
from desk.store.jobs.job_rows import select_asked
from desk.store.tables import Account, Claim, Event, Poll, Submission


class Newest(Struct, frozen=True, kw_only=True):
    """The newest event and the last pass over the inbox that went well."""

    event: int
    polled: datetime | None


class Standing(Struct, frozen=True, kw_only=True):
    """How a submission stands, and who holds it; "" for nobody."""

    revision: int
    version: int
    holder: str = ""
    until: datetime | None = None
    is_asked: bool = False  # the worker was asked about it, and that has not ended


def find_newest(tx: Transaction) -> Newest:
    """One statement."""
    polled = select(func.max(Poll.ended_at)).where(Poll.ok.is_(True)).scalar_subquery()
    row = tx.execute(select(func.max(Event.id), polled)).one()
    return Newest(event=row[0] or 0, polled=row[1])


def find_standing(tx: Transaction, number: str, now: datetime) -> Standing | None:
    """One statement; None when there is none of that number."""
    held = and_(Claim.submission_id == Submission.id, Claim.until > now)
    row = tx.execute(
        select(
            Submission.latest_revision,
            Submission.version,
            Account.name,
            Claim.until,
            select_asked(Submission.__table__.c.id),
        )
        .outerjoin(Claim, held)
        .outerjoin(Account, Account.id == Claim.account_id)
        .where(Submission.number == number)
    ).first()
    if row is None:
        return None
    return Standing(
        revision=row[0],
        version=row[1],
        holder=row[2] or "",
        until=row[3],
        is_asked=row[4] is not None,
    )
