"""`redaksi reconcile --blobs`: each file that rows name and is not there with whose it is, each that
nobody names with when it goes."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from desk.app import App
from desk.blobs.compare import compare_blobs
from desk.cli import cli
from desk.store import Store, derivatives
from desk.store.inbound import own_mailboxes
from desk.store.keeping.who_names import Named, find_names
from desk.store.named_blobs import find_named
from desk.store.tables import Document, Mail, Photo
from desk.workflow.retention.reconcile import compare_again, reconcile_blobs
from ingest.fetch.listing import Account
from tests import newsroom
from tests.contract.conftest import NOW
from tests.desk_submissions import assess
from tests.filing import examination, file

ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")
NUMBER, PLACE = "W-2026-0001", "warta/INBOX/1/1"


def derive(store: Store, original: str, sha256: str) -> None:
    made = derivatives.Made(original=original, role="screen", sha256=sha256, size=5, mail_id=1)
    with store.begin() as tx:
        derivatives.record(tx, made, NOW)


def name_files(store: Store) -> None:
    """A submission's mail, document and photo by hashes of their own."""
    with store.begin() as tx:
        tx.execute(update(Mail).values(blob="a" * 64))
        tx.execute(update(Document).values(sha256="b" * 64))
        tx.execute(update(Photo).values(sha256="c" * 64))


def test_whose_a_blob_is(store: Store) -> None:
    file(store, NOW, examination(assess()))
    name_files(store)
    derive(store, "c" * 64, "d" * 64)
    derive(store, "0" * 64, "e" * 64)
    whose = {"mails": (PLACE,), "numbers": (NUMBER,)}
    with store.read() as tx:
        found = find_names(tx, [letter * 64 for letter in "abcdef"])
    assert found == {
        "a" * 64: Named(role="mail", **whose),
        "b" * 64: Named(role="document", **whose),
        "c" * 64: Named(role="photo", **whose),
        "d" * 64: Named(role="copy", **whose),
        "e" * 64: Named(role="copy"),
    }


def test_a_mail_of_no_submission_is_named_by_its_place(store: Store) -> None:
    file(store, NOW, examination(decision="ignore"))
    with store.begin() as tx:
        tx.execute(update(Mail).values(blob="a" * 64))
    with store.read() as tx:
        assert find_names(tx, ["a" * 64])["a" * 64].mails == (PLACE,)


# ── the verb ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[App]:
    """A submission whose files all lie there."""
    with newsroom.app(ACCOUNT, tmp_path) as app:
        with app.store.begin() as tx:
            mine = own_mailboxes.OwnMailbox(id="warta", address="redaksi@warta.example")
            own_mailboxes.remember(tx, mine, app.clock())
        file(app.store, datetime(2026, 11, 23, 9, 0, tzinfo=UTC), examination(assess()))
        with app.store.begin() as tx:
            for table, column in ((Mail, "blob"), (Document, "sha256"), (Photo, "sha256")):
                tx.execute(update(table).values({column: app.blobs.put(column.encode())}))
        yield app


def run(tmp_path: Path, *words: str, language: str = "id") -> Result:
    config = newsroom.config_file(ACCOUNT, tmp_path)
    config.write_text(f'language = "{language}"\n{config.read_text()}')
    config.chmod(0o600)
    ran = CliRunner().invoke(cli, ["reconcile", "--blobs", *words, "--config", str(config)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exc_info
    for_people = [x for x in ran.stdout.splitlines() if "install" not in x and "{" not in x]
    assert max(map(len, for_people), default=0) <= 80
    return ran


@pytest.mark.parametrize(
    ("language", "line"), [("id", "Hilang: 0. Tidak disebut"), ("en", "Missing: 0. Named by")]
)
def test_all_is_there(desk: App, tmp_path: Path, language: str, line: str) -> None:
    ran = run(tmp_path, language=language)
    assert (ran.exit_code, line in ran.stdout) == (0, True)
    assert len(ran.stdout.splitlines()) <= 2


def test_what_is_missing_is_told_with_whose_it_is_and_the_remedy(desk: App, tmp_path: Path) -> None:
    lost = sorted({desk.blobs.put(b"blob"), desk.blobs.put(b"sha256")})
    for sha256 in lost:
        desk.blobs.delete(sha256)
    ran = run(tmp_path)
    assert ran.exit_code == 1
    assert [line for line in ran.stdout.splitlines() if line in lost] == lost
    plain = " ".join(ran.stdout.split())
    assert f"hilang: surel seperti datangnya · {NUMBER} · {PLACE}" in plain
    assert f"install -D -m 600 CADANGAN/blobs/AB/NAMA {tmp_path}" in plain


@pytest.mark.parametrize(
    ("age", "code", "line"),
    [
        (timedelta(0), 0, "dihapus pembersihan sesudah"),
        (timedelta(hours=23), 0, "dihapus pembersihan sesudah"),
        (timedelta(hours=47), 0, "dihapus pembersihan sesudah"),
        (timedelta(days=3, hours=1), 1, "mestinya sudah dihapus"),
    ],
)
def test_what_nobody_names_is_told_with_its_hour(
    desk: App, tmp_path: Path, age: timedelta, code: int, line: str
) -> None:
    stray = desk.blobs.put(b"stray")
    moment = (desk.clock() - age).timestamp()
    os.utime(desk.blobs.local_path(stray), (moment, moment))
    ran = run(tmp_path)
    assert (ran.exit_code, stray in ran.stdout.splitlines()) == (code, True)
    assert line in " ".join(ran.stdout.split())
    (told,) = reconcile_blobs(desk).unnamed
    hour = told.goes_at.timestamp() - moment
    assert timedelta(hours=24).total_seconds() <= hour < timedelta(hours=48).total_seconds()


def test_a_program_reads_the_same(desk: App, tmp_path: Path) -> None:
    desk.blobs.delete(desk.blobs.put(b"blob"))
    ran = run(tmp_path, "--json")
    assert (ran.exit_code, '"role":"mail"' in ran.stdout) == (1, True)


def test_what_changes_meanwhile_differs_in_neither(desk: App) -> None:
    """Files are listed after the rows are read: a mail is filed between, and one purged."""
    with desk.store.read() as tx:
        named = find_named(tx.connection())
    filed = desk.blobs.put(b"filed")
    desk.blobs.delete(desk.blobs.put(b"blob"))
    first = compare_blobs(desk.blobs, named)
    assert first.unnamed == (filed,)
    assert len(first.missing) == 1
    with desk.store.begin() as tx:
        tx.execute(update(Mail).values(blob=filed))
    again = compare_again(desk, first)
    assert (again.missing, again.unnamed) == ((), ())
