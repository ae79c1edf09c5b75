"""What time does: reminders and expiry, the editors' morning summary; what an older
release filed becomes findable. All from the store, by ticks.

A tick looks at what is so now, never at when it last looked: right after a restart, a long sleep or
a clock set back. It looks before it locks: where nothing is due nothing is written.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from desk.app import App
from desk.store import Transaction
from desk.store.jobs import leases
from desk.workflow import digest, reminders
from desk.workflow.reading import index_old
from redaksi.errors import IllegalMove, Unwritable
from redaksi.log import get_logger

LEASE = "clock"
Item = TypeVar("Item")
Due = Callable[[Transaction, App], Sequence[Any]]  # looks, and writes nothing
LetHappen = Callable[[App, Any], int]  # looks again under a lock
TASKS: tuple[tuple[Due, LetHappen], ...] = (
    (reminders.due, reminders.remind_or_close),
    (digest.due, digest.summarise),
    (index_old.due, index_old.index_some),
)
log = get_logger("clock")


def tick(app: App) -> int:
    """Let happen what is due; how much did. Only one process ticks at a time. Raises StoreError."""
    with app.store.read() as tx:
        if not any(due(tx, app) for due, _ in TASKS):
            return 0
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name)
    if token is None:
        return 0
    try:
        return _each(TASKS, lambda task: _let_happen(app, *task))
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


def _let_happen(app: App, due: Due, let_happen: LetHappen) -> int:
    with app.store.read() as tx:
        items = due(tx, app)
    return _each(items, lambda item: let_happen(app, item))


def _each(due: Iterable[Item], let_happen: Callable[[Item], int]) -> int:
    """One after another: what cannot be done for one keeps nobody else waiting. Raises the first
    error at the end."""
    count, errors = 0, []
    for one in due:
        try:
            count += let_happen(one)
        except (Unwritable, IllegalMove) as error:
            log.error("clock.failed", error=error)
            errors.append(error)
    if errors:
        raise errors[0]
    return count
