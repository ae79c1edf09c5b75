"""Mails that a server shows or showed and that we do not have: withheld, or gone before they could
be fetched."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import exists, not_, select

from desk.store.engine import Transaction
from desk.store.inbound.departures import is_departed
from desk.store.inbound.mails import MailRow, of_row
from desk.store.tables import Ledger, Mail, Submission

MOST = 75  # as many as are shown


class GoneMail(Struct, frozen=True, kw_only=True):
    """A UID whose mail left its folder before it was fetched."""

    mailbox: str
    folder: str
    uid: int
    seen_at: datetime


def withheld(tx: Transaction) -> list[MailRow]:
    """Mails that their server does not give and that no submission stands for yet, oldest first."""
    stands = exists().where(Submission.mail_id == Mail.id)
    found = select(Mail).where(Mail.state == "withheld", not_(stands)).order_by(Mail.id)
    return [of_row(row) for row in tx.scalars(found.limit(MOST))]


def gone(tx: Transaction, since: datetime) -> list[GoneMail]:
    """Those that left since then and are in no other folder of ours, the newest first."""
    found = (
        select(Ledger)
        .where(is_departed(), Ledger.seen_at > since)
        .order_by(Ledger.seen_at.desc(), Ledger.id.desc())
        .limit(MOST)
    )
    return [
        GoneMail(mailbox=row.mailbox_id, folder=row.folder, uid=row.uid, seen_at=row.seen_at)
        for row in tx.scalars(found)
    ]
