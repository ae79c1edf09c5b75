"""So many readings at once, each in a child of its own; more wait.

What the pool may use is bounded by design: `size` children, each under its own limit of memory,
and nothing of a mail in the worker.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, Self

from desk.sandbox.confinement.measures import Measures
from desk.sandbox.host import Reading, Request, Sandbox, SandboxLimits
from desk.sandbox.sink import Sink
from redaksi.config.bounds import Sandboxed
from redaksi.errors import RedaksiError
from redaksi.limits import Limits
from redaksi.model import Examination
from redaksi.sender_policy.header_reading import HeaderReading

MOST = 4  # examiners where config.toml names no number: more need memory somebody must have planned


class Drained(RedaksiError):
    """The pool begins nothing more: somebody stops."""


class Examiner(Protocol):
    """Who examines a parcel: a sandbox, or a pool."""

    @property
    def limits(self) -> SandboxLimits:
        """How far a child may go."""
        ...

    @property
    def size(self) -> int:
        """How many parcels it examines at once."""
        ...

    def examine_mail(
        self, raw: Path, source: str, limits: Limits, sink: Sink | None = None
    ) -> Examination:
        """See Sandbox."""
        ...

    def identify(self, raw: Path, limits: Limits) -> HeaderReading:
        """See Sandbox."""
        ...

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """See Sandbox."""
        ...


def pool_size(configured: Sandboxed, free: int | None) -> int:
    """How many mails are examined at once: no more than `free` bytes of memory hold (None:
    nobody knows), at least one."""
    wanted = configured.pool or min(os.cpu_count() or 1, MOST)
    if free is None or not configured.memory:
        return wanted
    return max(1, min(wanted, free // configured.memory))


class SandboxPool:
    """An Examiner for several threads. Use as a context manager. Its fork server is started when
    it is needed and kept."""

    def __init__(self, limits: SandboxLimits, size: int, sandbox: Sandbox | None = None) -> None:
        self.limits, self.size = limits, size
        self._sandbox = sandbox or Sandbox(limits)
        self._free = size
        self._changed = threading.Condition()
        self._draining = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def examine_mail(
        self, raw: Path, source: str, limits: Limits, sink: Sink | None = None
    ) -> Examination:
        """See Sandbox. Waits for a place. Raises Crashed, and Drained when nothing begins any
        more."""
        with self._place():
            return self._sandbox.examine_mail(raw, source, limits, sink)

    def identify(self, raw: Path, limits: Limits) -> HeaderReading:
        """See Sandbox. Waits and raises as `examine_mail` does."""
        with self._place():
            return self._sandbox.identify(raw, limits)

    def read(self, request: Request, sink: Sink | None = None) -> Reading:
        """See Sandbox. Waits and raises as `examine_mail` does."""
        with self._place():
            return self._sandbox.read(request, sink)

    def derive(self, original: Path, sha256: str, limits: Limits, sink: Sink) -> None:
        """See Sandbox. Waits and raises as `read` does."""
        with self._place():
            self._sandbox.derive(original, sha256, limits, sink)

    def start(self) -> Measures:
        """See Sandbox."""
        return self._sandbox.start()

    def drain(self) -> None:
        """Let nothing more begin; what is at work goes on."""
        with self._changed:
            self._draining = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """End every child from another thread; whoever waits for one is told that it crashed."""
        self.drain()
        self._sandbox.abandon()

    def close(self) -> None:
        """End the children. Call it when nobody examines any more."""
        self._sandbox.close()

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._draining)
            if self._draining:
                raise Drained("stopped")
            self._free -= 1
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()
