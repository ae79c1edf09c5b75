"""The contract of every JobQueue about a job: deferred with its transaction, once, in its time, and
done. Who holds it, its attempts and the runner: test_job_*.py."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from desk.jobs.job_queue import JobQueue, PutBack
from desk.store import Store
from desk.store.jobs.job_rows import Claim
from tests.job_queues import KIND, At, Clock, Finisher, by, defer, never, rows
from tests.job_queues import clock as clock  # noqa: PLC0414 - a fixture
from tests.job_queues import make as make  # noqa: PLC0414 - a fixture
from tests.job_queues import queue as queue  # noqa: PLC0414 - a fixture


def test_a_job_exists_when_its_transaction_is_committed(store: Store, queue: JobQueue) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        queue.defer(tx, KIND, "1")
        raise ZeroDivisionError
    finish = Finisher(store, queue)
    assert queue.run(by(finish), never) == 0
    defer(store, queue, "1")
    assert queue.run(by(finish), never) == 1
    assert rows(store) == [("1", "done", 1)]


def test_a_handler_gets_the_payload_and_its_attempt(store: Store, queue: JobQueue) -> None:
    with store.begin() as tx:
        job_id = queue.defer(tx, KIND, "a", payload={"n": [1]})
    finish = Finisher(store, queue)
    queue.run(by(finish), never)
    (claim,) = finish.claims
    assert (claim.id, claim.key, claim.payload, claim.attempt) == (job_id, "a", {"n": [1]}, 1)


def test_an_open_job_is_not_doubled(store: Store, queue: JobQueue) -> None:
    assert len(set(defer(store, queue, "1", "1"))) == 1
    assert defer(store, queue, "1") == defer(store, queue, "1")

    def work(claim: Claim) -> None:
        assert defer(store, queue, "1") == [claim.id]
        with store.begin() as tx:
            queue.done(tx, claim)

    assert queue.run(by(work), never) == 1
    assert rows(store) == [("1", "done", 1)]


def test_two_that_defer_the_same_at_once_make_one_job(store: Store, queue: JobQueue) -> None:
    together = threading.Barrier(4)

    def add(_number: int) -> int:
        together.wait()
        return defer(store, queue, "1")[0]

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(add, range(4)))) == 1
    assert len(rows(store)) == 1


def test_a_done_job_is_taken_up_again_and_not_doubled(store: Store, queue: JobQueue) -> None:
    finish = Finisher(store, queue)
    for _ in range(2):
        defer(store, queue, "1")
        assert queue.run(by(finish), never) == 1
    assert [claim.attempt for claim in finish.claims] == [1, 1]
    assert finish.claims[0].token < finish.claims[1].token
    assert rows(store) == [("1", "done", 1)]


def test_it_waits_for_its_moment(store: Store, queue: JobQueue, clock: Clock, at: At) -> None:
    with store.begin() as tx:
        queue.defer(tx, KIND, "1", not_before=at(5))
    finish = Finisher(store, queue)
    assert queue.run(by(finish), never) == 0
    clock.now = at(5)
    assert queue.run(by(finish), never) == 1


def test_other_kinds_are_left_alone(store: Store, queue: JobQueue) -> None:
    with store.begin() as tx:
        queue.defer(tx, "another", "1")
    assert queue.run(by(Finisher(store, queue)), never) == 0
    assert rows(store) == [("1", "waiting", 0)]


def test_who_was_stopped_puts_the_job_back_and_it_cost_nothing(
    store: Store, queue: JobQueue
) -> None:
    defer(store, queue, "1", "2")
    stopping = threading.Event()

    def work(_claim: Claim) -> None:
        stopping.set()
        raise PutBack("stopped")

    assert queue.run(by(work), stopping.is_set) == 0
    assert rows(store) == [("1", "waiting", 0), ("2", "waiting", 0)]
    assert queue.run(by(Finisher(store, queue)), never) == 2
