"""What goes out: letters, the relay's pause, and the keys that sign what is in letters."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Because, Words, no_reason
from redaksi.reasons import Reason

LetterState = Literal["draft", "queued", "held", "sending", "sent", "unknown", "failed", "dropped"]


class Outbox(Base):
    """A letter, composed once. `idempotency_key` holds what it may be written for only once:
    "try:17:revise"."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "state", "not_before"),
        Index(None, "sent_at"),
        Index(None, "kind", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column("once", unique=True)
    kind: Mapped[str]  # accepted, revise, unreadable, nothing-attached, …
    language: Mapped[Literal["id", "en"]] = mapped_column(Words)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column("try_id", ForeignKey("try.id"), index=True)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)
    to_address: Mapped[str]  # as composed: what the envelope says
    # what it is counted and found by: desk.store.people.addresses
    to_normalized: Mapped[str] = mapped_column("to_key")
    message_id: Mapped[str] = mapped_column(unique=True)  # with angle brackets
    key_id: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]  # what an editor reads of it
    # markup below the status line, of publisher.letters.blocks; "": from before it was kept
    source: Mapped[str] = mapped_column(default="")
    facts_hash: Mapped[str] = mapped_column(default="")  # of what it was composed from
    edited_by: Mapped[int | None]  # the account that changed its words
    edited_at: Mapped[datetime | None]
    state: Mapped[LetterState] = mapped_column(Words)
    # nobody decided on it; False once an editor did
    automatic: Mapped[bool] = mapped_column(default=True)
    # why it is held, a draft, or put off
    reason: Mapped[Reason | None] = mapped_column("why", Because, nullable=False, default=no_reason)
    not_before: Mapped[datetime]  # while it is being sent: when the Sent folder is asked next
    good_until: Mapped[datetime | None]  # what has not left by then is not worth sending any more
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    queued_at: Mapped[datetime]  # when it was written, or released by an editor
    deferred_at: Mapped[datetime | None]  # the first "not now" since then
    sending_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    # "2027-03-21": the day before which, it says, nothing is deleted; "": it names none
    kept_until: Mapped[str] = mapped_column(default="")


class LetterContent(Base):
    """What goes over the wire, unchanged. Apart, so that asking how a letter stands reads none of
    it."""

    __tablename__ = "letter_content"

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), primary_key=True)
    content: Mapped[bytes]


class RelayPause(Base):
    """The relay takes nothing of ours: since when, and until when it is left alone. No row while
    it takes letters."""

    __tablename__ = "relay_pause"

    id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
    failures: Mapped[int]  # in a row
    error: Mapped[str]


class SigningKey(Base):
    """A secret that signs Message-IDs, plus-addresses and links. What a retired one signed counts
    until it expires; without a day, for ever."""

    __tablename__ = "signing_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[bytes]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
