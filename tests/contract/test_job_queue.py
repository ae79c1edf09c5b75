"""The contract of every JobQueue: deferred with the transaction, done once, nothing given up for
an outage."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import event

from desk.jobs.job_queue import Failed, Handler, JobQueue, PutBack
from desk.jobs.local import LocalJobQueue
from desk.store import Store, Transaction
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Claim, JobCounts
from desk.store.tables import Job
from redaksi.errors import LeaseLost, StoreError
from tests.processes import give_birth, silence

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
