"""Mails that left their folder before we had them are counted apart and told with the remedy; a folder
that is named wrongly is told with its key and the folders there are."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desk.app import App
from desk.cli.reconcile import describe
from desk.inbound.poll import poll_mailbox, reconcile
from desk.worker.round import one_round
from redaksi import catalog
from tests import newsroom
from tests.newsroom import but, happened, mails
from tests.scripted_imap import GMAIL, ScriptedImap


class Hasty(ScriptedImap):
    """A filter moves mails away between the listing and the download."""

    def __init__(self, capabilities: str = "IMAP4rev1") -> None:
        super().__init__(capabilities)
        self.moved: set[int] = set()
        self.folders = {"INBOX", "Arsip", "Kiriman Warta"}

    def _answer(self, command: str) -> bytes:
        if (named := re.match(r'EXAMINE "?([^"]+)"?$', command)) and named[1] not in self.folders:
            self.commands.append(command)
            return b"%TAG% NO [NONEXISTENT] Unknown Mailbox: " + named[1].encode() + b"\r\n"
        if command.startswith("LIST"):
            lines = [f'* LIST (\\HasNoChildren) "/" "{name}"\r\n' for name in sorted(self.folders)]
            return "".join(lines).encode() + b"%TAG% OK done\r\n"
        return super()._answer(command)

    def _mail(self, uid: int, command: str) -> bytes:
        if "BODY.PEEK[]" in command and uid in self.moved:
            del self.mails[uid]
            return b""
        return super()._mail(uid, command)


def mail(text: str) -> bytes:
    return f"Message-ID: <{text}@x.example>\r\nSubject: {text}\r\n\r\nIsi {text}.\r\n".encode()


@pytest.fixture
def server() -> Iterator[Hasty]:
    running = Hasty()
    running.mails = {uid: mail(f"m{uid}") for uid in (1, 2, 3)}
    running.moved = {2}
    yield running
    running.stop()


@pytest.fixture
def app(server: Hasty, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(server.account(), tmp_path) as opened:
        yield opened


def gone(app: App, *, days: float = 0) -> list[int]:
    """What a reconciliation tells, some days later."""
    later = but(app, clock=lambda: app.clock() + timedelta(days=days))
    return [found.gone for found in reconcile(later, later.config.mailbox[0]) or []]


def test_a_mail_that_left_before_we_had_it_is_an_event(app: App) -> None:
    assert poll_mailbox(app, app.config.mailbox[0]) == 2
    assert happened(app.store, "mail gone") == [{"mailbox": "warta", "folder": "INBOX", "uid": 2}]
    assert len(mails(app.store)) == 2


@pytest.mark.parametrize("language", ["id", "en"])
def test_reconcile_tells_it_with_the_remedy(app: App, language: str) -> None:
    poll_mailbox(app, app.config.mailbox[0])
    (found,) = reconcile(app, app.config.mailbox[0]) or []
    said = describe(found, catalog.load(language))
    assert found.gone == 1
    assert "\\\\All" in said


@pytest.mark.parametrize(("days", "told"), [(0, 1), (6.9, 1), (7.1, 0), (30, 0)])
def test_it_is_told_for_a_week(app: App, days: float, told: int) -> None:
    poll_mailbox(app, app.config.mailbox[0])
    assert gone(app, days=days) == [told]


def test_one_that_came_by_another_folder_is_not_gone(server: Hasty, app: App) -> None:
    poll_mailbox(app, app.config.mailbox[0])
    server.mails[9] = mail("m2")
    poll_mailbox(app, app.config.mailbox[0])
    assert gone(app) == [0]


def test_at_gmail_it_is_known_by_its_number(tmp_path: Path) -> None:
    server = Hasty(GMAIL)
    server.mails, server.moved = {1: b"\r\na", 2: b"\r\nb"}, {2}
    server.gm_msgids = {1: 11, 2: 12, 9: 12}
    with newsroom.app(server.account(), tmp_path) as app:
        poll_mailbox(app, app.config.mailbox[0])
        assert gone(app) == [1]
        server.mails[9] = b"\r\nb"
        poll_mailbox(app, app.config.mailbox[0])
        assert gone(app) == [0]
    server.stop()


def test_what_editors_move_away_afterwards_is_not_gone(server: Hasty, app: App) -> None:
    server.moved = set()
    poll_mailbox(app, app.config.mailbox[0])
    server.mails = {}
    assert gone(app) == [0]


# ── a folder that is not there ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("folder", ["Inbok", "INBOX/Warta", "kiriman warta", "Tulisan"])
def test_a_misnamed_folder_is_told_with_its_key_and_the_folders_there_are(
    server: Hasty, tmp_path: Path, folder: str
) -> None:
    server.moved = set()
    with newsroom.app(server.account(), tmp_path, folders=(folder, "INBOX")) as app:
        done = one_round(app)
        assert len(mails(app.store)) == 3  # it stops no other folder
        (trouble,) = done.troubles
        said = trouble.say("id")
        assert trouble.exit_code == 1
        for word in ("mailbox.warta.folders", folder, "Unknown Mailbox", "INBOX", "Kiriman Warta"):
            assert word in said


def test_where_every_folder_is_read_there_is_no_trouble(app: App) -> None:
    assert one_round(app).troubles == ()
