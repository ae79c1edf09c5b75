"""What came in: mailboxes, the ledger of their UIDs, mails, the jobs that examine them, leases."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Because, Json, Rule, Words, no_reason
from redaksi.reasons import Reason
from redaksi.sender_rule import SenderRule

# withheld: the server lists it and gives nothing, or something else in its place
MailState = Literal["received", "withheld", "examined", "failed"]
MailSource = Literal["mail", "web", "import"]
LedgerOutcome = Literal["new", "twin", "oversize", "gone", "skipped"]
JobState = Literal["waiting", "leased", "done", "failed"]


class Mailbox(Base):
    """A mailbox of ours. The id is the configuration's and never changes."""

    __tablename__ = "mailbox"

    id: Mapped[str] = mapped_column(primary_key=True)
    address: Mapped[str]
    folders: Mapped[Any] = mapped_column(Json)
    own_from: Mapped[str] = mapped_column(default="")  # From of our letters
    authserv_id: Mapped[str] = mapped_column(default="")
    sent: Mapped[str] = mapped_column(default="")  # where the relay files copies
    created_at: Mapped[datetime]


class Mail(Base):
    """One mail, once, however many folders show it. `identity` is what makes it the same mail
    (ledger.identity)."""

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "identity"),
        UniqueConstraint("mailbox_id", "blob"),
        Index(None, "mailbox_id", "message_id"),
        Index(None, "state", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    source: Mapped[MailSource] = mapped_column(Words)
    source_text: Mapped[str]  # "warta/INBOX/1/17": mailbox, folder, UIDVALIDITY, UID
    identity: Mapped[str]
    # SHA-256 of the raw mail; null when it was too big to take in, or purged
    blob: Mapped[str | None]
    size: Mapped[int] = mapped_column(BigInteger)
    gm_msgid: Mapped[str] = mapped_column(default="")  # X-GM-MSGID, decimal
    message_id: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")  # cleaned; for editors alone
    written: Mapped[str] = mapped_column(default="")  # what its author wrote; for editors alone
    taken_in_by: Mapped[int | None]  # the account that brought it in; it came by no mailbox then
    channel: Mapped[str] = mapped_column(default="")  # it came by: whatsapp, link, person, other
    # the submission that an editor said it is part of
    for_submission_id: Mapped[int | None]
    junk: Mapped[bool] = mapped_column(default=False)  # it came through a folder for spam
    # the virus scanner could not look into it, and no editor released its files
    closed: Mapped[bool] = mapped_column(default=False)
    others: Mapped[Any] = mapped_column(Json, default=list)  # redaksi.model.Other, of no submission
    internaldate: Mapped[datetime | None]
    received_at: Mapped[datetime]  # when we took it in
    state: Mapped[MailState] = mapped_column(Words, default="received")
    examined_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # redaksi.model.Verdict once examined
    kind: Mapped[str | None]  # redaksi.model.MailKind
    # which rule of the answering table decided
    answer_rule: Mapped[SenderRule | None] = mapped_column("answer_row", Rule)
    reason: Mapped[Reason | None] = mapped_column(Because, nullable=False, default=no_reason)
    emptied_at: Mapped[datetime | None]  # when its data went: desk.store.retention


class Ledger(Base):
    """One row for each UID ever seen: what became of it, and whether the server was told."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "folder", "uidvalidity", "uid"),
        Index(None, "mailbox_id", "told_at"),
        Index(None, "outcome", "seen_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    folder: Mapped[str]
    uidvalidity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)
    outcome: Mapped[LedgerOutcome] = mapped_column(Words)
    seen_at: Mapped[datetime]
    flagged_at: Mapped[datetime | None] = mapped_column("told_at")
    # of a UID that stands for no mail of ours ("gone"): what recognises the mail elsewhere
    message_id: Mapped[str] = mapped_column(default="")
    gm_msgid: Mapped[str] = mapped_column(default="")


class Watermark(Base):
    """Every UID up to `uid` is in the ledger, for one epoch of one folder."""

    __tablename__ = "watermark"

    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"), primary_key=True)
    folder: Mapped[str] = mapped_column(primary_key=True)
    uidvalidity: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    uid: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[datetime]


class Poll(Base):
    """One pass over one folder."""

    __tablename__ = "poll"
    __table_args__ = (Index(None, "mailbox_id", "folder", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    folder: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ok: Mapped[bool | None]
    error: Mapped[str] = mapped_column(default="")
    new: Mapped[int] = mapped_column(default=0)
    listed: Mapped[int] = mapped_column(default=0)  # mails it has to account for
    done: Mapped[int] = mapped_column(default=0)  # of those: accounted for by now
    moved_at: Mapped[datetime | None]  # when `done` was written last


_OPEN = text("state IN ('waiting', 'leased')")


class Job(Base):
    """Something to be done with `key`, and how often it was begun. Done and failed rows stay."""

    __tablename__ = "job"
    __table_args__ = (
        Index(None, "kind", "state", "not_before"),
        Index(
            "uq_job_open",
            "kind",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # "examine", "fetch"
    key: Mapped[str]  # what it is about; of these two kinds: the mail's id
    payload: Mapped[Any] = mapped_column(Json, default=dict)
    state: Mapped[JobState] = mapped_column(Words, default="waiting")
    priority: Mapped[int] = mapped_column(default=0)  # the higher goes first
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)  # grows with each claim: the fence
    holder: Mapped[str] = mapped_column(default="")  # a process's id
    not_before: Mapped[datetime]
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]  # its last attempt
    ended_at: Mapped[datetime | None]


class Lease(Base):
    """Who may poll, send or sweep right now. The row outlives its holder, so that tokens only
    grow; "pause:warta" and its like are notes of a moment, held by nobody."""

    __tablename__ = "lease"

    id: Mapped[str] = mapped_column(primary_key=True)  # "poll:warta", "outbox"
    holder: Mapped[str]  # a process's id; "" when nobody has it
    token: Mapped[int] = mapped_column(BigInteger)
    until: Mapped[datetime | None]  # of a note
