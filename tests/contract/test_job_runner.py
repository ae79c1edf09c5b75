"""The contract of every JobQueue about running: side by side, in order, woken, stopped, through an
outage."""

import threading
import time

import pytest
from sqlalchemy import event

from desk.jobs.job_queue import Handler, JobQueue
from desk.store import Store
from desk.store.jobs.job_rows import Claim
from redaksi.errors import StoreError
from tests.job_queues import KIND, At, Clock, Finisher, by, defer, never, nobody_gives_up, rows
from tests.job_queues import clock as clock  # noqa: PLC0414 - a fixture
from tests.job_queues import make as make  # noqa: PLC0414 - a fixture
from tests.job_queues import queue as queue  # noqa: PLC0414 - a fixture


def test_jobs_are_done_side_by_side_and_no_more_than_asked(store: Store, queue: JobQueue) -> None:
    defer(store, queue, *map(str, range(9)))
    together = threading.Barrier(3, timeout=20)
    lock, at_work, most = threading.Lock(), 0, 0
    finish = Finisher(store, queue)

    def work(claim: Claim) -> None:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        together.wait()
        with lock:
            at_work -= 1
        finish(claim)

    assert queue.run(by(work), never, at_once=3) == 9
    assert most == 3
    assert sorted(finish.keys) == sorted(map(str, range(9)))


def test_claims_are_announced_in_their_order(store: Store, queue: JobQueue) -> None:
    ids = defer(store, queue, *map(str, range(6)))
    announced: list[int] = []
    handler = Handler(
        work=Finisher(store, queue),
        give_up=nobody_gives_up,
        claimed=lambda claim: announced.append(claim.id),
    )
    queue.run({KIND: handler}, never, at_once=3)
    assert announced == ids


def test_a_job_that_comes_while_another_is_done_is_begun_at_once(
    store: Store, queue: JobQueue
) -> None:
    defer(store, queue, "slow")
    came = threading.Event()
    finish = Finisher(store, queue)

    def work(claim: Claim) -> None:
        if claim.key == "slow":
            defer(store, queue, "quick")
            assert came.wait(20)
        else:
            came.set()
        finish(claim)

    assert queue.run(by(work), never, at_once=2) == 2
    assert finish.keys == ["quick", "slow"]


def test_a_commit_wakes_who_waits_and_a_rollback_does_not(store: Store, queue: JobQueue) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        queue.defer(tx, KIND, "1")
        raise ZeroDivisionError
    begun = time.monotonic()
    queue.wait(0.2)
    assert time.monotonic() - begun >= 0.2
    threading.Timer(0.2, defer, (store, queue, "1")).start()
    begun = time.monotonic()
    queue.wait(60)
    assert time.monotonic() - begun < 30


def test_the_runner_stops_where_the_store_refuses(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    defer(store, queue, "1", "2")

    def work(_claim: Claim) -> None:
        raise StoreError("disk full")

    with pytest.raises(StoreError, match="disk full"):
        queue.run(by(work), never)
    assert rows(store) == [("1", "waiting", 0), ("2", "waiting", 0)]
    clock.now = at(5)
    assert queue.run(by(Finisher(store, queue)), never) == 2


def test_an_outage_that_outlasts_the_work_uses_up_no_attempt(
    store: Store, queue: JobQueue, clock: Clock, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database goes down while a job is worked on: the attempt is given back once it is up
    again."""
    defer(store, queue, "1")

    def down(*_: object) -> None:
        raise StoreError("database: down")

    with monkeypatch.context() as patched:

        def work(_claim: Claim) -> None:
            patched.setattr(Store, "begin", down)
            raise StoreError("database: down")

        for _ in range(2):
            with pytest.raises(StoreError):
                queue.run(by(work), never)
    clock.now = at(2)
    finish = Finisher(store, queue)
    assert queue.run(by(finish), never) == 0  # given back, and due in a minute
    clock.now = at(5)
    assert queue.run(by(finish), never) == 1
    assert [claim.attempt for claim in finish.claims] == [1]


def test_looking_for_work_where_there_is_none_writes_nothing(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    with store.begin() as tx:
        queue.defer(tx, KIND, "1", not_before=at(5))
    commits: list[object] = []
    event.listen(store.engine, "commit", commits.append)
    assert queue.run(by(Finisher(store, queue)), never) == 0
    assert commits == []
