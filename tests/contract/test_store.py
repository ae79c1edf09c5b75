"""What any store promises: durability, privacy, UTC, and faults that carry one name."""

import sqlite3
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, StatementError

from desk.store import Store, open_store, status
from desk.store.engine import make_engine, open_to_read
from desk.store.inbound import ledger, own_mailboxes
from desk.store.inbound.own_mailboxes import OwnMailbox
from desk.store.jobs import job_rows, leases
from desk.store.keeping.upgrade import upgrade_store
from desk.store.tables import Lease, Mailbox
from redaksi.errors import ConfigError, StoreError

At = Callable[[float], datetime]


def test_instants_come_back_in_utc(store: Store, at: At) -> None:
    jakarta = at(0).astimezone(timezone(timedelta(hours=7)))
    with store.begin() as tx:
        leases.note(tx, "x", jakarta)
    with store.read() as tx:
        until = tx.scalars(select(Lease.until)).one()
    assert until == at(0)
    assert until is not None
    assert until.tzinfo is UTC


def test_a_naive_datetime_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="aware"), store.begin() as tx:
        leases.note(tx, "x", datetime(2026, 11, 23))


def test_a_mailbox_may_change_all_but_its_id(store: Store, at: At) -> None:
    with store.begin() as tx:
        own_mailboxes.remember(
            tx, OwnMailbox(id="warta", address="new@warta.example", sent="gmail"), at(1)
        )
    with store.read() as tx:
        row = tx.scalars(select(Mailbox)).one()
    assert (row.address, row.sent, row.folders) == ("new@warta.example", "gmail", ["INBOX"])


def test_a_reader_sees_one_state_and_keeps_no_writer_waiting(store: Store, at: At) -> None:
    with store.read() as reader:
        assert status.newest_event(reader) == 0
        with store.begin() as tx:
            ledger.take_in(tx, "warta", "a" * 64, 1, "import", "x", at(0))
        assert status.newest_event(reader) == 0
    with store.read() as reader:
        assert status.newest_event(reader) > 0


def test_what_is_read_as_one_is_one_state_for_its_thread_alone(store: Store, at: At) -> None:
    def look() -> int:
        with store.read() as reader:
            return status.newest_event(reader)

    with ThreadPoolExecutor(1) as elsewhere:
        with store.read_as_one():
            seen = [look()]
            with store.begin() as tx:
                ledger.take_in(tx, "warta", "a" * 64, 1, "import", "x", at(0))
            seen += [look(), elsewhere.submit(look).result()]
        seen.append(look())
    assert [bool(each) for each in seen] == [False, False, True, True]


def test_a_fault_in_what_is_read_as_one_is_a_store_error(store: Store) -> None:
    with store.read_as_one(), pytest.raises(StoreError), store.read():
        raise OperationalError("SELECT 1", {}, Exception("gone"))
    with store.read() as reader:
        assert status.newest_event(reader) == 0


def test_the_last_pass_over_a_folder_is_known(store: Store, at: At) -> None:
    for minute, error in ((0, ""), (2, "NO [AUTHENTICATIONFAILED]")):
        with store.begin() as tx:
            poll = status.poll_started(tx, "warta", "INBOX", at(minute))
        with store.begin() as tx:
            status.poll_ended(tx, poll, at(minute + 1), new=3, error=error)
    with store.read() as tx:
        told = status.status(tx)
    inbox, spam = told.folders
    assert (inbox.last_good, inbox.last_end, inbox.error) == (
        at(1),
        at(3),
        "NO [AUTHENTICATIONFAILED]",
    )
    assert (spam.last_good, spam.error) == (None, "")


def test_a_good_pass_forgets_the_error_of_the_one_before(store: Store, at: At) -> None:
    for minute, error in ((0, "BYE"), (2, "")):
        with store.begin() as tx:
            poll = status.poll_started(tx, "warta", "INBOX", at(minute))
            status.poll_ended(tx, poll, at(minute), new=0, error=error)
    with store.read() as tx:
        assert status.status(tx).folders[0].error == ""


def test_what_waits_is_counted(store: Store, at: At) -> None:
    with store.begin() as tx:
        ledger.take_in(tx, "warta", "a" * 64, 1, "import", "x", at(5))
        job_rows.defer(tx, "examine", "1", now=at(5))
        told = status.status(tx)
    assert (told.mails, told.jobs) == ({"received": 1}, 1)


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "mysql://x/y"])
@pytest.mark.parametrize("door", [open_store, open_to_read, partial(upgrade_store, is_asked=True)])
def test_a_url_that_cannot_be_served_is_the_operators(
    url: str, door: Callable[[str], object]
) -> None:
    with pytest.raises(ConfigError):
        door(url)


def test_a_postgres_that_is_not_there_is_a_store_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        open_store(f"postgresql://nobody@/nothing?host={tmp_path}")


def sqlite_store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'new' / 'redaksi.db'}")


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)]
)
def test_sqlite_keeps_what_it_was_given(tmp_path: Path, pragma: str, value: object) -> None:
    store = sqlite_store(tmp_path)
    with store.begin() as tx:
        assert tx.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
    store.close()


def test_nobody_else_can_read_the_database(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    folder = tmp_path / "new"
    with store.begin():
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "redaksi.db-wal" in modes
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    store.close()


def test_a_locked_database_is_a_store_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.store.engine.BUSY_SECONDS", 0.1)
    store = sqlite_store(tmp_path)
    other = sqlite3.connect(tmp_path / "new" / "redaksi.db")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"), store.begin():
        pass
    other.close()
    store.close()


def test_a_full_disk_is_a_store_error_and_the_store_lives_on(tmp_path: Path, at: At) -> None:
    store = sqlite_store(tmp_path)
    with store.begin() as tx:
        own_mailboxes.remember(tx, OwnMailbox(id="warta", address="a@b.example"), at(0))
        pages = tx.execute(text("PRAGMA page_count")).scalar_one()
        tx.execute(text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StoreError, match="full"), store.begin() as tx:
        own_mailboxes.remember(tx, OwnMailbox(id="big", address="x" * 200_000), at(0))
    with store.begin() as tx:
        assert tx.scalars(select(Mailbox.id)).all() == ["warta"]
    store.close()


def test_a_file_that_is_no_database_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "redaksi.db").write_bytes(b"not a database at all, " * 100)
    with pytest.raises(StoreError):
        open_store(f"sqlite:///{tmp_path / 'redaksi.db'}")


def test_a_fault_tells_no_value_of_a_row(tmp_path: Path, at: At) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'redaksi.db'}")
    with pytest.raises(Exception, match="no such table") as told, engine.begin() as connection:
        connection.execute(
            text("INSERT INTO nowhere VALUES (:address)"), {"address": "ani@example.id"}
        )
    assert "ani@" not in str(told.value)
    engine.dispose()
