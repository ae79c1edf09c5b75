"""Rows among many ids: one parameter, one statement, an index, on both databases."""

from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import and_, bindparam, not_, select

from desk.store import Store, open_store
from desk.store.asking import Numbers, is_among, is_either
from desk.store.tables import Event, Submission
from tests.contract.conftest import NOW
from tests.contract.test_threads import queries
from tests.filler import fill


@pytest.fixture
def filled(store: Store) -> tuple[Store, list[int]]:
    """Thirty submissions and their ids."""
    fill(store, 30, NOW)
    with store.read() as tx:
        return store, list(tx.scalars(select(Submission.id).order_by(Submission.id)))


def _found(store: Store, ids: Collection[int]) -> list[int]:
    with store.read() as tx:
        wanted = select(Submission.id).where(is_among(Submission.id, ids))
        return list(tx.scalars(wanted.order_by(Submission.id)))


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_those_that_are_named_are_found_and_no_other(
    filled: tuple[Store, list[int]], count: int
) -> None:
    store, ids = filled
    assert _found(store, ids[:count]) == ids[:count]
    assert _found(store, {*ids[:count], 10**9}) == ids[:count]  # and one that nobody has


def test_it_stands_within_other_conditions(filled: tuple[Store, list[int]]) -> None:
    store, ids = filled
    with store.read() as tx:
        those = is_among(Submission.id, ids[:9])
        rest = select(Submission.id).where(and_(not_(those), Submission.id <= ids[11]))
        assert list(tx.scalars(rest.order_by(Submission.id))) == ids[9:12]


def test_ids_may_be_a_query_or_a_parameter(filled: tuple[Store, list[int]]) -> None:
    store, ids = filled
    some = select(Submission.id).where(Submission.id < ids[4])
    asked = bindparam("asked", type_=Numbers)
    with store.read() as tx:
        by_query = select(Submission.id).where(is_among(Submission.id, some))
        by_name = select(Submission.id).where(is_among(Submission.id, asked))
        assert set(tx.scalars(by_query)) == set(ids[:4])
        assert set(tx.scalars(by_name, {"asked": ids[:4]})) == set(ids[:4])


def test_the_statement_is_the_same_however_many_are_named(
    filled: tuple[Store, list[int]],
) -> None:
    store, ids = filled
    with queries(store) as one:
        _found(store, ids[:1])
    with queries(store) as many:
        _found(store, ids)
    assert one == many


def test_either_of_two_conditions(filled: tuple[Store, list[int]]) -> None:
    store, ids = filled
    few = is_either(Submission.id, Submission.id < ids[3], Submission.id == ids[5])
    with store.read() as tx:
        found = select(Submission.id).where(few, Submission.id != ids[1]).order_by(Submission.id)
        assert list(tx.scalars(found)) == [ids[0], ids[2], ids[5]]
        rest = select(Submission.id).where(not_(few), Submission.id <= ids[6])
        assert list(tx.scalars(rest.order_by(Submission.id))) == [ids[3], ids[4], ids[6]]


def test_sqlite_finds_them_by_their_index(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'redaksi.db'}")
    wanted = select(Event.what).where(is_among(Event.submission_id, [1, 2]), Event.id > 0)
    asked = str(wanted.compile(store.engine))
    with store.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("[1, 2]", 0)).all()
    store.close()
    assert plan[0][-1].startswith("SEARCH event USING INDEX ix_event_submission_id")
