"""Processes: known by an id and a heartbeat, forgotten a day after their end."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from desk.store import Store
from desk.store.jobs import processes
from desk.store.jobs.processes import KEPT, SILENCE, Birth
from desk.store.tables import Process

BORN = Birth(id="a", roles=("poll", "send"), label="mesin:7", version="0.2")


def silent_for(store: Store, identifier: str, span: timedelta) -> None:
    """Its heartbeat stays away for so long."""
    with store.begin() as tx:
        last = processes.database_now(tx) - span
        tx.execute(update(Process).where(Process.id == identifier).values(heartbeat_at=last))


def is_alive(store: Store, identifier: str) -> bool:
    with store.read() as tx:
        return processes.is_alive(tx, identifier)


@pytest.fixture
def born(store: Store) -> Store:
    with store.begin() as tx:
        processes.register(tx, BORN)
    return store


def test_who_registered_lives_and_says_what_it_is(born: Store) -> None:
    assert is_alive(born, "a")
    with born.read() as tx:
        (living,) = processes.unended(tx)
    assert (living.id, living.label, living.roles) == ("a", "mesin:7", ("poll", "send"))
    assert not living.silent


def test_who_never_registered_does_not_live(store: Store) -> None:
    assert not is_alive(store, "mesin:7:deadbeef")


@pytest.mark.parametrize(("seconds", "lives"), [(0, True), (20, True), (31, False), (900, False)])
def test_it_lives_as_long_as_it_was_heard_of_lately(
    born: Store, seconds: float, *, lives: bool
) -> None:
    silent_for(born, "a", timedelta(seconds=seconds))
    assert is_alive(born, "a") is lives


def test_a_heartbeat_brings_it_back(born: Store) -> None:
    silent_for(born, "a", 2 * SILENCE)
    with born.begin() as tx:
        processes.beat(tx, BORN)
    assert is_alive(born, "a")


def test_who_was_forgotten_while_it_slept_is_known_again(born: Store) -> None:
    silent_for(born, "a", 2 * KEPT)
    with born.begin() as tx:
        processes.register(tx, Birth(id="b"))
        assert tx.get(Process, "a") is None
        processes.beat(tx, BORN)
    assert is_alive(born, "a")


def test_who_ended_holds_nothing_and_is_shown_for_a_day(born: Store) -> None:
    with born.begin() as tx:
        processes.end(tx, "a")
        processes.register(tx, Birth(id="b"))
        assert tx.get(Process, "a") is not None
    assert not is_alive(born, "a")
    with born.read() as tx:
        assert [one.id for one in processes.unended(tx)] == ["b"]


def test_ids_are_128_bits_and_never_the_same() -> None:
    ids = {processes.new_id() for _ in range(100)}
    assert len(ids) == 100
    assert {len(bytes.fromhex(one)) for one in ids} == {16}
