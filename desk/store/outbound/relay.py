"""The pauses of what we hand things to: the relay that takes no letter of ours, a target that takes
no article. Every process leaves it alone meanwhile, cron's too."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete

from desk.store.engine import Transaction
from desk.store.tables import RelayPause

RELAY = "smtp"


def name_target(target: str) -> str:
    """The id of a target's pause."""
    return f"target:{target}"


class Pause(Struct, frozen=True, kw_only=True):
    """Nothing was taken since `since`, `failures` times in a row; `error` is the other side's own
    line, addresses masked."""

    since: datetime
    until: datetime
    failures: int
    error: str


def pause(tx: Transaction, which: str = RELAY) -> Pause | None:
    """The pause that was begun; None while things are taken. It may have run out: then one
    tries."""
    row = tx.get(RelayPause, which, populate_existing=True)
    return (
        Pause(since=row.since, until=row.until, failures=row.failures, error=row.error)
        if row
        else None
    )


def close(tx: Transaction, now: datetime, until: datetime, error: str, which: str = RELAY) -> None:
    """It took nothing again: leave it alone until then."""
    row = tx.get(RelayPause, which, populate_existing=True)
    if row is None:
        tx.add(RelayPause(id=which, since=now, until=until, failures=1, error=error))
    else:
        row.until, row.failures, row.error = until, row.failures + 1, error


def reopen(tx: Transaction, which: str = RELAY) -> None:
    """It took something, or spoke of it; or an editor wants to try now."""
    tx.execute(delete(RelayPause).where(RelayPause.id == which))
