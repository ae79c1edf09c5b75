"""The append-only history: UTC instants, ids, codes. No address, name, subject or sentence of a
mail."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from desk.domain.attention import MATTERS, UNDO
from desk.store.attention import keep
from desk.store.engine import Transaction
from desk.store.tables import Event

READING_DIED = "reading died"  # facts: cause, file


class Happened(Struct, frozen=True, kw_only=True):
    """One event."""

    at: datetime
    actor: str
    what: str
    submission_id: int | None = None
    mail_id: int | None = None
    letter_id: int | None = None
    message_id: str = ""  # of the letter that went out
    reason: str = ""
    facts: Mapping[str, Any] = {}
    id: int = 0  # of what was recorded


def record(tx: Transaction, happened: Happened) -> None:
    """Write it down, and keep who must look at its submission. A move changes the state first."""
    row = Event(
        at=happened.at,
        actor=happened.actor,
        what=happened.what,
        submission_id=happened.submission_id,
        mail_id=happened.mail_id,
        letter_id=happened.letter_id,
        message_id=happened.message_id,
        reason=happened.reason,
        facts=dict(happened.facts),
    )
    tx.add(row)
    if happened.submission_id is not None and happened.what in MATTERS:
        tx.flush()
        keep(tx, happened.submission_id, row)


def after(tx: Transaction, number: int) -> list[tuple[int, int | None]]:
    """The ids of the events after this one, and of their submissions."""
    found = select(Event.id, Event.submission_id).where(Event.id > number).order_by(Event.id)
    return [(row.id, row.submission_id) for row in tx.execute(found)]


def of_submission(tx: Transaction, submission_id: int) -> list[Happened]:
    """What happened to a submission, oldest first."""
    rows = tx.scalars(select(Event).where(Event.submission_id == submission_id).order_by(Event.id))
    return [of_row(row) for row in rows]


def still_standing(happened: Iterable[Happened]) -> list[Happened]:
    """The same history without decisions that were taken back, and without the taking back."""
    all_of_it = list(happened)
    undone = {one.facts.get("undoes") for one in all_of_it if one.what == UNDO}
    return [one for one in all_of_it if one.what != UNDO and one.id not in undone]


def by_id(tx: Transaction, numbers: Collection[int]) -> list[Happened]:
    """These events, oldest first; nothing is asked for none."""
    if not numbers:
        return []
    rows = tx.scalars(select(Event).where(Event.id.in_(numbers)).order_by(Event.id))
    return [of_row(row) for row in rows]


def newest_of(tx: Transaction, submission_id: int) -> int:
    """The id of the last event of a submission; 0 where nothing happened."""
    return tx.scalar(select(func.max(Event.id)).where(Event.submission_id == submission_id)) or 0


def of_mail(tx: Transaction, mail_id: int) -> list[Happened]:
    """What happened to a mail, oldest first."""
    rows = tx.scalars(select(Event).where(Event.mail_id == mail_id).order_by(Event.id))
    return [of_row(row) for row in rows]


def of_row(row: Event) -> Happened:
    """The value of a row."""
    return Happened(
        at=row.at,
        actor=row.actor,
        what=row.what,
        submission_id=row.submission_id,
        mail_id=row.mail_id,
        letter_id=row.letter_id,
        message_id=row.message_id,
        reason=row.reason,
        id=row.id,
        facts=row.facts,
    )
