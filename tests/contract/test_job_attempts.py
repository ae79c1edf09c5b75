"""The contract of every JobQueue about attempts: what fails comes again, with what it leaves to the
next, and ends."""

from collections.abc import Callable
from datetime import datetime

import pytest

from desk.jobs.job_queue import Failed, JobQueue, PutBack
from desk.store import Store, Transaction
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Claim, JobCounts
from tests.job_queues import KIND, At, Clock, Finisher, by, defer, never, rows
from tests.job_queues import clock as clock  # noqa: PLC0414 - a fixture
from tests.job_queues import make as make  # noqa: PLC0414 - a fixture
from tests.job_queues import queue as queue  # noqa: PLC0414 - a fixture
from tests.processes import silence


def test_a_job_that_fails_comes_again_later_and_the_others_go_on(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    defer(store, queue, "1", "2", "3")
    finish = Finisher(store, queue)

    def work(claim: Claim) -> None:
        if claim.key == "2" and claim.attempt == 1:
            raise Failed("crashed")
        finish(claim)

    assert queue.run(by(work), never) == 2
    clock.now = at(1)
    assert queue.run(by(work), never) == 1
    assert rows(store) == [("1", "done", 1), ("2", "done", 2), ("3", "done", 1)]


def test_after_three_failures_the_handler_is_told_in_the_same_transaction(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    defer(store, queue, "1")
    given_up: list[tuple[str, str]] = []

    def work(_claim: Claim) -> None:
        raise Failed("crashed")

    def give_up(tx: Transaction, claim: Claim, _now: datetime, reason: str) -> None:
        assert tx.in_transaction()
        given_up.append((claim.key, reason))

    for minute in (0, 10, 20, 30):
        clock.now = at(minute)
        assert queue.run(by(work, give_up), never) == 0
    assert given_up == [("1", "crashed")]
    assert rows(store) == [("1", "failed", 3)]
    with store.read() as tx:
        assert queue.counts(tx) == JobCounts(failed=1)


def test_a_failed_job_is_taken_up_again_with_all_its_attempts(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    defer(store, queue, "1")

    def work(_claim: Claim) -> None:
        raise Failed("crashed")

    for minute in (0, 10, 20):
        clock.now = at(minute)
        queue.run(by(work, lambda *_: None), never)
    defer(store, queue, "1")
    queue.run(by(Finisher(store, queue)), never)
    assert rows(store) == [("1", "done", 1)]


def test_a_bug_costs_an_attempt_and_the_job_is_not_kept_by_who_lives_on(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    defer(store, queue, "1")

    def work(_claim: Claim) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue.run(by(work), never)
    assert rows(store) == [("1", "waiting", 1)]
    clock.now = at(1)
    assert queue.run(by(Finisher(store, queue)), never) == 1


def test_an_attempt_that_fails_leaves_a_payload_to_the_next_which_comes_in_half_a_minute(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    with store.begin() as tx:
        queue.defer(tx, KIND, "1", payload={"rung": 0})
    seen: list[object] = []

    def work(claim: Claim) -> None:
        seen.append(claim.payload["rung"])
        raise Failed("crashed", {"rung": claim.payload["rung"] + 1})

    for minute in (0, 0.4, 0.5, 0.9, 1):
        clock.now = at(minute)
        queue.run(by(work, lambda *_: None), never)
    assert seen == [0, 1, 2]
    assert rows(store) == [("1", "failed", 3)]


def test_without_a_payload_the_next_attempt_is_given_the_same_and_later_ones_wait_longer(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    with store.begin() as tx:
        queue.defer(tx, KIND, "1", payload={"rung": 7})
    seen: list[object] = []

    def work(claim: Claim) -> None:
        seen.append(dict(claim.payload))
        raise Failed("crashed")

    for minute in (0, 0.5, 1, 5.4):
        clock.now = at(minute)
        queue.run(by(work), never)
    assert seen == [{"rung": 7}] * 2
    assert rows(store) == [("1", "waiting", 2)]


def test_an_attempt_given_back_keeps_its_payload(store: Store, queue: JobQueue) -> None:
    with store.begin() as tx:
        queue.defer(tx, KIND, "1", payload={"rung": 7})

    def work(_claim: Claim) -> None:
        raise PutBack("stopped")

    queue.run(by(work), [False, True].pop)
    finish = Finisher(store, queue)
    queue.run(by(finish), never)
    assert [claim.payload for claim in finish.claims] == [{"rung": 7}]


def test_who_ends_without_a_word_is_counted_in_the_payload(
    store: Store, make: Callable[[str], JobQueue]
) -> None:
    class Killed(BaseException):
        pass

    seen: list[object] = []

    def work(claim: Claim) -> None:
        seen.append(dict(claim.payload))
        raise Killed

    first = make("w1")
    with store.begin() as tx:
        first.defer(tx, KIND, "1", payload={"rung": 7})
    for worker in ("w1", "w2"):
        with pytest.raises(Killed):
            make(worker).run(by(work), never)
        silence(store, worker)
    living = make("w3")
    finish = Finisher(store, living)
    living.run(by(finish), never)
    assert seen == [{"rung": 7}, {"rung": 7, "deaths": 1}]
    assert [claim.payload for claim in finish.claims] == [{"rung": 7, "deaths": 2}]


def test_a_bug_is_such_an_end(store: Store, queue: JobQueue, clock: Clock, at: At) -> None:
    defer(store, queue, "1")

    def work(_claim: Claim) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue.run(by(work), never)
    clock.now = at(1)
    finish = Finisher(store, queue)
    queue.run(by(finish), never)
    assert [claim.payload for claim in finish.claims] == [{"deaths": 1}]


def test_a_job_begun_anew_by_hand_forgets_what_its_attempts_led_to(
    store: Store, queue: JobQueue, clock: Clock, at: At
) -> None:
    with store.begin() as tx:
        job_id = queue.defer(tx, KIND, "1", payload={"stand_in": "x"})

    def work(claim: Claim) -> None:
        raise Failed("crashed", {**claim.payload, "rung": 1, "deaths": 1})

    for minute in (0, 1, 2):
        clock.now = at(minute)
        queue.run(by(work, lambda *_: None), never)
    with store.begin() as tx:
        job_rows.retry(tx, job_id, clock.now)
    finish = Finisher(store, queue)
    queue.run(by(finish), never)
    assert [claim.payload for claim in finish.claims] == [{"stand_in": "x"}]
