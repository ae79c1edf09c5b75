"""A sender's day: how many mails of his were examined, what that took, what is kept of them."""

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, select, update

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import SenderDay

KEPT = timedelta(days=30)  # rows of earlier days, for people


class Sender(Struct, frozen=True, kw_only=True):
    """Whose day it is. `address`: canonical, "" where From names no plain one; `authenticated`:
    our border vouches for it."""

    address: str
    authenticated: bool


class Cost(Struct, frozen=True, kw_only=True):
    """What was spent: mails examined, seconds of processor time, bytes of files kept."""

    mails: int = 0
    processor: float = 0.0
    kept: int = 0


def find_spent(tx: Transaction, sender: Sender, day: date) -> Cost:
    """What this sender's mails took of `day` so far."""
    row = tx.execute(
        select(SenderDay.mails, SenderDay.processor, SenderDay.kept).where(*_key(sender, day))
    ).first()
    return Cost(mails=row[0], processor=row[1] / 1000, kept=row[2]) if row else Cost()


def charge(tx: Transaction, sender: Sender, day: date, cost: Cost) -> None:
    """Book what was spent. The database adds, so that no two workers lose each other's."""
    before = str(day - KEPT)
    tx.execute(delete(SenderDay).where(SenderDay.day < before))
    key = {"day": str(day), "address": sender.address, "authenticated": sender.authenticated}
    ensure(tx, SenderDay, {**key, "mails": 0, "processor": 0, "kept": 0})
    tx.execute(
        update(SenderDay)
        .where(*_key(sender, day))
        .values(
            mails=SenderDay.mails + cost.mails,
            processor=SenderDay.processor + round(cost.processor * 1000),
            kept=SenderDay.kept + cost.kept,
        )
        .execution_options(synchronize_session=False)
    )


def _key(sender: Sender, day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        SenderDay.day == str(day),
        SenderDay.address == sender.address,
        SenderDay.authenticated == sender.authenticated,
    )
