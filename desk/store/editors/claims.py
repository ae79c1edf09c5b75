"""Who works at a submission. A claim tells others and never locks; it lapses, and who claimed or
decided last stays responsible (`submission.editor_id`)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import delete, select, update

from desk.store.engine import Transaction
from desk.store.tables import Account, Claim, Submission

LASTS = timedelta(minutes=30)


class Holder(Struct, frozen=True, kw_only=True):
    """Who holds a submission."""

    account_id: int
    name: str
    initials: str
    since: datetime
    until: datetime


def claim(tx: Transaction, submission_id: int, account_id: int, now: datetime) -> bool:
    """Take it, or renew what is one's own; whether it is this account's now. What another holds
    stays the other's. Two who take it at once wait for each other."""
    tx.execute(select(Submission.id).where(Submission.id == submission_id).with_for_update())
    row = tx.scalar(select(Claim).where(Claim.submission_id == submission_id).with_for_update())
    if row is None:
        row = Claim(submission_id=submission_id, account_id=account_id, since=now, until=now)
        tx.add(row)
    elif row.until <= now and row.account_id != account_id:
        row.account_id, row.since = account_id, now
    if row.account_id != account_id:
        return False
    row.until = now + LASTS
    tx.execute(
        update(Submission).where(Submission.id == submission_id).values(editor_id=account_id)
    )
    tx.flush()
    return True


def answer_for(tx: Transaction, submission_id: int, account_id: int) -> None:
    """Who decided is responsible from then on, and is through with it: a claim of his ends."""
    wanted = Claim.submission_id == submission_id, Claim.account_id == account_id
    tx.execute(delete(Claim).where(*wanted))
    tx.get_one(Submission, submission_id).editor_id = account_id
    tx.flush()


def release(tx: Transaction, submission_id: int, account_id: int) -> None:
    """Give it back; what another holds stays the other's. Nobody is responsible after it."""
    wanted = Claim.submission_id == submission_id, Claim.account_id == account_id
    tx.execute(delete(Claim).where(*wanted))
    mine = Submission.id == submission_id, Submission.editor_id == account_id
    tx.execute(update(Submission).where(*mine).values(editor_id=None))


def release_all(tx: Transaction, account_id: int) -> None:
    """Whoever goes holds nothing any more; what was his stays named as his."""
    tx.execute(delete(Claim).where(Claim.account_id == account_id))


def holders(tx: Transaction, ids: Collection[int], now: datetime) -> dict[int, Holder]:
    """Submission -> who holds it; one statement."""
    found = tx.execute(
        select(Claim, Account)
        .join(Account, Account.id == Claim.account_id)
        .where(Claim.submission_id.in_(ids), Claim.until > now)
    )
    return {row.submission_id: holder_of(row, account) for row, account in found}


def held_numbers(
    tx: Transaction, numbers: Collection[str], now: datetime
) -> list[tuple[str, Holder]]:
    """Who holds which of these numbers; one statement."""
    found = tx.execute(
        select(Submission.number, Claim, Account)
        .join(Claim, Claim.submission_id == Submission.id)
        .join(Account, Account.id == Claim.account_id)
        .where(Submission.number.in_(numbers), Claim.until > now)
        .order_by(Submission.id)
    )
    return [(number, holder_of(claim, account)) for number, claim, account in found]


def holder_of(row: Claim, account: Account) -> Holder:
    """A claim with its account as a value."""
    return Holder(
        account_id=row.account_id,
        name=account.name,
        initials=account.initials,
        since=row.since,
        until=row.until,
    )
