"""Which copies on the server are marked there as safe with us. Only a hint for people: the ledger is
the truth."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select, update

from desk.store.engine import Transaction
from desk.store.inbound.ledger import Place
from desk.store.tables import Ledger


class Copy(Struct, frozen=True, kw_only=True):
    """A copy on the server that is in the ledger."""

    ledger_id: int
    place: Place
    mail_id: int


def unflagged(tx: Transaction, mailbox: str) -> list[Copy]:
    """Copies that are safe with us while the server does not know it yet, oldest first."""
    rows = tx.scalars(
        select(Ledger)
        .where(
            Ledger.mailbox_id == mailbox, Ledger.flagged_at.is_(None), Ledger.mail_id.is_not(None)
        )
        .order_by(Ledger.id)
    )
    return [
        Copy(
            ledger_id=row.id,
            place=Place(
                mailbox=row.mailbox_id, folder=row.folder, uidvalidity=row.uidvalidity, uid=row.uid
            ),
            mail_id=row.mail_id,
        )
        for row in rows
        if row.mail_id is not None
    ]


def mark_flagged(tx: Transaction, ledger_ids: Iterable[int], now: datetime) -> None:
    """The server was told of these, or has them no more."""
    tx.execute(update(Ledger).where(Ledger.id.in_(list(ledger_ids))).values(flagged_at=now))
