"""When a purge last ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from desk.store.engine import Transaction
from desk.store.jobs import leases
from desk.store.tables import Lease

_NAME = "purged"


def ended_at(tx: Transaction) -> datetime | None:
    """When the last one ended; before the first, when the program first looked; None: never."""
    return leases.until(tx, _NAME)


def select_ended() -> Select[*tuple[Any, ...]]:
    """The same as part of a statement."""
    return select(Lease.until).where(Lease.id == _NAME)


def note(tx: Transaction, now: datetime) -> None:
    """One ended now, or the program looks for the first time."""
    leases.note(tx, _NAME, now)
