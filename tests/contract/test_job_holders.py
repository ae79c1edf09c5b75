"""The contract of every JobQueue about who holds a job: who sleeps, dies, takes long, or has
another clock."""

from collections.abc import Callable

import pytest

from desk.jobs.job_queue import JobQueue
from desk.store import Store
from desk.store.jobs.job_rows import Claim
from redaksi.errors import LeaseLost
from tests.job_queues import KIND, At, Clock, Finisher, by, defer, never, rows
from tests.job_queues import clock as clock  # noqa: PLC0414 - a fixture
from tests.job_queues import make as make  # noqa: PLC0414 - a fixture
from tests.processes import give_birth, silence


def test_a_holder_that_slept_loses_and_leaves_nothing_behind(
    store: Store, make: Callable[[str], JobQueue]
) -> None:
    slow, quick = make("w1"), make("w2")
    defer(store, slow, "1")

    def work(claim: Claim) -> None:
        silence(store, "w1")  # it slept meanwhile, another takes the job over
        assert quick.run(by(Finisher(store, quick)), never) == 1
        with pytest.raises(LeaseLost), store.begin() as tx:
            slow.defer(tx, KIND, "2")
            slow.done(tx, claim)
        raise LeaseLost("as it is")

    assert slow.run(by(work), never) == 0
    assert rows(store) == [("1", "done", 2)]


def test_a_dead_process_keeps_nobody_waiting_once_it_is_silent(
    store: Store, make: Callable[[str], JobQueue]
) -> None:
    class Killed(BaseException):
        pass

    def work(_claim: Claim) -> None:
        raise Killed

    dead, living = make("w1"), make("w2")
    defer(store, dead, "1")
    with pytest.raises(Killed):
        dead.run(by(work), never)
    assert living.run(by(Finisher(store, living)), never) == 0  # it may still be at it
    silence(store, "w1")
    assert living.run(by(Finisher(store, living)), never) == 1
    assert rows(store) == [("1", "done", 2)]


def test_work_that_takes_longer_than_any_lease_is_done_once(
    store: Store, make: Callable[[str], JobQueue], clock: Clock, at: At
) -> None:
    """An examination of six minutes, a download of an hour: a second worker beside finds nothing
    while the first is heard of."""
    slow, beside = make("w1"), make("w2")
    defer(store, slow, "1")
    finish = Finisher(store, slow)

    def work(claim: Claim) -> None:
        for minutes in (4, 6, 60):
            clock.now = at(minutes)
            give_birth(store, "w1")  # its heartbeat, in a thread of its own
            assert beside.run(by(Finisher(store, beside)), never) == 0
        finish(claim)

    assert slow.run(by(work), never) == 1
    assert rows(store) == [("1", "done", 1)]


@pytest.mark.parametrize("minutes", [-20, 20])
def test_machines_whose_clocks_differ_do_nothing_twice(
    store: Store, make: Callable[[str], JobQueue], clock: Clock, at: At, minutes: float
) -> None:
    here = make("w1")
    there = type(here)(store, "w2", Clock(at(minutes)))  # type: ignore[call-arg]
    give_birth(store, "w2")
    defer(store, here, "1")

    def work(claim: Claim) -> None:
        assert there.run(by(Finisher(store, there)), never) == 0
        Finisher(store, here)(claim)

    assert here.run(by(work), never) == 1
    assert rows(store) == [("1", "done", 1)]
