"""Every JobQueue, and what its contract's tests work it with."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from desk.jobs.job_queue import Handler, JobQueue
from desk.jobs.local import LocalJobQueue
from desk.store import Store, Transaction
from desk.store.jobs.job_rows import Claim
from desk.store.tables import Job
from tests.processes import give_birth

At = Callable[[float], datetime]
KIND = "examine"


class Clock:
    """A clock one can turn."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


Make = Callable[[Store, str, Clock], JobQueue]
IMPLEMENTATIONS: dict[str, Make] = {"local": LocalJobQueue}


@pytest.fixture
def clock(at: At) -> Clock:
    return Clock(at(0))


@pytest.fixture(params=IMPLEMENTATIONS)
def make(request: pytest.FixtureRequest, store: Store, clock: Clock) -> Callable[[str], JobQueue]:
    def made(holder: str) -> JobQueue:
        give_birth(store, holder)
        return IMPLEMENTATIONS[request.param](store, holder, clock)

    return made


@pytest.fixture
def queue(make: Callable[[str], JobQueue]) -> JobQueue:
    return make("w1")


def never() -> bool:
    return False


def nobody_gives_up(_tx: Transaction, claim: Claim, _now: datetime, reason: str) -> None:
    pytest.fail(f"{claim} was given up: {reason}")


def by(
    work: Callable[[Claim], None], give_up: Callable[..., None] = nobody_gives_up
) -> Mapping[str, Handler]:
    return {KIND: Handler(work=work, give_up=give_up)}


def defer(store: Store, queue: JobQueue, *keys: str) -> list[int]:
    with store.begin() as tx:
        return [queue.defer(tx, KIND, key) for key in keys]


def rows(store: Store) -> list[tuple[str, str, int]]:
    """Key, state and attempts of every job."""
    with store.read() as tx:
        return [(row.key, row.state, row.attempts) for row in tx.query(Job).order_by(Job.id)]


class Finisher:
    """A handler that ends its jobs."""

    def __init__(self, store: Store, queue: JobQueue) -> None:
        self.store, self.queue = store, queue
        self.claims: list[Claim] = []

    def __call__(self, claim: Claim) -> None:
        self.claims.append(claim)
        with self.store.begin() as tx:
            self.queue.done(tx, claim)

    @property
    def keys(self) -> list[str]:
        return [claim.key for claim in self.claims]
