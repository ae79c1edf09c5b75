"""Who waits for a commit is woken by it, within this process. Across processes a tick is the net."""

import threading

from sqlalchemy import event

from desk.store import Transaction


class Wakeup:
    """One waiter, any number of those who wake it; no ring is lost between two waits."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        """End the wait, or the next one."""
        self._event.set()

    def ring_after(self, tx: Transaction) -> None:
        """Ring once the transaction is committed, never when it is rolled back."""
        event.listen(tx, "after_commit", lambda _session: self.ring(), once=True)

    def wait(self, seconds: float) -> None:
        """Until somebody rings, at most so long."""
        self._event.wait(seconds)
        self._event.clear()
