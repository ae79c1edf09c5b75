"""Named leases: one poller a mailbox, one sender, one sweeper, however many processes there are.

A lease is held while the heartbeat of its holder comes (desk.store.jobs.processes), however long
the work takes. The token grows with each new holder. Whoever writes under a lease hands its token
along, so that a holder that slept through its time is told (a fencing token).

The same rows keep notes of time ("pause:warta"): nobody holds them, they run out.
"""

from datetime import datetime

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.jobs import processes
from desk.store.rows import add_unless_there
from desk.store.tables import Lease
from redaksi.errors import LeaseLost


def acquire(tx: Transaction, name: str, holder: str) -> int | None:
    """The fencing token, or None while another process that lives has the lease. The holder
    itself gets a new token."""
    row = _made(tx, name)
    if row.holder not in ("", holder) and processes.is_alive(tx, row.holder):
        return None
    row.holder, row.token = holder, row.token + 1
    return row.token


def check(tx: Transaction, name: str, token: int) -> Lease:
    """Raise LeaseLost unless `token` is still the lease's. Silence alone loses nothing: nobody
    else has it yet."""
    row = _locked(tx, name)
    if row.token != token or not row.holder:
        raise LeaseLost("lease_lost", name=name)
    return row


def release(tx: Transaction, name: str, token: int) -> None:
    """Give it back; nothing happens when it was taken over."""
    row = _locked(tx, name)
    if row.token == token:
        row.holder = ""


def note(tx: Transaction, name: str, until: datetime) -> None:
    """Write down a moment under a name, by the clock of the redaksi's day."""
    _made(tx, name).until = until


def until(tx: Transaction, name: str) -> datetime | None:
    """The moment noted under a name; None when there is none."""
    return tx.scalar(select(Lease.until).where(Lease.id == name))


def _made(tx: Transaction, name: str) -> Lease:
    add_unless_there(tx, Lease, {"id": name, "holder": "", "token": 0, "until": None})
    return _locked(tx, name)


def _locked(tx: Transaction, name: str) -> Lease:
    return tx.scalars(
        select(Lease)
        .where(Lease.id == name)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
