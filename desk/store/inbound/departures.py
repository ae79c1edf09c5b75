"""Mails that left their folder before we had them ("pergi sebelum diambil"): a filter or another
program moves mails away. One that was found under another folder since is none."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select

from desk.store import events
from desk.store.engine import Transaction
from desk.store.inbound import ledger
from desk.store.inbound.ledger import Arrival
from desk.store.tables import Ledger, Mail

REMEMBERED = timedelta(days=7)  # so long a mail that is gone is an alarm


def record_departure(tx: Transaction, arrival: Arrival, *, advance: bool = True) -> None:
    """The mail that was listed is no longer there. Nobody knows what it was; the event says that it
    was."""
    place = arrival.place
    ledger.skip(
        tx,
        place,
        "gone",
        arrival.at,
        advance=advance,
        message_id=arrival.message_id[: ledger.MOST],
        gm_msgid=arrival.gm_msgid,
    )
    facts = {"mailbox": place.mailbox, "folder": place.folder, "uid": place.uid}
    events.record(tx, events.Happened(at=arrival.at, actor="poller", what="mail gone", facts=facts))


def count_departures(
    tx: Transaction, now: datetime, mailbox: str | None = None, folder: str | None = None
) -> int:
    """How many mails left their folder (of all, or this one) in the last week before we had them,
    and came by no other."""
    gone = select_departures(now)
    if mailbox is not None:
        gone = gone.where(Ledger.mailbox_id == mailbox, Ledger.folder == folder)
    return tx.scalar(gone) or 0


def select_departures(now: datetime) -> Select[int]:
    """The same of all folders, to be asked with other questions."""
    gone = select(func.count()).select_from(Ledger).where(is_departed())
    return gone.where(Ledger.seen_at > now - REMEMBERED)


def is_departed() -> ColumnElement[bool]:
    """The condition on `ledger` that its mail left before we had it, and came by no other way."""
    same = or_(
        and_(Ledger.message_id != "", Mail.message_id == Ledger.message_id),
        and_(Ledger.gm_msgid != "", Mail.gm_msgid == Ledger.gm_msgid),
    )
    elsewhere = exists().where(Mail.mailbox_id == Ledger.mailbox_id, same)
    return and_(Ledger.outcome == "gone", not_(elsewhere))
