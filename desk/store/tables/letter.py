"""What goes out: letters, and the keys that sign what is in them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Words

LetterState = Literal["draft", "queued", "held", "sending", "sent", "unknown", "failed", "dropped"]


class Outbox(Base):
    """A letter, composed once. `once` holds what it may be written for only once: "try:17:revise"."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "state", "not_before"), Index(None, "to_address", "sent_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]  # accepted, revise, unreadable, nothing-attached, …
    language: Mapped[Literal["id", "en"]] = mapped_column(Words)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    try_id: Mapped[int | None] = mapped_column(ForeignKey("try.id"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"), index=True)
    to_address: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)  # with angle brackets
    key_id: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]  # what an editor reads of it
    content: Mapped[bytes]  # what goes over the wire, unchanged
    state: Mapped[LetterState] = mapped_column(Words)
    why: Mapped[str] = mapped_column(default="")  # why it is held or a draft
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    sending_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class SigningKey(Base):
    """A secret that signs Message-IDs, plus-addresses and links. Retired keys still verify."""

    __tablename__ = "signing_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[bytes]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
