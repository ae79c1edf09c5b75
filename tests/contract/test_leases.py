"""Leases: one holder at a time, as long as it lives, and a token that tells a late holder that it
is late."""

from collections.abc import Callable
from datetime import datetime

import pytest

from desk.store import Store
from desk.store.jobs import leases, processes
from redaksi.errors import LeaseLost
from tests.processes import give_birth, silence

At = Callable[[float], datetime]


@pytest.fixture(autouse=True)
def living(store: Store) -> None:
    give_birth(store, "a", "b", "c")


def acquire(store: Store, holder: str) -> int | None:
    with store.begin() as tx:
        return leases.acquire(tx, "poll:warta", holder)


def held(store: Store, holder: str) -> int:
    token = acquire(store, holder)
    assert token is not None
    return token


def test_only_one_holds_a_lease(store: Store) -> None:
    held(store, "a")
    assert acquire(store, "b") is None


def test_another_lease_is_free(store: Store) -> None:
    held(store, "a")
    with store.begin() as tx:
        assert leases.acquire(tx, "poll:another", "b") is not None


def test_the_lease_of_a_silent_process_goes_to_the_next_with_a_higher_token(store: Store) -> None:
    first = held(store, "a")
    silence(store, "a")
    assert held(store, "b") > first


def test_the_lease_of_a_process_that_ended_is_free_at_once(store: Store) -> None:
    held(store, "a")
    with store.begin() as tx:
        processes.end(tx, "a")
    held(store, "b")


@pytest.mark.parametrize("holder", ["mesin:1:deadbeef", "0" * 32])
def test_what_nobody_knows_holds_nothing(store: Store, holder: str) -> None:
    """A holder of an earlier version, or one forgotten since."""
    held(store, holder)
    held(store, "b")


def test_a_lease_lasts_as_long_as_its_holder_is_heard_of(store: Store) -> None:
    token = held(store, "a")
    silence(store, "a")
    give_birth(store, "a")  # a heartbeat
    assert acquire(store, "b") is None
    with store.begin() as tx:
        leases.check(tx, "poll:warta", token)


def test_the_late_holder_is_told(store: Store) -> None:
    token = held(store, "a")
    silence(store, "a")
    held(store, "b")
    give_birth(store, "a")
    with pytest.raises(LeaseLost), store.begin() as tx:
        leases.check(tx, "poll:warta", token)


def test_who_was_silent_and_replaced_by_nobody_goes_on(store: Store) -> None:
    token = held(store, "a")
    silence(store, "a")
    with store.begin() as tx:
        leases.check(tx, "poll:warta", token)


def test_a_lease_given_back_is_free_at_once(store: Store) -> None:
    token = held(store, "a")
    with store.begin() as tx:
        leases.release(tx, "poll:warta", token)
    with pytest.raises(LeaseLost), store.begin() as tx:
        leases.check(tx, "poll:warta", token)
    assert held(store, "b") > token


def test_a_late_holder_cannot_give_back_what_is_anothers(store: Store) -> None:
    late = held(store, "a")
    silence(store, "a")
    held(store, "b")
    with store.begin() as tx:
        leases.release(tx, "poll:warta", late)
    assert acquire(store, "c") is None


def test_a_note_is_a_moment_and_held_by_nobody(store: Store, at: At) -> None:
    with store.begin() as tx:
        assert leases.until(tx, "pause:warta") is None
        leases.note(tx, "pause:warta", at(5))
    with store.begin() as tx:
        leases.note(tx, "pause:warta", at(60))
        assert leases.until(tx, "pause:warta") == at(60)
