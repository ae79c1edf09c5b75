"""`redaksi replay FILE.eml`: shown without a trace; taken in once; letters about it stay drafts,
though the newsroom's go by themselves."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from desk.app import App
from desk.cli import cli
from desk.cli.replay import from_file
from desk.demo.makers import mail, photo
from desk.inbound.import_mail import Imported, Known, find_known, import_mail
from desk.store.inbound import ledger, own_mailboxes
from desk.store.inbound.ledger import Arrival, Place
from desk.store.inbound.own_mailboxes import OwnMailbox
from desk.store.tables import Job, Mail
from ingest.fetch.listing import Account
from redaksi.reasons import ReasonCode
from tests import newsroom
from tests.contract.test_ask_again import ANDI, ARTICLE, Desk, opened
from tests.in_process import InProcess

ACCOUNT = Account(id="warta", host="127.0.0.1", port=1, user="u", password="p", security="none")
SMALL = mail(ANDI, "Foto", "Ini.\n", [("A1.jpg", photo(640, 480, 4))])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path, settle=0)


@pytest.mark.parametrize("raw", [ARTICLE, SMALL])
def test_letters_about_it_stay_drafts(desk: Desk, raw: bytes) -> None:
    assert import_mail(desk.app, raw).is_new
    desk.examine()
    desk.minutes(60)
    assert desk.send() == []
    (letter,) = desk.stands()
    assert letter[1:] == ("draft", ReasonCode.TAKEN_IN)


def test_the_same_mail_is_one_however_it_comes(desk: Desk) -> None:
    first = import_mail(desk.app, ARTICLE)
    assert import_mail(desk.app, ARTICLE) == Imported(mail_id=first.mail_id, is_new=False)
    desk.take_in(ARTICLE)  # from the server
    desk.examine()
    assert len(desk.submissions()) == 1
    with desk.app.store.read() as tx:
        (row,) = tx.scalars(select(Mail))
        known = find_known(tx, desk.app, ARTICLE)
    assert (row.source, str(row.blob) in row.source_text) == ("import", True)
    assert known is not None
    assert (known.mail_id, len(known.numbers)) == (first.mail_id, 1)


def test_what_came_from_the_server_is_not_taken_in_again(desk: Desk) -> None:
    sha256 = desk.app.blobs.put(ARTICLE)
    place = Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=9)
    arrival = Arrival(place=place, at=desk.now, size=9, sha256=sha256, gm_msgid="77")
    with desk.app.store.begin() as tx:
        own_mailboxes.remember(
            tx, OwnMailbox(id="warta", address="redaksi@warta.example"), desk.now
        )
        arrived = ledger.arrive(tx, arrival)
    assert import_mail(desk.app, ARTICLE) == Imported(mail_id=arrived.mail_id, is_new=False)


def test_what_was_deleted_is_not_taken_in_again(desk: Desk) -> None:
    mail_id = import_mail(desk.app, ARTICLE).mail_id
    with desk.app.store.begin() as tx:
        tx.execute(update(Mail).values(blob=None, emptied_at=desk.now))
    assert import_mail(desk.app, ARTICLE) == Imported(mail_id=mail_id, is_new=False)
    with desk.app.store.read() as tx:
        assert find_known(tx, desk.app, ARTICLE) == Known(mail_id=mail_id, is_let_go=True)


# ── the verb ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with (
        newsroom.app(ACCOUNT, tmp_path) as opened_app,
        mock.patch.object(from_file, "Sandbox", lambda _limits: InProcess()),
    ):
        yield opened_app


def run(tmp_path: Path, raw: bytes, *words: str) -> tuple[int, str]:
    file = tmp_path / "Surat.EML"
    file.write_bytes(raw)
    config = newsroom.config_file(ACCOUNT, tmp_path)
    config.chmod(0o600)
    ran = CliRunner().invoke(cli, ["replay", str(file), *words, "--config", str(config)])
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exc_info
    return ran.exit_code, " ".join(ran.output.split())


def rows(app: App) -> tuple[int, int, int]:
    with app.store.read() as tx:
        counts = [len(list(tx.scalars(select(table.id)))) for table in (Mail, Job)]
    return counts[0], counts[1], len(list(app.blobs.iterate()))


def test_it_is_shown_and_nothing_is_stored(app: App, tmp_path: Path) -> None:
    code, printed = run(tmp_path, ARTICLE)
    assert (code, rows(app)) == (0, (0, 0, 0))
    assert "Tidak ada yang dimasukkan. Dengan --apply surel ini masuk" in printed


def test_it_is_taken_in_once(app: App, tmp_path: Path) -> None:
    assert run(tmp_path, ARTICLE, "--apply") == (
        0,
        "diterima sebagai surel 1; diperiksa pada putaran berikutnya, surat tentangnya tetap konsep",
    )
    code, printed = run(tmp_path, ARTICLE, "--apply")
    assert (code, rows(app)) == (0, (1, 1, 1))
    assert "sudah ada, sebagai surel 1. Tidak ada yang dimasukkan." in printed


@pytest.mark.parametrize("words", [(), ("--apply",)])
@pytest.mark.parametrize(
    ("raw", "line"),
    [(b"", "berkas kosong"), (b"\r\n \r\n", "berkas kosong"), (None, "lebih besar")],
)
def test_what_is_no_mail_is_refused(
    app: App, tmp_path: Path, raw: bytes | None, line: str, words: tuple[str, ...]
) -> None:
    whole = b"x" * (app.config.safety.max_message + 1) if raw is None else raw
    code, printed = run(tmp_path, whole, *words)
    assert (code, line in printed, rows(app)) == (1, True, (0, 0, 0))
