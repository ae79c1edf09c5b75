"""Decisions with their words. Events keep ids and codes alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from desk.domain.overrides import Override, Overrides
from desk.store.engine import Transaction
from desk.store.search.index import index
from desk.store.tables import Account
from desk.store.tables import Decision as DecisionRow


class StoredDecision(Struct, frozen=True, kw_only=True):
    """An editor's decision. `event_id`: the event of the history that it is."""

    event_id: int
    event: str
    at: datetime
    account_id: int | None = None
    editor: str = ""  # a name, where there was no account
    initials: str = ""
    revision: int = 0
    headline: str = ""
    category: str = ""
    publish_at: datetime | None = None
    url: str = ""
    reason: str = ""
    note: str = ""
    remarks: tuple[Mapping[str, str], ...] = ()
    overrides: tuple[Mapping[str, str], ...] = ()
    silent: bool = False
    letter_id: int | None = None
    before: Mapping[str, Any] = {}
    is_undone: bool = False
    id: int = 0  # of what is kept
    submission_id: int = 0


def add(tx: Transaction, submission_id: int, decision: StoredDecision) -> None:
    """Keep a decision beside its event. It may have changed what the submission is found by."""
    row = DecisionRow(
        event_id=decision.event_id,
        submission_id=submission_id,
        account_id=decision.account_id,
        editor="" if decision.account_id is not None else decision.editor,
        initials=decision.initials,
        revision=decision.revision,
        event=decision.event,
        at=decision.at,
        headline=decision.headline,
        category=decision.category,
        publish_at=decision.publish_at,
        url=decision.url,
        reason=decision.reason,
        note=decision.note,
        remarks=[dict(remark) for remark in decision.remarks],
        overrides=[dict(override) for override in decision.overrides],
        silent=decision.silent,
        letter_id=decision.letter_id,
        before=dict(decision.before),
    )
    tx.add(row)
    index(tx, submission_id)


def of_submission(tx: Transaction, submission_id: int) -> list[StoredDecision]:
    """Every decision about a submission, oldest first."""
    wanted = select(DecisionRow).where(DecisionRow.submission_id == submission_id)
    return [of_row(row) for row in tx.scalars(wanted.order_by(DecisionRow.id))]


def overrides_of(tx: Transaction, submission_id: int) -> Overrides:
    """Every finding that was set aside, the oldest word first; one query."""
    chosen = select(name_of_editor(), DecisionRow.overrides).outerjoin(
        Account, Account.id == DecisionRow.account_id
    )
    rows = tx.execute(
        chosen.where(
            DecisionRow.submission_id == submission_id, DecisionRow.undone_at.is_(None)
        ).order_by(DecisionRow.id)
    )
    return tuple(each for editor, words in rows for each in read_overrides(editor, words))


def name_of_editor() -> ColumnElement[str]:
    """The name of who decided: the account's, where it is one; join Account for it."""
    return func.coalesce(Account.name, DecisionRow.editor)


def read_overrides(editor: str, words: Iterable[Mapping[str, Any]]) -> Overrides:
    """What a decision of this editor's set aside, as it is kept."""
    return tuple(msgspec.convert({"editor": editor, **each}, Override) for each in words)


def get(tx: Transaction, decision_id: int) -> StoredDecision | None:
    """The decision of this id."""
    row = tx.get(DecisionRow, decision_id, populate_existing=True)
    return of_row(row) if row is not None else None


def mark_undone(tx: Transaction, decision_id: int, now: datetime) -> None:
    """It was taken back: it counts for nothing any more, and stays in the history."""
    row = tx.get_one(DecisionRow, decision_id)
    row.undone_at = now
    index(tx, row.submission_id)


def newest(tx: Transaction, submission_id: int) -> StoredDecision | None:
    """The last decision about a submission."""
    wanted = select(DecisionRow).where(DecisionRow.submission_id == submission_id)
    row = tx.scalar(wanted.order_by(DecisionRow.id.desc()).limit(1))
    return of_row(row) if row is not None else None


def is_silent(tx: Transaction, submission_id: int, event: str) -> bool:
    """Whether the newest decision of this kind was to write no letter."""
    wanted = (
        DecisionRow.submission_id == submission_id,
        DecisionRow.event == event,
        DecisionRow.undone_at.is_(None),
    )
    newest = select(DecisionRow.silent).where(*wanted).order_by(DecisionRow.id.desc())
    return bool(tx.scalar(newest.limit(1)))


def of_row(row: DecisionRow) -> StoredDecision:
    """The value of a row."""
    return StoredDecision(
        event_id=row.event_id,
        event=row.event,
        at=row.at,
        account_id=row.account_id,
        editor=row.editor,
        initials=row.initials,
        revision=row.revision,
        headline=row.headline,
        category=row.category,
        publish_at=row.publish_at,
        url=row.url,
        reason=row.reason,
        note=row.note,
        remarks=tuple(row.remarks),
        overrides=tuple(row.overrides),
        silent=row.silent,
        letter_id=row.letter_id,
        before=row.before,
        is_undone=row.undone_at is not None,
        id=row.id,
        submission_id=row.submission_id,
    )
