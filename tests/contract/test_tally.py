"""Counters move with what they count: in its transaction, once, by however many workers."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import permutations

import pytest

from desk.store import Store, open_store
from desk.store.tally import SECONDS, SUM, Counter, count, observe_reading, read_tally

ROWS = [
    (Counter.MAILS, "accept"),
    (Counter.FINDINGS, "F01"),
    (Counter.FINDINGS, "N02"),
    (Counter.ATTEMPTS, "done"),
]


def read(store: Store) -> dict[Counter, dict[str, float]]:
    with store.read() as tx:
        return {name: rows for name, rows in read_tally(tx).items() if rows}


def test_what_never_happened_has_no_row(store: Store) -> None:
    assert read(store) == {}


def test_what_is_counted_adds_up(store: Store) -> None:
    for by in (1, 2.5):
        with store.begin() as tx:
            count(tx, Counter.MAILS, "accept")
            count(tx, Counter.PROCESSOR, by=by)
            count(tx, Counter.MAILS, "accept")
    assert read(store) == {Counter.MAILS: {"accept": 4}, Counter.PROCESSOR: {"": 3.5}}


def test_a_transaction_that_is_begun_anew_counts_once(store: Store) -> None:
    for attempt in range(3):
        try:
            with store.begin() as tx:
                count(tx, Counter.LETTERS_SENT, "revise")
                if attempt < 2:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            continue
    assert read(store) == {Counter.LETTERS_SENT: {"revise": 1}}


def test_workers_lose_nothing_and_wait_for_each_other_in_no_circle(store: Store) -> None:
    """Each counts the same rows in an order of its own."""
    orders = list(permutations(ROWS))

    def work(order: tuple[tuple[Counter, str], ...]) -> None:
        with store.begin() as tx:
            for what, label in order:
                count(tx, what, label)
                tx.flush()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, orders))
    assert {
        (name, label): n for name, rows in read(store).items() for label, n in rows.items()
    } == {row: len(orders) for row in ROWS}


def test_who_has_counted_and_goes_on_working_keeps_nobody_waiting(postgres_url: str) -> None:
    """SQLite has one writer anyway."""
    with closing(open_store(postgres_url)) as store:
        before = read(store).get(Counter.FINDINGS, {}).get("K002", 0)
        with store.begin() as slow:
            count(slow, Counter.FINDINGS, "K002")
            slow.flush()
            with closing(open_store(postgres_url)) as other, other.with_patience(1).begin() as tx:
                count(tx, Counter.FINDINGS, "K002")
        assert read(store)[Counter.FINDINGS]["K002"] == before + 2


@pytest.mark.parametrize(
    ("seconds", "bound"),
    [(0.0, "0.1"), (0.1, "0.1"), (0.11, "0.25"), (90.0, "90.0"), (90.1, "+Inf"), (1e6, "+Inf")],
)
def test_a_reading_falls_into_one_bucket(store: Store, seconds: float, bound: str) -> None:
    with store.begin() as tx:
        observe_reading(tx, seconds, 0.5)
    assert read(store) == {
        Counter.EXAMINE: {bound: 1, SUM: seconds},
        Counter.PROCESSOR: {"": 0.5},
    }


def test_buckets_grow() -> None:
    assert list(SECONDS) == sorted(set(SECONDS))


def test_what_another_version_counted_is_left_out(store: Store) -> None:
    with store.begin() as tx:
        count(tx, Counter.MAILS, "accept")
        tx.flush()
        tx.connection().exec_driver_sql("INSERT INTO tally VALUES ('later_total', '', 1)")
    assert read(store) == {Counter.MAILS: {"accept": 1}}
