"""Mails as they were received."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, and_, case, or_, select, update

from desk.domain.arrival import OLDEST, find_arrival
from desk.store.engine import Transaction
from desk.store.legacy_reasons import translate_others
from desk.store.tables import Mail, MailSource, MailState
from redaksi.model import Other
from redaksi.reasons import Reason
from redaksi.sender_rule import SenderRule


class MailRow(Struct, frozen=True, kw_only=True):
    """One mail, and what became of it."""

    id: int
    mailbox: str
    source: MailSource
    source_text: str  # "warta/INBOX/1/17"
    blob: str | None  # SHA-256 of the raw mail; None when it was too big to take in, or purged
    size: int
    message_id: str
    subject: str
    written: str  # what its author wrote above every quotation; "" in mails examined by 0.1
    internaldate: datetime | None
    received_at: datetime
    state: MailState
    examined_at: datetime | None
    outcome: str | None  # redaksi.model.Verdict
    kind: str | None  # redaksi.model.MailKind
    answer_rule: SenderRule | None
    junk: bool  # it came through a folder for spam
    reason: Reason | None
    others: tuple[Other, ...]
    is_taken_in: bool = False  # by an editor, or at the command line: it came by no mailbox
    is_closed: bool = False  # nobody is given its files as they came
    for_submission: int | None = None  # the one that it is part of, whoever said so there

    @property
    def arrived_at(self) -> datetime:
        """When it came to its server."""
        return find_arrival(self.internaldate, self.received_at)


def get(tx: Transaction, mail_id: int) -> MailRow:
    """One mail. Raises sqlalchemy.exc.NoResultFound: ids come from the store itself."""
    return of_row(tx.get_one(Mail, mail_id))


def get_many(tx: Transaction, ids: Collection[int]) -> dict[int, MailRow]:
    """These mails by id; one query."""
    return {row.id: of_row(row) for row in tx.scalars(select(Mail).where(Mail.id.in_(ids)))}


def select_arrival(now: datetime) -> ColumnElement[datetime]:
    """Part of a statement: when a mail that was fetched of late came to its server, as
    `find_arrival` tells it."""
    is_plain = and_(Mail.internaldate <= Mail.received_at, Mail.internaldate >= now - OLDEST)
    return case((is_plain, Mail.internaldate), else_=Mail.received_at)


def clear_junk(tx: Transaction, mail_id: int) -> None:
    """Somebody took the mail out of the folder for spam, or it lies elsewhere too."""
    tx.execute(update(Mail).where(Mail.id == mail_id, Mail.junk).values(junk=False))


def mark_taken_in(
    tx: Transaction, mail_id: int, account: int | None, channel: str, into: int | None = None
) -> None:
    """It came by no mailbox: who brought it in, how it had come to him, and the submission it is
    part of (`into`)."""
    row = tx.get_one(Mail, mail_id)
    row.taken_in_by, row.channel, row.for_submission_id = account, channel, into
    tx.flush()


def find_identity(tx: Transaction, mailbox: str, identity: str) -> int | None:
    """The id of the mail of this identity."""
    wanted = select(Mail.id).where(Mail.mailbox_id == mailbox, Mail.identity == identity)
    return tx.scalar(wanted)


def find_bytes(tx: Transaction, mailbox: str, sha256: str) -> int | None:
    """The id of the mail of these bytes, also where its data went."""
    same = or_(Mail.blob == sha256, Mail.identity == f"sha256:{sha256}")
    wanted = select(Mail.id).where(Mail.mailbox_id == mailbox, same).order_by(Mail.id).limit(1)
    return tx.scalar(wanted)


def is_let_go(tx: Transaction, mailbox: str, sha256: str) -> bool:
    """Whether these bytes were a mail of ours whose data went: the server's copy is not kept again."""
    same = Mail.identity == f"sha256:{sha256}", Mail.emptied_at.is_not(None)
    return tx.scalar(select(Mail.id).where(Mail.mailbox_id == mailbox, *same).limit(1)) is not None


def find_imported(tx: Transaction, mail_id: int) -> MailRow | None:
    """The mail of this id; None where there is none that was taken in."""
    row = tx.get(Mail, mail_id)
    return of_row(row) if row is not None and row.source == "import" else None


def find_closed(tx: Transaction, ids: Collection[int]) -> MailRow | None:
    """One of these mails that nobody scanned whole, and no editor released."""
    wanted = select(Mail).where(Mail.id.in_(ids), Mail.closed).order_by(Mail.id).limit(1)
    row = tx.scalars(wanted).first()
    return of_row(row) if row is not None else None


def clear_closed(tx: Transaction, ids: Collection[int]) -> None:
    """An editor releases their files as they came."""
    tx.execute(update(Mail).where(Mail.id.in_(ids)).values(closed=False))


def waiting(tx: Transaction) -> list[MailRow]:
    """Mails nobody has examined yet, oldest first."""
    rows = tx.scalars(
        select(Mail).where(Mail.state == "received").order_by(Mail.received_at, Mail.id)
    )
    return [of_row(row) for row in rows]


def in_state(tx: Transaction, state: MailState, since: datetime, most: int) -> list[MailRow]:
    """Mails in this state that came since then, oldest first, no more than `most`."""
    found = (
        select(Mail)
        .where(Mail.state == state, Mail.received_at > since)
        .order_by(Mail.received_at, Mail.id)
        .limit(most)
    )
    return [of_row(row) for row in tx.scalars(found)]


def of_row(row: Mail) -> MailRow:
    """The value of a row."""
    return MailRow(
        id=row.id,
        mailbox=row.mailbox_id,
        source=row.source,
        source_text=row.source_text,
        blob=row.blob,
        size=row.size,
        message_id=row.message_id,
        subject=row.subject,
        written=row.written,
        internaldate=row.internaldate,
        received_at=row.received_at,
        state=row.state,
        examined_at=row.examined_at,
        outcome=row.outcome,
        kind=row.kind,
        answer_rule=row.answer_rule,
        junk=row.junk,
        reason=row.reason,
        others=tuple(msgspec.convert(translate_others(row.others), list[Other])),
        is_taken_in=bool(row.channel),
        is_closed=row.closed,
        for_submission=row.for_submission_id,
    )


def outcomes(tx: Transaction) -> dict[str, str]:
    """What became of each mail, by its Message-ID: the verdict, or its state while it has none."""
    rows = tx.scalars(select(Mail).order_by(Mail.id))
    return {row.message_id: row.outcome or row.state for row in rows}
