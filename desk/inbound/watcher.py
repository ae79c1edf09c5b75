"""One mailbox watched by the daemon: a pass, then IDLE until a mail comes or the interval is over,
and so on.

One connection is kept open; whatever breaks it, the next one is opened after a pause that doubles
from 1 to 300 seconds. A login that is refused is tried again at the slow end only, a quota is
waited out.
"""

import random
import threading
import time
from datetime import datetime

from desk.app import App
from desk.inbound.asked import is_asked
from desk.inbound.hold import Pass, Watch
from desk.inbound.poll import enter_mailbox, hold_mailbox, pass_over
from desk.inbound.pulse import Pulse
from desk.store.inbound.ledger import Place
from ingest.fetch.mailbox import Mailbox
from redaksi.config.schema import Mailbox as Box
from redaksi.errors import ConfigError, LeaseLost, LoginRefused, RedaksiError, Throttled
from redaksi.log import bind_pass, get_logger

FIRST, LONGEST = 1.0, 300.0  # seconds
LOOK = 1.0  # seconds between two looks whether somebody asks
KEPT = 23 * 3600.0  # seconds a connection is kept at most: Gmail ends them after 24 hours
log = get_logger("vigil")


def pause_after(failures: int, error: RedaksiError, spread: float) -> float:
    """Seconds to wait after so many failures in a row. `spread` is random, from 0.75 to 1.25."""
    if isinstance(error, Throttled):
        return error.retry_after * max(spread, 1.0)
    if isinstance(error, LoginRefused | ConfigError):
        return LONGEST * spread
    return min(FIRST * 2.0 ** min(failures - 1, 20), LONGEST) * spread


class MailboxWatcher:
    """Watches one mailbox in a thread of its own until told to stop."""

    def __init__(self, app: App, box: Box, stopping: threading.Event) -> None:
        self._office, self._box, self._stopping = app, box, stopping
        self.pulse = Pulse()
        self._failures = 0
        self._begun = False  # the first pass reconciles
        self._begun_at: datetime | None = None  # of the newest pass, or of a try to enter
        self._cuts: dict[Place, tuple[int, int]] = {}
        self._thread = threading.Thread(target=self._watch, name=f"watch:{box.id}", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the mail at hand."""
        self._thread.join(seconds)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            with bind_pass():
                self._connect()

    def _connect(self) -> None:
        """Whatever a connection ends with."""
        try:
            self._connected()
        except LeaseLost as error:
            log.warning("vigil.taken_over", mailbox=self._box.id, error=error)
        except RedaksiError as error:
            self._rest(error)
        except Exception as error:
            log.exception("vigil.bug", mailbox=self._box.id)
            self._rest(RedaksiError("bug", name=type(error).__name__))

    def _rest(self, error: RedaksiError) -> None:
        self._failures += 1
        pause = pause_after(self._failures, error, random.uniform(0.75, 1.25))  # noqa: S311 - spread, not secrecy
        log.error("vigil.failed", mailbox=self._box.id, error=error, pause=round(pause, 1))
        self.pulse.beat(pause)
        until = time.monotonic() + pause
        while (left := until - time.monotonic()) > 0 and not self._stopping.wait(min(LOOK, left)):
            if not isinstance(error, Throttled) and self._is_asked():
                return

    def _has_to_stop(self) -> bool:
        """Asked between two steps of a pass: so it is seen that there are steps."""
        self.pulse.beat()
        return self._stopping.is_set()

    def _is_asked(self) -> bool:
        return is_asked(self._office, self._box.id, self._begun_at)

    def _connected(self) -> None:
        """Passes over one connection, until it breaks, grows old, or we stop."""
        self._begun_at = self._office.clock()
        self.pulse.beat()
        with enter_mailbox(self._office, self._box) as mailbox:
            until = time.monotonic() + KEPT
            while not self._stopping.is_set() and time.monotonic() < until:
                self._pass(mailbox)
                self._failures = 0
                self._wait(mailbox)

    def _pass(self, mailbox: Mailbox) -> None:
        self._begun_at = self._office.clock()
        self.pulse.beat()
        watch = Watch(stop=self._has_to_stop)
        with hold_mailbox(
            self._office, self._box, watch, thorough=not self._begun, cuts=self._cuts
        ) as held:
            if isinstance(held, Pass):
                with bind_pass():
                    pass_over(held, mailbox)
                self._begun = True

    def _wait(self, mailbox: Mailbox) -> None:
        """IDLE in the first folder; the others are looked at after each interval, or when somebody
        asks."""
        seconds = self._box.poll.total_seconds()
        self.pulse.beat(seconds)

        def stop() -> bool:
            return self._stopping.is_set() or self._is_asked()

        first = next((folder for folder in self._box.folders if not folder.startswith("\\")), "")
        if not first or stop():
            self._stopping.wait(seconds)
            return
        mailbox.select(first)
        mailbox.wait(seconds, stop)
