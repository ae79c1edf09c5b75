"""A sender's day is booked by the database, for each day, address and whether it is vouched for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from desk.store import Store
from desk.store.people.sender_day import KEPT, Cost, Sender, charge, find_spent
from desk.store.tables import SenderDay

DAY = date(2026, 11, 30)
SITI = Sender(address="siti@contoh.id", authenticated=True)


def book(store: Store, sender: Sender, day: date, cost: Cost) -> None:
    with store.begin() as tx:
        charge(tx, sender, day, cost)


def spent(store: Store, sender: Sender, day: date = DAY) -> Cost:
    with store.read() as tx:
        return find_spent(tx, sender, day)


def test_a_day_begins_with_nothing(store: Store) -> None:
    assert spent(store, SITI) == Cost()


def test_what_is_booked_adds_up(store: Store) -> None:
    book(store, SITI, DAY, Cost(mails=1, processor=1.25, kept=5_000_000_000))
    book(store, SITI, DAY, Cost(processor=20.0))
    assert spent(store, SITI) == Cost(mails=1, processor=21.25, kept=5_000_000_000)


@pytest.mark.parametrize(
    ("sender", "day"),
    [
        (SITI, DAY + timedelta(days=1)),
        (Sender(address="siti@contoh.id", authenticated=False), DAY),  # a forger spends his own
        (Sender(address="budi@contoh.id", authenticated=True), DAY),  # no purses a domain
        (Sender(address="", authenticated=False), DAY),
    ],
)
def test_nobody_elses_day_is_spent(store: Store, sender: Sender, day: date) -> None:
    book(store, SITI, DAY, Cost(mails=40))
    assert spent(store, sender, day) == Cost()


def test_of_several_workers_none_loses_what_another_booked(store: Store) -> None:
    costs = [Cost(mails=1, processor=0.001 * n, kept=n) for n in range(40)]
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda cost: book(store, SITI, DAY, cost), costs))
    assert spent(store, SITI) == Cost(mails=40, processor=0.78, kept=780)


def test_what_is_rolled_back_was_not_booked(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.begin() as tx:
        charge(tx, SITI, DAY, Cost(mails=1))
        raise ZeroDivisionError
    assert spent(store, SITI) == Cost()


def test_days_long_past_go(store: Store) -> None:
    for day in (DAY - KEPT - timedelta(days=1), DAY - KEPT, DAY):
        book(store, SITI, day, Cost(mails=1))
    with store.read() as tx:
        kept = [row.day for row in tx.query(SenderDay).order_by(SenderDay.day)]
    assert kept == [str(DAY - KEPT), str(DAY)]
