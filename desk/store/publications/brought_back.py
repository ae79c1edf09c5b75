"""Publications of a store that was brought back from a backup: what was planned or under way may stand
by now."""

from datetime import datetime

from sqlalchemy import and_, select

from desk.store.engine import Transaction
from desk.store.publications import moves, rows
from desk.store.publications.rows import RESTORED
from desk.store.tables import Publication


def hold_all(tx: Transaction, now: datetime) -> int:
    """Nothing is delivered by itself any more; how many rows an editor is called for.

    What was never begun is held, as what missed its hour is; what was under way failed, and is begun
    again by who has looked. A page that is looked for is looked for on: nothing goes out for it.
    """
    goes = and_(
        Publication.state.in_(("planned", "due", "delivering")), Publication.next_at.is_not(None)
    )
    found = [
        (row.id, row.submission_id)
        for row in tx.execute(
            select(Publication.id, Publication.submission_id).where(goes).order_by(Publication.id)
        )
    ]
    for row_id, submission_id in found:
        moves.lock(tx, submission_id)
        hold(tx, row_id, now)
    return len(found)


def hold(tx: Transaction, row_id: int, now: datetime) -> None:
    """One of them."""
    row = rows.get(tx, row_id)
    is_new = row.wanted == "up" and not row.is_there and row.first_attempt_at is None
    if is_new:
        moves.hold(tx, row_id, RESTORED)
    else:
        moves.mark_failed(tx, row_id, RESTORED)
    facts = {"target": row.target, "code": RESTORED}
    what = "held" if is_new else "failed"
    moves.put_on_record(tx, row.submission_id, what, "publisher", now, facts)
