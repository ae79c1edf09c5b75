"""A process says that it lives, in a thread of its own: however long a download or an examination
takes, what it holds stays held."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from desk.store import Store, Transaction
from desk.store.jobs import processes
from desk.store.jobs.processes import BEAT, Birth
from redaksi.errors import StoreError
from redaksi.log import get_logger

PATIENCE = 2.0  # seconds an end waits for a heartbeat that the database keeps waiting
log = get_logger("process")


@contextmanager
def keep_alive(store: Store, birth: Birth, enter: Callable[[Transaction], None]) -> Iterator[None]:
    """Registered and beating; at the end what it held is free at once. `enter` is done in the
    transaction that registers.

    Where the database refuses a heartbeat the work goes on: whoever was silent too long and was
    taken for dead hears it at its fence (LeaseLost). Raises StoreError when it cannot register.
    """
    with store.begin() as tx:
        enter(tx)
        processes.register(tx, birth)
    ended = threading.Event()
    thread = threading.Thread(
        target=_beat_until, args=(ended, store, birth), name="heartbeat", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(PATIENCE)
        end_process(store, birth.id)


def end_process(store: Store, identifier: str) -> None:
    """What it held is free. Where the database refuses that, it is once nothing more is heard."""
    with suppress(StoreError), store.begin() as tx:
        processes.end(tx, identifier)


def _beat_until(ended: threading.Event, store: Store, birth: Birth) -> None:
    while not ended.wait(BEAT.total_seconds()):
        try:
            with store.begin() as tx:
                processes.beat(tx, birth)
        except StoreError as error:
            log.warning("heartbeat.refused", error=error)
        except Exception:  # a thread that ends here would let go of everything that is held
            log.exception("heartbeat.bug")
