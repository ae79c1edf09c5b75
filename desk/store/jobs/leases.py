"""Named leases: one poller a mailbox, one sender, one sweeper, however many processes there are.

The token grows with each new holder. Whoever writes under a lease hands its token along, so that a
holder that slept through its time is told (a fencing token).
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.rows import add_unless_there
from desk.store.tables import Lease
from redaksi.errors import LeaseLost


def acquire(tx: Transaction, name: str, holder: str, now: datetime, ttl: timedelta) -> int | None:
    """The fencing token, or None while another holder has the lease. The holder itself gets a
    new token."""
    add_unless_there(tx, Lease, {"id": name, "holder": "", "token": 0, "until": None})
    row = _locked(tx, name)
    if row.until is not None and row.until > now and row.holder != holder:
        return None
    row.holder, row.token, row.until = holder, row.token + 1, now + ttl
    return row.token


def renew(tx: Transaction, name: str, token: int, now: datetime, ttl: timedelta) -> None:
    """Hold it longer. Raises LeaseLost when it was taken over or given back."""
    check(tx, name, token).until = now + ttl


def check(tx: Transaction, name: str, token: int) -> Lease:
    """Raise LeaseLost unless `token` is still the lease's. Time alone loses nothing: nobody else
    has it yet."""
    row = _locked(tx, name)
    if row.token != token or row.until is None:
        raise LeaseLost("lease_lost", name=name)
    return row


def release(tx: Transaction, name: str, token: int) -> None:
    """Give it back; nothing happens when it was taken over."""
    row = _locked(tx, name)
    if row.token == token:
        row.until = None


def until(tx: Transaction, name: str) -> datetime | None:
    """When a lease runs out; None when nobody has it."""
    return tx.scalar(select(Lease.until).where(Lease.id == name))


def reap(tx: Transaction, is_gone: Callable[[str], bool]) -> int:
    """Free the leases of holders that are certainly dead; how many.

    A process that starts after a crash need not wait for leases to run out.
    """
    freed = 0
    for lease in tx.scalars(select(Lease).where(Lease.until.is_not(None)).with_for_update()):
        if is_gone(lease.holder):
            lease.until, freed = None, freed + 1
    return freed


def _locked(tx: Transaction, name: str) -> Lease:
    return tx.scalars(
        select(Lease)
        .where(Lease.id == name)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
