"""A filled store of 0.1 (tests/frozen) opens today: nothing is lost, nothing is read
differently."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from desk.store import Store, attention, open_store
from desk.store.columns import RULE_NUMBERS
from desk.store.engine import make_engine
from desk.store.submissions import review_queue
from desk.store.tables.mail import Mail
from redaksi.sender_rule import SenderRule
from tests import postgres

FROZEN = Path(__file__).parents[1] / "frozen"


def _dump(name: str) -> str:
    return gzip.decompress((FROZEN / name).read_bytes()).decode()


def _sqlite(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "redaksi.db")) as connection:
        connection.executescript(_dump("store.sqlite.sql.gz"))
    return f"sqlite:///{folder / 'redaksi.db'}"


def _postgres(cluster: postgres.Cluster) -> str:
    url = cluster.url(cluster.create())
    engine = make_engine(url)
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(_dump("store.postgres.sql.gz"))
    engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def old_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The store of 0.1, opened by today's code."""
    sqlite = request.param == "sqlite"
    url = _sqlite(tmp_path) if sqlite else _postgres(request.getfixturevalue("postgres_cluster"))
    store = open_store(url)
    yield store
    store.close()


def test_every_submission_of_it_is_in_the_queue(old_store: Store) -> None:
    with old_store.read() as tx:
        rows = review_queue.queue_rows(tx)
    assert len(rows) == 110
    assert {row.state for row in rows} >= {
        "review",
        "declined",
        "published",
        "scheduled",
        "expired",
        "withdrawn",
    }


def test_who_must_look_is_what_its_whole_history_says(old_store: Store) -> None:
    with old_store.read() as tx:
        assert attention.differing(tx) == []
        rows = review_queue.queue_rows(tx)
    assert {flag for row in rows for flag in row.attention.flags} >= {"changed", "message"}
    assert all(row.attention.since for row in rows if row.state == "review")


def test_every_examination_of_it_is_read_back(old_store: Store) -> None:
    with old_store.read() as tx:
        pages = [
            review_queue.submission_page(tx, row.number) for row in review_queue.queue_rows(tx)
        ]
    known = [page for page in pages if page is not None and page.row.revision_id is not None]
    assert len(known) == 110
    assert all(page.judged is not None for page in known)


def test_every_rule_of_it_is_read_by_its_name(old_store: Store) -> None:
    with old_store.read() as tx:
        numbers = tx.execute(text("select id, answer_row from mail")).all()
        rules = {row.id: row.answer_rule for row in tx.scalars(select(Mail))}
    assert {rules[mail] for mail, number in numbers if number == 11} == {SenderRule.AUTHENTICATED}
    assert {mail: RULE_NUMBERS[rule] for mail, rule in rules.items() if rule} == {
        mail: number for mail, number in numbers if number is not None
    }


def test_every_rule_has_a_number_of_its_own() -> None:
    assert set(RULE_NUMBERS) == set(SenderRule)
    assert len(set(RULE_NUMBERS.values())) == len(SenderRule)
