"""A database and its files know each other; what does not belong together is refused at opening,
before anything is written."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete, select

from desk.app import App, now, open_app
from desk.inbound.poll import Watch
from desk.store.jobs import processes
from desk.store.tables import Job, Mail, Process, SchemaMeta
from desk.worker.round import examine_waiting, open_pool
from redaksi.config.schema import Config
from redaksi.errors import StoreUnfit
from tests.drill import pairs
from tests.processes import silence


def config_of(home: Path, database: str) -> Config:
    return pairs.configuration(home, database, pool=1)


@contextmanager
def opened(home: Path, database: str) -> Iterator[App]:
    with open_app(config_of(home, database), environment={"P": "x"}) as app:
        yield app


def fill(app: App, mails: int = 3) -> None:
    for number in range(mails):
        pairs.take_in(app, number, b"From: a@b.example\r\n\r\n%d" % number)


def refused(home: Path, database: str) -> str:
    """Which refusal meets who opens these two; both languages have a sentence for it."""
    with pytest.raises(StoreUnfit) as error, opened(home, database):
        pass
    assert error.value.exit_code == 2
    assert error.value.say("id") != error.value.say("en")
    assert "\n" not in error.value.say("id")
    return error.value.sentence.key


def untie(app: App) -> None:
    """As it was before databases and files knew each other."""
    with app.store.begin() as tx:
        tx.execute(delete(SchemaMeta))
    app.blobs.delete_mark("database")


@pytest.fixture
def url(database: str) -> str:
    return database


def test_a_new_installation_is_tied_and_opens_again(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        with opened(tmp_path / "a", url) as app, app.store.read() as tx:
            (row,) = tx.scalars(select(SchemaMeta))
            assert app.blobs.read_mark("database") == row.value


@pytest.mark.parametrize("mails", [0, 3])
def test_two_data_folders_on_one_database_are_refused(url: str, tmp_path: Path, mails: int) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app, mails)
    assert refused(tmp_path / "b", url) in {"files_elsewhere", "files_missing"}
    with opened(tmp_path / "a", url):
        pass


def test_a_restore_without_files_is_refused(url: str, tmp_path: Path) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app)
    shutil.rmtree(tmp_path / "a" / "blobs")
    assert refused(tmp_path / "a", url) == "files_missing"


def test_files_restored_without_their_mark_are_known_by_what_they_are(
    url: str, tmp_path: Path
) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app)
    shutil.rmtree(tmp_path / "a" / "blobs" / "marks")
    for _ in range(2):
        with opened(tmp_path / "a", url):
            pass


def test_the_files_of_another_database_are_refused(url: str, tmp_path: Path) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert refused(tmp_path / "a", other) == "files_of_another"
    with opened(tmp_path / "b", other):
        pass
    assert refused(tmp_path / "a", other) == "files_of_another"


def test_who_begins_anew_before_anything_came_may(url: str, tmp_path: Path) -> None:
    """The folder was opened once, the database was removed since: nothing is lost by it."""
    with opened(tmp_path / "a", f"sqlite:///{tmp_path / 'first.db'}"):
        pass
    with opened(tmp_path / "a", url):
        pass


@pytest.mark.parametrize("mails", [0, 3, 30])
def test_an_installation_from_before_is_tied_at_its_first_opening(
    url: str, tmp_path: Path, mails: int
) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app, mails)
        untie(app)
    with opened(tmp_path / "a", url) as app, app.store.read() as tx:
        assert tx.scalars(select(SchemaMeta)).one().value == app.blobs.read_mark("database")


@pytest.mark.parametrize(("gone", "is_refused"), [(1, False), (2, True), (3, True)])
def test_one_from_before_is_tied_only_where_its_files_are(
    url: str, tmp_path: Path, gone: int, *, is_refused: bool
) -> None:
    with opened(tmp_path / "a", url) as app:
        fill(app)
        untie(app)
        with app.store.read() as tx:
            for blob in tx.scalars(select(Mail.blob).limit(gone)):
                app.blobs.delete(str(blob))
    if is_refused:
        assert refused(tmp_path / "a", url) == "files_missing"
    else:
        with opened(tmp_path / "a", url):
            pass


def test_a_copy_of_the_files_elsewhere_is_refused_while_the_first_is_at_work(
    url: str, tmp_path: Path
) -> None:
    """Two machines that do not share their folders; one was made from the other."""
    with opened(tmp_path / "a", url) as app:
        fill(app)
    shutil.copytree(tmp_path / "a" / "blobs", tmp_path / "b" / "blobs")
    with opened(tmp_path / "a", url) as first:
        assert refused(tmp_path / "b", url) == "files_unseen"
        with opened(tmp_path / "a", url):  # a second one on the same folder
            pass
        silence(first.store)
        with opened(tmp_path / "b", url):
            pass
    with opened(tmp_path / "b", url):
        pass


def test_marks_of_the_killed_are_swept_once_their_rows_are_gone(url: str, tmp_path: Path) -> None:
    with opened(tmp_path / "a", url) as app:
        app.blobs.write_mark("process-dead", "mesin:1")
        with opened(tmp_path / "a", url) as second:
            assert set(second.blobs.marks()) == {
                "database", f"process-{app.name}", f"process-{second.name}",
            }  # fmt: skip
        assert set(app.blobs.marks()) == {"database", f"process-{app.name}"}
    assert set(app.blobs.marks()) == {"database"}


def test_who_slept_for_days_refuses_nobody(url: str, tmp_path: Path) -> None:
    """Its row and its mark were removed; its next heartbeat writes the row alone."""
    with opened(tmp_path / "a", url) as app:
        with app.store.begin() as tx:
            tx.execute(delete(Process))
        app.blobs.delete_mark(f"process-{app.name}")
        with app.store.begin() as tx:
            processes.beat(tx, processes.Birth(id=app.name, marker=f"process-{app.name}"))
        with opened(tmp_path / "a", url):
            pass


def test_a_missing_file_is_our_fault_and_the_others_go_on(url: str, tmp_path: Path) -> None:
    """The attempt is given back however often it is tried, the reason stands with the job, and the
    mail is filed once the file is back."""
    with opened(tmp_path / "a", url) as app:
        for number, raw in enumerate(pairs.pair(1)):
            pairs.take_in(app, number, raw)
        with app.store.read() as tx:
            blob = str(tx.scalars(select(Mail.blob).order_by(Mail.id).limit(1)).one())
        path = app.blobs.local_path(blob)
        path.rename(tmp_path / "aside")
        with open_pool(app) as pool:
            for minutes in (0, 2, 4, 6):
                later = now() + timedelta(minutes=minutes)
                moved = msgspec.structs.replace(app, clock=lambda later=later: later)
                examine_waiting(moved, pool, Watch())
            with app.store.read() as tx:
                assert [(m.state, m.outcome is None) for m in tx.scalars(select(Mail).order_by(Mail.id))] == [
                    ("received", True), ("examined", False),
                ]  # fmt: skip
                job = tx.scalars(select(Job).where(Job.state == "waiting")).one()
                assert (job.attempts, blob in job.last_error) == (0, True)
            (tmp_path / "aside").rename(path)
            later = later + timedelta(minutes=2)
            assert (
                examine_waiting(msgspec.structs.replace(app, clock=lambda: later), pool, Watch())
                == 1
            )
