"""What was made of it: people, submissions, their tries with documents, photos, captions,
findings; events."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.domain.attention import AttentionFlag
from desk.store.columns import Base, Because, Json, Words, no_reason
from desk.store.tables.mail import MailSource
from redaksi.reasons import Reason
from redaksi.states import State


class Person(Base):
    """Who writes to us. Can be forgotten: the name and the addresses go, the row and the events
    stay."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    language: Mapped[Literal["id", "en"]] = mapped_column(Words, default="id")
    created_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class Address(Base):
    """An address of a person, lower-case."""

    __tablename__ = "address"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    bounced_at: Mapped[datetime | None]  # a hard bounce (RFC 3464, Action: failed, 5.x.x)


class Counter(Base):
    """The last number given in a series and year."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class Submission(Base):
    """A kiriman. The states are redaksi.states'; `tries` is the number of the newest try: the
    optimistic lock."""

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("mail_id", "position"),
        Index(None, "state", "received_at"),
        Index(None, "state", "updated_at"),
        Index(None, "editor_id", "state"),
        Index(None, "province", "id"),
        Index(
            None,
            "attention_since",
            sqlite_where=text("attention_since IS NOT NULL"),
            postgresql_where=text("attention_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # W-2026-0143; M-2026-0007 when it is not a submission
    number: Mapped[str] = mapped_column(unique=True)
    mailbox_id: Mapped[str] = mapped_column(ForeignKey("mailbox.id"))
    source: Mapped[MailSource] = mapped_column(Words)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"))  # the first of its mails
    position: Mapped[int]  # among the submissions of that mail, from 0
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[int | None] = mapped_column(
        ForeignKey("address.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[State] = mapped_column(Words)
    # the state it had when it expired or was withdrawn
    left: Mapped[State | None] = mapped_column(Words)
    title: Mapped[str] = mapped_column(default="")
    province: Mapped[str] = mapped_column(default="")
    latest_revision: Mapped[int] = mapped_column("tries", default=0)
    returns: Mapped[int] = mapped_column(default=0)  # automatic returns so far
    claimed_by: Mapped[str] = mapped_column(default="")
    publish_at: Mapped[datetime | None] = mapped_column(index=True)
    # the revision an editor scheduled, which is published; 0: none yet
    accepted_revision: Mapped[int] = mapped_column("accepted", default=0)
    headline: Mapped[str] = mapped_column(default="")  # it is published under; "": its title
    category: Mapped[str] = mapped_column(default="")
    published_url: Mapped[str] = mapped_column(default="")  # the leading target's
    article_uri: Mapped[str] = mapped_column(default="")  # of its editions; "": there is none
    # whether its contributor is written to once it is published
    tells_published: Mapped[bool] = mapped_column(default=True)
    embargo_until: Mapped[datetime | None]
    received_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    # desk.domain.attention, kept with every event
    attention_since: Mapped[datetime | None]  # NULL: nobody is called
    # grows with every move, decision and choice of photos: what an editor saw
    version: Mapped[int] = mapped_column(default=0)
    editor_id: Mapped[int | None]  # the account that last claimed or decided
    candidates: Mapped[Any] = mapped_column(Json, default=list)  # numbers it may be part of
    follows: Mapped[str] = mapped_column(default="")  # the number it came in answer to
    emptied_at: Mapped[datetime | None]  # when its data went: desk.store.retention


class Attention(Base):
    """A flag that calls an editor: raised and cleared in the transaction of the event."""

    __tablename__ = "attention"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    flag: Mapped[AttentionFlag] = mapped_column(Words, primary_key=True)
    since: Mapped[datetime]
    event_id: Mapped[int]


class Revision(Base):
    """One look at a submission: what was handed in by then and what was found. Never changed."""

    __tablename__ = "try"
    __table_args__ = (
        UniqueConstraint("submission_id", "number"),
        UniqueConstraint("mail_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id"))
    position: Mapped[int]
    examined_at: Mapped[datetime]
    decision: Mapped[str]
    reason: Mapped[Reason | None] = mapped_column(Because, nullable=False, default=no_reason)
    caption_action: Mapped[str]
    doubts: Mapped[Any] = mapped_column(Json)


class Document(Base):
    """A naskah of a try."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "try_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column("try_id", ForeignKey("try.id"))
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    origin: Mapped[str]
    readable: Mapped[bool]
    refused: Mapped[Reason | None] = mapped_column(Because, nullable=False)
    judged: Mapped[bool]
    title: Mapped[str]
    byline_name: Mapped[str]
    byline_role: Mapped[str]
    dateline: Mapped[str]
    characters: Mapped[int]
    pages: Mapped[float]


class Photo(Base):
    """A foto of a try."""

    __tablename__ = "photo"
    __table_args__ = (Index(None, "try_id", "position", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column("try_id", ForeignKey("try.id"))
    position: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int]
    height: Mapped[int]
    orientation: Mapped[int]
    intact: Mapped[bool]
    damage: Mapped[Reason | None] = mapped_column(Because, nullable=False)
    judged: Mapped[bool]
    origin: Mapped[str]
    likeness: Mapped[str] = mapped_column(default="")  # as redaksi.model.Photo; "" = not known


class Caption(Base):
    """The keterangan of one photo, with the evidence for the pairing."""

    __tablename__ = "caption"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)
    text: Mapped[str]
    source: Mapped[str]
    evidence: Mapped[str]
    action: Mapped[str]


class Finding(Base):
    """A temuan of a try: code and facts, never sentences."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(None, "try_id", "position", unique=True),
        Index(None, "code", "try_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column("try_id", ForeignKey("try.id"))
    position: Mapped[int]
    code: Mapped[str]
    rule: Mapped[str]
    severity: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[Any] = mapped_column(Json)
    places: Mapped[Any] = mapped_column(Json)


class Examination(Base):
    """The whole of what was judged at a try, and by which versions. Pages are made anew from it."""

    __tablename__ = "examination"

    revision_id: Mapped[int] = mapped_column("try_id", ForeignKey("try.id"), primary_key=True)
    rules: Mapped[str]
    config: Mapped[str]
    readers: Mapped[str]
    judged: Mapped[bytes]  # redaksi.model.Judged as JSON, zlib


class Event(Base):
    """What happened, append-only: the database itself refuses to change or delete a row. No
    foreign keys, so that events outlive what they tell of; ids only, so that nothing in them
    must be forgotten."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "submission_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]  # "poller", "worker", "clock", "editor:3", "contributor"
    what: Mapped[str]
    submission_id: Mapped[int | None]
    mail_id: Mapped[int | None] = mapped_column(index=True)
    letter_id: Mapped[int | None]
    message_id: Mapped[str] = mapped_column(default="")  # of the letter that went out
    reason: Mapped[str] = mapped_column(default="")
    facts: Mapped[Any] = mapped_column(Json)
