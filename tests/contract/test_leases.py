"""Leases: one holder at a time, and a token that tells a late holder that it is late."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from desk.store import Store
from desk.store.jobs import leases
from redaksi.errors import LeaseLost

At = Callable[[float], datetime]
TTL = timedelta(minutes=5)


def acquire(store: Store, holder: str, now: datetime) -> int | None:
    with store.begin() as tx:
        return leases.acquire(tx, "poll:warta", holder, now, TTL)


def held(store: Store, holder: str, now: datetime) -> int:
    token = acquire(store, holder, now)
    assert token is not None
    return token


def test_only_one_holds_a_lease(store: Store, at: At) -> None:
    held(store, "a", at(0))
    assert acquire(store, "b", at(1)) is None


def test_another_lease_is_free(store: Store, at: At) -> None:
    held(store, "a", at(0))
    with store.begin() as tx:
        assert leases.acquire(tx, "poll:another", "b", at(0), TTL) is not None


def test_a_lease_that_ran_out_goes_to_the_next_with_a_higher_token(store: Store, at: At) -> None:
    first = held(store, "a", at(0))
    assert held(store, "b", at(6)) > first


def test_the_late_holder_is_told(store: Store, at: At) -> None:
    token = held(store, "a", at(0))
    held(store, "b", at(6))
    with pytest.raises(LeaseLost), store.begin() as tx:
        leases.renew(tx, "poll:warta", token, at(7), TTL)
    with pytest.raises(LeaseLost), store.begin() as tx:
        leases.check(tx, "poll:warta", token)


def test_a_renewed_lease_lasts(store: Store, at: At) -> None:
    token = held(store, "a", at(0))
    with store.begin() as tx:
        leases.renew(tx, "poll:warta", token, at(4), TTL)
    assert acquire(store, "b", at(6)) is None


def test_a_lease_given_back_is_free_at_once(store: Store, at: At) -> None:
    token = held(store, "a", at(0))
    with store.begin() as tx:
        leases.release(tx, "poll:warta", token)
    assert held(store, "b", at(1)) > token


def test_a_late_holder_cannot_give_back_what_is_anothers(store: Store, at: At) -> None:
    late = held(store, "a", at(0))
    held(store, "b", at(6))
    with store.begin() as tx:
        leases.release(tx, "poll:warta", late)
    assert acquire(store, "c", at(7)) is None


def test_the_leases_of_a_process_that_is_gone_are_freed(store: Store, at: At) -> None:
    held(store, "gone", at(0))
    with store.begin() as tx:
        assert leases.reap(tx, {"gone"}.__contains__) == 1
    held(store, "b", at(1))


def test_the_leases_of_the_living_are_left_alone(store: Store, at: At) -> None:
    held(store, "alive", at(0))
    with store.begin() as tx:
        assert leases.reap(tx, {"gone"}.__contains__) == 0
    assert acquire(store, "b", at(1)) is None
