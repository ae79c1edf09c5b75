"""The relay's pause: while it takes no letter of ours, every process leaves it alone, cron's
too."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete

from desk.store.engine import Transaction
from desk.store.tables import RelayPause

_ONE = "smtp"


class Pause(Struct, frozen=True, kw_only=True):
    """No letter left since `since`, `failures` times in a row; `error` is the relay's own line,
    addresses masked."""

    since: datetime
    until: datetime
    failures: int
    error: str


def pause(tx: Transaction) -> Pause | None:
    """The pause that was begun; None while letters leave. It may have run out: then one letter
    tries."""
    row = tx.get(RelayPause, _ONE, populate_existing=True)
    return (
        Pause(since=row.since, until=row.until, failures=row.failures, error=row.error)
        if row
        else None
    )


def close(tx: Transaction, now: datetime, until: datetime, error: str) -> None:
    """It took nothing again: leave it alone until then."""
    row = tx.get(RelayPause, _ONE, populate_existing=True)
    if row is None:
        tx.add(RelayPause(id=_ONE, since=now, until=until, failures=1, error=error))
    else:
        row.until, row.failures, row.error = until, row.failures + 1, error


def reopen(tx: Transaction) -> None:
    """It took a letter, or spoke of one; or an editor wants to try now."""
    tx.execute(delete(RelayPause).where(RelayPause.id == _ONE))
