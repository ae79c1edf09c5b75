"""Files that nothing names any more are deleted, and none that somebody is just about to name."""

import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text

from desk.app import App
from desk.store import Transaction
from desk.store.jobs import processes
from desk.store.named_blobs import find_mentioned, find_named
from desk.store.tables import Job, Process


def delete_unnamed(app: App, blobs: Iterable[str], attempts: Iterator[None], settle: float) -> int:
    """Delete those of `blobs` that no row names; how many could not be yet, and are left to the sweep of
    each night. A reading puts its files before it names them, so none may be under way (no job can be begun
    while this looks), and a file must have been here for `settle` seconds. Raises StoreError."""
    left = set(blobs)
    for _ in attempts:
        left = _delete(app, left, datetime.fromtimestamp(time.time(), UTC), settle)
        if not left:
            break
    return len(left)


def _delete(app: App, blobs: set[str], now: datetime, settle: float) -> set[str]:
    """Those that are still to be deleted."""
    if not blobs:
        return blobs
    with app.store.begin() as tx:
        _lock_jobs(tx)
        named = find_named(tx.connection()) | find_mentioned(tx.connection())
        unnamed = {sha256 for sha256 in blobs - named if app.blobs.exists(sha256)}
        living = select(Process.id).where(processes.alive(tx))
        at_work = select(Job.id).where(Job.state == "leased", Job.holder.in_(living)).limit(1)
        if tx.scalar(at_work) is not None:
            return unnamed
        for sha256 in sorted(unnamed):
            app.blobs.discard(sha256, now - timedelta(seconds=settle))
        return {sha256 for sha256 in unnamed if app.blobs.exists(sha256)}


def _lock_jobs(tx: Transaction) -> None:
    """Nobody begins a job until the transaction ends. SQLite has one writer anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text("LOCK TABLE job IN SHARE ROW EXCLUSIVE MODE"))
