"""The port of the jobs. The row is the truth; an engine only decides when and where a job is done.

A job is claimed (its attempt counted, its token raised) before the work, and ended by `done` in
the transaction that stores what came of it. So a job that is delivered twice is harmless: the
second claim finds nothing, and a holder that slept loses at `done` (LeaseLost).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from desk.store import Transaction
from desk.store.jobs.job_rows import Claim, GiveUp, JobCounts

EXAMINE = "examine"  # key: the id of a mail


class Failed(Exception):
    """Raised by a handler: the attempt failed by our fault and counts. `payload`: what the next
    attempt is given in place of this one's; it comes as soon as a failed one may."""

    def __init__(self, reason: str, payload: Mapping[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.payload = payload


class PutBack(Exception):
    """Raised by a handler: it was stopped. The attempt is given back, the job is due at once."""


class Postponed(Exception):
    """Raised by a handler: this job alone cannot be done now, and it is our fault. The attempt is
    given back, the job is due later, the others go on."""


class Handler(Struct, frozen=True, kw_only=True):
    """What is done with the jobs of a kind.

    `work` ends its claim by `JobQueue.done`, or raises Failed, PutBack, Postponed, LeaseLost, or
    StoreError when disk or database refuse. `give_up` tells whom it concerns that the attempts are
    used up. An attempt that ends without a word (the process was killed, or met a bug) is counted
    in the payload, as `deaths`.
    `claimed` is called for each claim in the order of the claims, before any work on it.
    """

    work: Callable[[Claim], None]
    give_up: GiveUp
    claimed: Callable[[Claim], None] = lambda _claim: None


class JobQueue(Protocol):
    """Every implementation stands in tests/job_queues.py and is held to this. Every method raises
    StoreError when the database refuses."""

    def defer(
        self,
        tx: Transaction,
        kind: str,
        key: str,
        *,
        payload: Mapping[str, Any] | None = None,
        not_before: datetime | None = None,
        priority: int = 0,
    ) -> int:
        """A job that exists when `tx` is committed, and its id. One of this kind and key that is
        open is left as it is; one that is done or failed is taken up again. The higher priority
        goes first."""
        ...

    def run(
        self, handlers: Mapping[str, Handler], stop: Callable[[], bool], at_once: int = 1
    ) -> int:
        """Do every due job of these kinds, `at_once` side by side, until none is due or `stop` says
        so; how many were ended.

        Raises StoreError when disk or database refuse: attempts are given back then, also where
        that is possible only at the next call. An outage never uses up an attempt.
        """
        ...

    def wait(self, seconds: float) -> None:
        """Until a job may be due, at most so long."""
        ...

    def wake(self) -> None:
        """End the wait: somebody stops, or knows of a job."""
        ...

    def done(self, tx: Transaction, claim: Claim) -> None:
        """The claim's work is stored by `tx`. Raises LeaseLost when another has taken it over."""
        ...

    def counts(self, tx: Transaction) -> JobCounts:
        """How many jobs are not done."""
        ...
