"""Who works at the desk: accounts, their sessions, claims, and what they typed and have not sent."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.store.columns import Base, Json, Words

Role = Literal["reader", "editor", "chief", "ops"]
Zone = Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]


class Account(Base):
    """Somebody of the redaksi. Never deleted: history names it."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role IN ('reader', 'editor', 'chief', 'ops')", name="ck_account_role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(Words, unique=True)  # an address, lower-case
    name: Mapped[str] = mapped_column(Words)
    sign: Mapped[str] = mapped_column(Words, default="")  # as letters are signed; "" = name
    initials: Mapped[str] = mapped_column(default="")  # "EPN", for "Editor: EPN"
    role: Mapped[Role] = mapped_column(Words)
    language: Mapped[Literal["id", "en"]] = mapped_column(Words, default="id")
    zone: Mapped[Zone] = mapped_column(Words, default="Asia/Jakarta")
    shortcuts: Mapped[bool] = mapped_column(default=True)  # single letters as keys (WCAG 2.1.4)
    password_hash: Mapped[str] = mapped_column(default="")  # argon2id's own text; "" = none
    must_change: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser. The token itself is the browser's alone."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the token, hexadecimal
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    remembered: Mapped[bool] = mapped_column(default=False)
    agent: Mapped[str] = mapped_column(Words, default="")  # User-Agent, 120 characters
    network: Mapped[str] = mapped_column(default="")  # /24 of IPv4, /64 of IPv6


class SignInFailure(Base):
    """A password that was wrong. Rows over a day old go with the next failure."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index(None, "login_key", "at"), Index(None, "network", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    login_key: Mapped[str]  # SHA-256 of what was typed: it may be a password
    network: Mapped[str]


class Claim(Base):
    """Who works at a submission. It tells others and never locks."""

    __tablename__ = "claim"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    since: Mapped[datetime]
    until: Mapped[datetime]


class DecisionDraft(Base):
    """A form as it was typed, unvalidated. `scope`: "decision", "letter:17", "photos", "edition";
    "take-in" has no submission (0)."""

    __tablename__ = "decision_draft"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    submission_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    scope: Mapped[str] = mapped_column(Words, primary_key=True)
    fields: Mapped[Any] = mapped_column(Json)
    revision: Mapped[int]  # the newest one the form was shown with
    seq: Mapped[int]  # of the page that typed it: an older one does not overwrite
    saved_at: Mapped[datetime] = mapped_column(index=True)
