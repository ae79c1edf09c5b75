"""How the pages of a queue folder stand, for every process: what they were written from, when, and
the trouble since."""

from datetime import datetime

from msgspec import Struct

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import SiteState


class PagesState(Struct, frozen=True, kw_only=True):
    """The pages of one folder."""

    folder: str
    stamp: str  # what they were made of; "" before the first writing
    written_at: datetime | None  # when a writing last went well
    holder: str  # the process that wrote
    error: str  # of the last try, as `freeze` keeps it; "" when it went well
    error_at: datetime | None  # since when it goes wrong


def state_of(tx: Transaction, folder: str) -> PagesState | None:
    """How the pages of a folder stand; None before anybody tried to write them."""
    row = tx.get(SiteState, folder)
    if row is None:
        return None
    return PagesState(
        folder=row.id,
        stamp=row.stamp,
        written_at=row.written_at,
        holder=row.holder,
        error=row.error,
        error_at=row.error_at,
    )


def record_written(
    tx: Transaction, folder: str, *, stamp: str, newest_event: int, now: datetime, holder: str
) -> None:
    """They were written, from all that had happened by then."""
    row = _row(tx, folder)
    row.stamp, row.newest_event, row.written_at, row.holder = stamp, newest_event, now, holder
    row.error, row.error_at = "", None


def record_refused(tx: Transaction, folder: str, error: str, now: datetime) -> None:
    """They could not be written."""
    row = _row(tx, folder)
    row.error, row.error_at = error, row.error_at or now


def _row(tx: Transaction, folder: str) -> SiteState:
    ensure(tx, SiteState, {"id": folder})
    return tx.get_one(SiteState, folder, with_for_update=True)
