"""The mailboxes that are ours, as the configuration last told them."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import update

from desk.store.engine import Transaction
from desk.store.rows import add_unless_there
from desk.store.tables import Mailbox


class OwnMailbox(Struct, frozen=True, kw_only=True):
    """A mailbox of ours as the configuration tells it."""

    id: str
    address: str
    folders: tuple[str, ...] = ("INBOX",)
    own_from: str = ""
    authserv_id: str = ""
    sent: str = ""


def remember(tx: Transaction, mailbox: OwnMailbox, now: datetime) -> None:
    """Write a mailbox down, or what changed of it; the id never does."""
    values = {
        "address": mailbox.address,
        "folders": list(mailbox.folders),
        "own_from": mailbox.own_from,
        "authserv_id": mailbox.authserv_id,
        "sent": mailbox.sent,
    }
    if add_unless_there(tx, Mailbox, {"id": mailbox.id, "created_at": now, **values}) is None:
        tx.execute(update(Mailbox).where(Mailbox.id == mailbox.id).values(**values))
