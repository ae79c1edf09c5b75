"""What editors decide, and what is published: decisions, editions, and a row a submission and target
that holds *what should be* against *what is*."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.domain.publications import PublicationState, Wanted
from desk.store.columns import Base, Json, Words


class Decision(Base):
    """An editor's decision, with its words: events keep ids and codes alone."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(unique=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    account_id: Mapped[int | None]
    editor: Mapped[str] = mapped_column(default="")  # a name, while there are no accounts
    initials: Mapped[str] = mapped_column(default="")
    revision: Mapped[int]  # the newest at that moment
    event: Mapped[str]
    at: Mapped[datetime]
    headline: Mapped[str] = mapped_column(default="")
    category: Mapped[str] = mapped_column(default="")
    publish_at: Mapped[datetime | None]
    url: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    remarks: Mapped[Any] = mapped_column(Json, default=list)  # of publisher.letters' Remark
    # findings set aside, each {"code", "subject", "reason"}
    overrides: Mapped[Any] = mapped_column(Json, default=list)
    silent: Mapped[bool] = mapped_column(default=False)
    letter_id: Mapped[int | None]
    # what it was before: state, previous_state, publish_at, accepted_revision, headline, category,
    # and the letters that were dropped with their states
    before: Mapped[Any] = mapped_column(Json, default=dict)
    undone_at: Mapped[datetime | None]


class PhotoChoice(Base):
    """What an editor said of a photo of a submission. Keyed by bytes: it survives a new revision
    that keeps the photo. NULL: the machine's."""

    __tablename__ = "photo_choice"
    __table_args__ = (
        Index(
            "ix_photo_choice_lead",
            "submission_id",
            unique=True,
            sqlite_where=text("lead"),
            postgresql_where=text("lead"),
        ),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    used: Mapped[bool] = mapped_column(default=True)
    lead: Mapped[bool] = mapped_column(default=False)
    caption: Mapped[str | None]
    credit: Mapped[str | None]
    alt: Mapped[str | None]
    source_sha256: Mapped[str | None]  # a swap: the photo whose caption it was
    confirmed_at: Mapped[datetime | None]
    account_id: Mapped[int | None]
    at: Mapped[datetime]


class Edition(Base):
    """An edition: publisher.articles' Edition as JSON, zlib. Never changed."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    number: Mapped[int]
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("try.id"))
    content: Mapped[bytes]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")


class EditionTerm(Base):
    """A term of the edition of a submission that stands: what related articles are found by."""

    __tablename__ = "edition_term"
    __table_args__ = (Index(None, "term"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    term: Mapped[str] = mapped_column(primary_key=True)
    is_place: Mapped[bool]


class Publication(Base):
    """A submission at a target. `wanted` and `edition_id` say what should be there,
    `standing_edition_id` what is."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("submission_id", "target"),
        Index(None, "state", "next_at"),
        Index(None, "target", "first_standing_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    target: Mapped[str] = mapped_column(Words)  # its id in config.toml
    wanted: Mapped[Wanted] = mapped_column(Words)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    standing_edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    state: Mapped[PublicationState] = mapped_column(Words)
    # what the target told: of what stands there
    external_id: Mapped[str] = mapped_column(default="")
    external_version: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    media: Mapped[Any] = mapped_column(Json, default=dict)  # photo's SHA-256 -> {"id", "url"}
    first_standing_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)  # since something was last wanted anew
    first_attempt_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    error_code: Mapped[str] = mapped_column(default="")
    last_error: Mapped[str] = mapped_column(default="")  # the target's own word
    overwrite: Mapped[bool] = mapped_column(default=False)  # an editor said so
    tell: Mapped[bool] = mapped_column(default=False)  # write to the contributor once it stands
