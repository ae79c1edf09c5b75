"""A person goes whole, from every file, and nobody else does: each word is found before, and none after."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import func, select, update

from desk.blobs.local import LocalBlobs
from desk.store import events, open_store
from desk.store.columns import Base
from desk.store.inbound import ledger, mails
from desk.store.inbound.ledger import Arrival, Place
from desk.store.keeping.rewrite import rewrite_files
from desk.store.people.belongings import plain_address
from desk.store.retention import erasures
from desk.store.tables import Event, Job, Mail, Outbox, Submission
from desk.workflow.people import erase as erasing
from desk.workflow.people.erase import Erased, ErasureWaits, Wait, erase
from desk.workflow.people.rows import append_line, apply_erasures, erase_rows, read_file
from redaksi.errors import RedaksiError, StoreUnfit
from tests import leaving
from tests.canaries import find_words, search
from tests.contract.conftest import NOW
from tests.drill import pairs
from tests.in_process import InProcess
from tests.leaving import Town, find_in_rows

HERS = plain_address(leaving.ADDRESS)
AT_ONCE = Wait(seconds=0, settle=0, sleep=lambda _: None)
WORDS = set(leaving.WORDS)


def go(town: Town, key: str = HERS) -> Erased:
    return erase(town.app, key, AT_ONCE)


def dump(town: Town) -> bytes:
    """What pg_dump writes of the database; nothing of SQLite, whose file lies beside."""
    url = town.app.config.storage.database
    program = shutil.which("pg_dump")
    if not url.startswith("postgresql") or program is None:
        return b""
    plain = url.replace("postgresql+psycopg", "postgresql")
    done = subprocess.run([program, plain], capture_output=True, check=True)
    return done.stdout


@pytest.fixture
def town(database: str, tmp_path: Path) -> Iterator[Town]:
    with leaving.town(tmp_path / "desk", database) as opened:
        yield opened


def test_every_word_is_there_before_and_none_after(town: Town, tmp_path: Path) -> None:
    assert set(search(tmp_path, WORDS)) | find_in_rows(town.app.store) == WORDS
    before = find_words(dump(town), WORDS)
    assert before or not dump(town)
    done = go(town)
    assert done.is_whole
    assert (done.submissions, done.mails) == (2, 4)
    assert search(tmp_path, WORDS) == {}
    assert find_in_rows(town.app.store) == set()
    assert find_words(dump(town), WORDS) == set()


def test_the_neighbour_is_as_she_was(town: Town) -> None:
    """Her files byte for byte, the photo that both sent among them; her page but for the hour."""
    blobs = town.app.blobs
    with town.app.store.read() as tx:
        hers = tx.scalars(select(Mail.blob).where(Mail.id == 2)).one() or ""
        hers_too = {each.sha256 for each in leaving.list_photos(tx, town.ani)}
        row = leaving.describe(tx, town.ani)
    assert hashlib.sha256(leaving.SHARED).hexdigest() in hers_too
    files = {each: blobs.local_path(each).read_bytes() for each in (hers, *hers_too)}
    page = Path(town.app.config.queue.folder) / town.ani
    before = {each.name: each.read_bytes() for each in page.iterdir() if each.suffix != ".html"}
    go(town)
    assert {each: blobs.local_path(each).read_bytes() for each in files} == files
    after = {each.name: each.read_bytes() for each in page.iterdir() if each.suffix != ".html"}
    assert after == before
    with town.app.store.read() as tx:
        assert leaving.describe(tx, town.ani) == row


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_mail_about_a_neighbours_submission_stays(town: Town, tmp_path: Path) -> None:
    with town.app.store.begin() as tx:
        ani = tx.scalars(select(Submission.id).where(Submission.number == town.ani)).one()
        said = {"actor": "worker", "what": "message", "submission_id": ani, "mail_id": 3}
        events.record(tx, events.Happened(at=NOW, **said))  # type: ignore[arg-type]
    done = go(town)
    assert (done.is_whole, done.mails) == (True, 3)
    stays = {"kenariliar", "kenarinama", "kenarisurel", "kenaridomain"}
    assert set(search(tmp_path, WORDS)) == stays


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_events_still_count(town: Town) -> None:
    told = select(Event.id, Event.at, Event.actor, Event.what, Event.submission_id, Event.facts)
    with town.app.store.read() as tx:
        before = tx.execute(told.order_by(Event.id)).all()
    go(town)
    with town.app.store.read() as tx:
        after = tx.execute(told.order_by(Event.id)).all()
        states = {row.number: row.state for row in tx.scalars(select(Submission))}
    assert after[: len(before)] == before
    assert states == {
        town.siti: "withdrawn",
        town.ani: "noted",
        "M-2026-0001": "not_a_submission",
    }


def test_nobody_is_written_to_and_nothing_is_examined(town: Town) -> None:
    go(town)
    pairs.work_with(town.app, InProcess())
    with town.app.store.read() as tx:
        waiting = tx.scalars(select(Outbox.submission_id).where(Outbox.state == "queued")).all()
        assert len(waiting) == 1  # her neighbour's
        assert tx.scalar(select(func.count()).select_from(Job).where(Job.state != "done")) == 0
        assert tx.scalars(select(Mail.id).where(Mail.state != "examined")).all() == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_same_mail_is_not_taken_in_again(town: Town) -> None:
    go(town)
    raw = leaving.siti_mail()
    sha256 = hashlib.sha256(raw).hexdigest()
    place = Place(mailbox="warta", folder="INBOX", uidvalidity=2, uid=9)
    with town.app.store.begin() as tx:
        assert mails.is_let_go(tx, "warta", sha256)  # so that no pass keeps its bytes
        arrived = ledger.arrive(tx, Arrival(place=place, at=NOW, size=len(raw), sha256=sha256))
        assert not arrived.new
        assert tx.scalar(select(func.count()).select_from(Mail)) == 5
        assert not mails.is_let_go(tx, "warta", hashlib.sha256(leaving.ani_mail()).hexdigest())


def test_what_is_under_way_is_named_and_nothing_is_gone(town: Town) -> None:
    def mark(table: type[Base], **values: object) -> Callable[[], None]:
        def write() -> None:
            with town.app.store.begin() as tx:
                tx.execute(update(table).where(*where).values(**values))

        where = [table.id == 3] if table is Outbox else [table.key == "5"]  # type: ignore[attr-defined]
        return write

    sending = mark(Outbox, state="sending"), mark(Outbox, state="queued")
    leased = mark(Job, state="leased", holder=town.app.name), mark(Job, state="waiting", holder="")
    for begin, end in (sending, leased):
        begin()
        with pytest.raises(ErasureWaits):
            go(town)
        assert find_in_rows(town.app.store) != set()
        assert read_file(town.home / erasures.FILE) == []
        end()
    assert go(town).is_whole


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_killed_before_the_rows_went_nothing_is_gone(town: Town, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    with (
        mock.patch("desk.workflow.people.erase.find_under_way", side_effect=Killed),
        pytest.raises(Killed),
    ):
        go(town)
    real = erase_rows

    def die_late(*told: Any, **how: Any) -> set[str]:
        real(*told, **how)
        raise Killed

    with mock.patch.object(erasing, "erase_rows", die_late), pytest.raises(Killed):
        go(town)
    assert set(search(tmp_path, WORDS)) == WORDS
    for cut in ("delete_unnamed", "_clear_spool", "_write_pages", "rewrite_files"):
        with mock.patch.object(erasing, cut, side_effect=Killed), pytest.raises(Killed):
            go(town)
        assert search(tmp_path, WORDS) != {}
    done = go(town, leaving.OTHER_ADDRESS)
    assert (done.again, done.is_whole) == (True, True)
    assert search(tmp_path, WORDS) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_of_nobody_nothing_goes(town: Town) -> None:
    with pytest.raises(RedaksiError, match="no submission, mail or letter"):
        go(town, "lain@contoh.example")
    assert not (town.home / erasures.FILE).exists()


def test_a_copy_from_before_an_upgrade_goes_with_the_person(tmp_path: Path) -> None:
    with leaving.town(tmp_path / "desk") as town:
        rewrite_files(town.app.store)
        shutil.copyfile(town.home / "redaksi.db", town.home / "before-0027.db")
        go(town)
        assert not (town.home / "before-0027.db").exists()


def test_the_record_names_nobody_and_a_restored_store_lets_go_again(tmp_path: Path) -> None:
    with leaving.town(tmp_path / "desk") as town:
        rewrite_files(town.app.store)
        shutil.copytree(town.home, tmp_path / "old")
        go(town)
        record = (town.home / erasures.FILE).read_bytes()
    shutil.rmtree(tmp_path / "desk")
    assert find_words(record, WORDS) == set()
    assert set(search(tmp_path / "old", WORDS)) == WORDS
    store = open_store(f"sqlite:///{tmp_path / 'old' / 'redaksi.db'}")
    blobs = LocalBlobs(tmp_path / "old" / "blobs")
    foreign = record.replace(b'"key":"', b'"key":"0')
    for wrong, says in ((foreign, "another installation"), (b"{}", "damaged")):
        with pytest.raises(StoreUnfit, match=says):
            apply_erasures(store, blobs, [record.strip(), wrong], NOW)
    assert find_in_rows(store) != set()
    assert apply_erasures(store, blobs, [record.strip()], NOW) == 1
    assert apply_erasures(store, blobs, [record.strip()], NOW) == 0
    store.close()
    assert search(tmp_path / "old", WORDS) == {}


def test_a_line_cut_off_is_none_and_the_next_stands_alone(tmp_path: Path) -> None:
    file = tmp_path / erasures.FILE
    line = b'{"at":"2026-11-23T09:00:00Z","key":"k1","addresses":["a"],"blobs":[]}\n'
    file.write_bytes(line + line[:30])
    assert len(read_file(file)) == 1
    append_line(file, line)
    assert file.read_bytes() == line + line
