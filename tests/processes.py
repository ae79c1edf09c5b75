"""Processes of a test's store: born, and silent as if they had been killed."""

from sqlalchemy import update

from desk.store import Store
from desk.store.jobs import processes
from desk.store.jobs.processes import SILENCE, Birth
from desk.store.tables import Process


def give_birth(store: Store, *identifiers: str) -> None:
    """Processes of these names live."""
    with store.begin() as tx:
        for identifier in identifiers:
            processes.beat(tx, Birth(id=identifier))


def silence(store: Store, *identifiers: str) -> None:
    """Nothing is heard any more of these, of any where none is named: killed, cut off, asleep."""
    with store.begin() as tx:
        rows = update(Process).values(heartbeat_at=processes.database_now(tx) - SILENCE)
        tx.execute(rows.where(Process.id.in_(identifiers)) if identifiers else rows)
