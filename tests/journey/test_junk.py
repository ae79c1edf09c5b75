"""What came through a folder for spam is examined and shown like any other; its letter waits for an
editor, who is told why."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from desk.inbound.accounts import imap_account
from desk.store.inbound import mails
from desk.store.outbound import outbox_queries
from ingest.fetch.listing import Account, is_junk_name
from ingest.fetch.mailbox import open_mailbox
from redaksi.reasons import ReasonCode, code_of
from tests.journey.scene import Scene, first, only, set_up

SPECIAL, NAMED = "Surel Sampah", "[Gmail]/Spam"


@pytest.fixture(params=["\\Junk", SPECIAL, NAMED, "Kotak Curiga"])
def spam(
    request: pytest.FixtureRequest, tmp_path: Path, account: Account
) -> Iterator[tuple[Scene, str]]:
    """A stage that polls a folder for spam, as the configuration names it, and that folder."""
    with set_up(tmp_path, account) as on:
        (box,) = on.app.config.mailbox
        with open_mailbox(imap_account(on.app, box)) as opened:
            junk = opened.special(r"\Junk")
            name = junk if request.param in ("\\Junk", SPECIAL) else request.param
            if name != junk:
                opened._client.create_folder(name)
        told = name if request.param == SPECIAL else request.param
        polled = msgspec.structs.replace(box, folders=("INBOX", told))
        config = msgspec.structs.replace(on.app.config, mailbox=(polled,))
        app = msgspec.structs.replace(on.app, config=config)
        yield Scene(msgspec.structs.replace(on, app=app), datetime.now(UTC)), name


def put(scene: Scene, folder: str, raw: bytes) -> None:
    with open_mailbox(imap_account(scene.on.app, scene.on.app.config.mailbox[0])) as opened:
        opened.append(folder, raw)


def test_a_letter_to_what_lay_in_spam_waits_for_an_editor(spam: tuple[Scene, str]) -> None:
    scene, folder = spam
    put(scene, folder, first())
    scene.round()
    expected = folder != "Kotak Curiga"  # a folder nobody calls spam
    letters = scene.letters()
    with scene.on.app.store.read() as tx:
        drafts = [code_of(one.reason) for one in outbox_queries.drafts(tx)]
        (row,) = [mails.get(tx, 1)]
    assert (scene.row().state, row.junk) == ("revising", expected)
    assert (len(letters), drafts) == ((0, [ReasonCode.FROM_JUNK_FOLDER]) if expected else (1, []))


def test_what_somebody_took_out_of_spam_before_it_was_read_is_answered(
    spam: tuple[Scene, str],
) -> None:
    scene, folder = spam
    put(scene, folder, first())
    put(scene, "INBOX", first())
    scene.round()
    only(scene.letters())


@pytest.mark.parametrize(
    "folder",
    [
        "Spam", "[Gmail]/Spam", "INBOX.Junk", "INBOX/Spam", "Junk E-mail", "Junk Email", "Bulk Mail", "Email Sampah",
        "Surel Sampah", "Mel Sarap",
    ],
)  # fmt: skip
def test_folders_for_spam_by_their_names(folder: str) -> None:
    assert is_junk_name(folder)


@pytest.mark.parametrize(
    "folder", ["INBOX", "Masuk", "Sampah", "Warta/Bulkhead", "Bukan Spam", "Kiriman", "Arsip"]
)
def test_other_folders(folder: str) -> None:
    assert not is_junk_name(folder)
