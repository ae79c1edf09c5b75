"""Letters of a store that was brought back from a backup: what was about to leave may have left since."""

from datetime import datetime

from sqlalchemy import and_, select

from desk.store.engine import Transaction
from desk.store.outbound.letter_rows import lock_row, read_row, tell
from desk.store.outbound.letters import Stored
from desk.store.tables import LetterState, Outbox
from redaksi.reasons import ReasonCode, explain

_LEAVES: tuple[LetterState, ...] = ("queued", "held", "sending")
# what an editor may send, or have sent after the backup
_MAY_HAVE_LEFT: tuple[LetterState, ...] = ("draft", "queued", "held", "unknown", "failed")


def make_drafts(tx: Transaction, now: datetime) -> int:
    """What would leave by itself waits for an editor; how many."""
    reason = explain(ReasonCode.RESTORED)
    found = list(tx.scalars(select(Outbox.id).where(Outbox.state.in_(_LEAVES)).order_by(Outbox.id)))
    for letter_id in found:
        row = lock_row(tx, letter_id, *_LEAVES)
        row.state, row.reason = "draft", reason
        tell(tx, row, "letter draft", "worker", now, str(reason))
    return len(found)


def list_unsure(tx: Transaction, restored: datetime) -> list[Stored]:
    """Letters written before a restore of which the Sent folder may know."""
    old = and_(Outbox.state.in_(_MAY_HAVE_LEFT), Outbox.created_at < restored)
    return [read_row(row) for row in tx.scalars(select(Outbox).where(old).order_by(Outbox.id))]


def mark_found(tx: Transaction, letter_id: int, now: datetime) -> None:
    """The Sent folder has it: it left, at about the time it was to. Raises IllegalMove where an
    editor was faster."""
    row = lock_row(tx, letter_id, *_MAY_HAVE_LEFT)
    row.state, row.reason, row.last_error = "sent", None, ""
    row.sent_at = row.sending_at or row.queued_at
    tell(tx, row, "letter sent", "worker", now, str(explain(ReasonCode.IN_SENT_FOLDER)))
