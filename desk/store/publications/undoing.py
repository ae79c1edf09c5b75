"""What taking a decision back restores: looked at before it and after it, put back where nothing
else happened since."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Integer, Select, and_, bindparam, func, or_, select

from desk.domain.attention import freeze
from desk.store import attention, events
from desk.store.engine import Transaction
from desk.store.submissions.submission_rows import lock
from desk.store.tables import Attention, Event, Outbox, Publication, Submission
from desk.store.tables import Decision as DecisionRow
from redaksi import states

# what a decision's own letter may go through without anything having happened
QUIET = ("letter queued", "letter draft", "letter held", "letter released")
_WAITS = ("draft", "queued", "held")
_OF_SUBMISSION = (
    "publish_at", "accepted_revision", "headline", "category", "editor_id", "published_url",
    "tells_published", "embargo_until", "updated_at",
)  # fmt: skip
_OF_PUBLICATION = (
    "wanted", "state", "edition_id", "standing_edition_id", "next_at", "attempts",
    "first_attempt_at", "first_standing_at", "error_code", "last_error", "overwrite", "tell",
)  # fmt: skip


class Undoable(Struct, frozen=True, kw_only=True):
    """A decision that can be taken back. `until`: without a letter; None: until its letter begins
    to be sent."""

    id: int
    number: str
    event: str
    letter_kind: str = ""
    until: datetime | None = None


def look_before(tx: Transaction, submission_id: int) -> dict[str, Any]:
    """What a decision changes, as it is before."""
    row = tx.get_one(Submission, submission_id)
    flags = attention.raised(tx, Attention.submission_id == submission_id)
    return {
        "state": row.state,
        "previous_state": row.left,
        "version": row.version,
        **{name: _plain(getattr(row, name)) for name in _OF_SUBMISSION},
        "attention": freeze(attention.of_row(row, flags)),
        "publications": _look_publications(tx, submission_id),
    }


def look_after(tx: Transaction, submission_id: int) -> dict[str, Any]:
    """What must still be so for a decision to be taken back."""
    return {
        "version": tx.get_one(Submission, submission_id).version,
        "event_id": events.newest_of(tx, submission_id),
        "publications": _look_publications(tx, submission_id),
    }


def is_as_left(
    tx: Transaction, submission_id: int, after: Mapping[str, Any], letter_id: int | None
) -> bool:
    """Whether nothing happened since a decision but to its own letter, while that waited."""
    since = (
        select(func.count())
        .select_from(Event)
        .where(
            Event.submission_id == submission_id,
            Event.id > after["event_id"],
            ~and_(Event.letter_id == letter_id, Event.what.in_(QUIET)),
        )
    )
    return (
        not tx.scalar(since)
        and tx.get_one(Submission, submission_id).version == after["version"]
        and _look_publications(tx, submission_id) == after["publications"]
    )


def restore(
    tx: Transaction, submission_id: int, before: Mapping[str, Any], happened: events.Happened
) -> None:
    """The submission and its publications are as they were; what the decision planned anew is
    cancelled. Raises IllegalMove when the table of transitions has no such row."""
    row = lock(tx, submission_id)
    states.find_transition(row.state, "undo", "editor")
    was = row.state
    row.state, row.left = before["state"], before["previous_state"]
    for name in _OF_SUBMISSION:
        setattr(row, name, _typed(name, before[name]))
    row.version += 1
    _restore_publications(tx, submission_id, before["publications"])
    facts = {
        **happened.facts,
        "from": was,
        "to": row.state,
        "attention": before["attention"],
    }
    events.record(tx, msgspec.structs.replace(happened, submission_id=submission_id, facts=facts))


def _select_decided() -> Select[*tuple[Any, ...]]:
    """Decisions with what became of their submissions since."""
    newest = (
        select(func.max(Event.id))
        .where(
            Event.submission_id == DecisionRow.submission_id,
            ~and_(
                Event.letter_id == func.coalesce(DecisionRow.letter_id, 0),
                Event.what.in_(QUIET),
            ),
        )
        .scalar_subquery()
    )
    return (
        select(DecisionRow, Submission.number, Submission.version, Outbox.kind, newest)
        .join(Submission, Submission.id == DecisionRow.submission_id)
        .outerjoin(Outbox, Outbox.id == DecisionRow.letter_id)
    )


_DECIDED = _select_decided()


def _select_undoable() -> Select[*tuple[Any, ...]]:
    waits = and_(Outbox.state.in_(_WAITS), Outbox.attempts == 0)
    return (
        _DECIDED.where(
            DecisionRow.account_id == bindparam("account"),
            DecisionRow.undone_at.is_(None),
            or_(
                and_(DecisionRow.letter_id.is_(None), DecisionRow.at > bindparam("since")),
                and_(DecisionRow.letter_id.is_not(None), waits),
            ),
        )
        .order_by(DecisionRow.id.desc())
        .limit(bindparam("most", type_=Integer))
    )


_UNDOABLE = _select_undoable()


def find_undoable(
    tx: Transaction, account_id: int, now: datetime, window: timedelta, most: int
) -> list[Undoable]:
    """What an account decided and can still take back, the newest first; one query. `window`: how
    long it can be without a letter."""
    asked = {"account": account_id, "since": now - window, "most": most}
    return [
        Undoable(
            id=row.id,
            number=number,
            event=row.event,
            letter_kind=kind or "",
            until=row.at + window if row.letter_id is None else None,
        )
        for row, number, version, kind, last in tx.execute(_UNDOABLE, asked)
        if _may_still(row, version, last)
    ]


def _may_still(row: DecisionRow, version: int, newest_event: int | None) -> bool:
    after = row.before.get("after")
    return bool(after) and after["version"] == version and (newest_event or 0) <= after["event_id"]


def _look_publications(tx: Transaction, submission_id: int) -> dict[str, dict[str, Any]]:
    wanted = select(Publication).where(Publication.submission_id == submission_id)
    return {
        row.target: {name: _plain(getattr(row, name)) for name in _OF_PUBLICATION}
        for row in tx.scalars(wanted.order_by(Publication.id))
    }


def _restore_publications(
    tx: Transaction, submission_id: int, before: Mapping[str, Mapping[str, Any]]
) -> None:
    for row in tx.scalars(select(Publication).where(Publication.submission_id == submission_id)):
        known = before.get(row.target)
        if known is None:
            row.wanted, row.state, row.next_at = "down", "cancelled", None
            row.error_code, row.last_error = "", ""
            continue
        for name in _OF_PUBLICATION:
            setattr(row, name, _typed(name, known[name]))
    tx.flush()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _typed(name: str, value: Any) -> Any:
    is_moment = name.endswith(("_at", "_until")) and isinstance(value, str)
    return datetime.fromisoformat(value) if is_moment else value
