"""What was made of an original goes with it."""

from datetime import datetime

from sqlalchemy import delete, select

from desk.store.engine import Transaction
from desk.store.named_blobs import find_mentioned
from desk.store.tables import Derivative, Document, Mail, Photo

_AT_ONCE = 500  # ids in one statement


def forget(tx: Transaction, before: datetime) -> int:
    """Pictures, made before then, of what no row names any more; how many. The pictures of a mail are
    on record a moment before the mail's files are."""
    wanted = (select(Document.sha256), select(Photo.sha256), select(Mail.blob))
    originals = {sha256 for each in wanted for sha256 in tx.scalars(each.distinct()) if sha256}
    originals |= find_mentioned(tx.connection())
    made = select(Derivative.id, Derivative.original).where(Derivative.created_at < before)
    ids = [row.id for row in tx.execute(made) if row.original not in originals]
    for start in range(0, len(ids), _AT_ONCE):
        tx.execute(delete(Derivative).where(Derivative.id.in_(ids[start : start + _AT_ONCE])))
    return len(ids)
