"""What was typed into a form and is not sent: kept as it is, unvalidated."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, delete, select

from desk.store.engine import Transaction
from desk.store.tables import DecisionDraft

KEPT = timedelta(days=90)


class FormDraft(Struct, frozen=True, kw_only=True):
    """A form as it was typed. `seq` grows with every save of a page; `revision`: the newest one it
    was shown with."""

    fields: Mapping[str, Any]
    revision: int
    seq: int
    saved_at: datetime


def find(tx: Transaction, account_id: int, submission_id: int, scope: str) -> FormDraft | None:
    """What this account typed there; None when nothing."""
    row = tx.get(DecisionDraft, (account_id, submission_id, scope))
    return _draft(row) if row is not None else None


def find_all(tx: Transaction, account_id: int, submission_id: int) -> dict[str, FormDraft]:
    """What this account typed into the forms of a submission, by scope; one statement."""
    rows = tx.scalars(_ALL, {"account": account_id, "submission": submission_id})
    return {row.scope: _draft(row) for row in rows}


_ALL = select(DecisionDraft).where(
    DecisionDraft.account_id == bindparam("account"),
    DecisionDraft.submission_id == bindparam("submission"),
)


def _draft(row: DecisionDraft) -> FormDraft:
    return FormDraft(fields=row.fields, revision=row.revision, seq=row.seq, saved_at=row.saved_at)


def save(
    tx: Transaction, account_id: int, submission_id: int, scope: str, draft: FormDraft
) -> bool:
    """Keep it; whether it was kept. One that is older than what is kept is not: another tab typed
    since."""
    key = (account_id, submission_id, scope)
    row = tx.get(DecisionDraft, key, with_for_update=True)
    if row is None:
        row = DecisionDraft(account_id=account_id, submission_id=submission_id, scope=scope, seq=-1)
        tx.add(row)
    if draft.seq <= row.seq:
        return False
    row.fields, row.revision = dict(draft.fields), draft.revision
    row.seq, row.saved_at = draft.seq, draft.saved_at
    tx.flush()
    return True


def discard(tx: Transaction, account_id: int, submission_id: int, scope: str) -> None:
    """It was sent, or thrown away."""
    wanted = (
        DecisionDraft.account_id == account_id,
        DecisionDraft.submission_id == submission_id,
        DecisionDraft.scope == scope,
    )
    tx.execute(delete(DecisionDraft).where(*wanted))


def sweep(tx: Transaction, now: datetime) -> None:
    """Delete what nobody came back to."""
    tx.execute(delete(DecisionDraft).where(DecisionDraft.saved_at <= now - KEPT))
