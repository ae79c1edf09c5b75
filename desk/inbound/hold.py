"""One poller's hold on one mailbox, and how far its pass is."""

import time
from collections.abc import Callable

from msgspec import Struct

from desk.app import App
from desk.store import status
from desk.store.inbound.ledger import Place
from desk.store.jobs import leases
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import RedaksiError

WRITTEN_MAILS = 20  # between two writings of how far a pass is, at most
WRITTEN_SECONDS = 1.0


class Watch(Struct, frozen=True):
    """How a long pass is followed and ended: `stop` is asked between mails, `progress` told
    (done, in all), `refused` of a folder that the server does not open."""

    stop: Callable[[], bool] = lambda: False
    progress: Callable[[int, int], None] = lambda _done, _all: None
    refused: Callable[[RedaksiError], None] = lambda _error: None


class Pass(Struct, frozen=True, kw_only=True):
    """One poller's hold on one mailbox."""

    app: App
    box: Box
    token: int
    watch: Watch
    thorough: bool  # reconcile too
    # connections broken at a mail, and the bytes that were spooled by then
    cuts: dict[Place, tuple[int, int]]
    poll_id: int | None = None  # the row that tells of this pass over a folder

    @property
    def lease(self) -> str:
        """The lease's name."""
        return f"poll:{self.box.id}"

    def number(self, folder: str) -> int:
        """Which of the configured folders it is, from 1: a log names none."""
        return self.box.folders.index(folder) + 1 if folder in self.box.folders else 0

    def check(self) -> None:
        """Raise LeaseLost when another poller has taken over, because we were silent too long."""
        with self.app.store.begin() as tx:
            leases.check(tx, self.lease, self.token)

    def tell_progress(self, done: int, listed: int) -> None:
        """Write down how far the pass is, for whoever asks how things stand."""
        if self.poll_id is not None:
            with self.app.store.begin() as tx:
                status.poll_moved(tx, self.poll_id, self.app.clock(), listed=listed, done=done)


class Progress:
    """How far a pass is: told to who follows it at each mail, and written down every WRITTEN_MAILS
    mails or WRITTEN_SECONDS seconds."""

    def __init__(self, held: Pass, listed: int) -> None:
        self._held, self._listed = held, listed
        self._written: tuple[int, float] | None = None

    def tell(self, done: int, *, last: bool = False) -> None:
        """`done` of the mails are accounted for; `last`: it ends here."""
        self._held.watch.progress(done, self._listed)
        now = time.monotonic()
        if self._listed and (last or self._is_due(done, now)):
            self._written = (done, now)
            self._held.tell_progress(done, self._listed)

    def _is_due(self, done: int, now: float) -> bool:
        if self._written is None:
            return True
        count, at = self._written
        return done - count >= WRITTEN_MAILS or now - at >= WRITTEN_SECONDS
