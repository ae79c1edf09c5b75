"""A real Dovecot and the real poll: folders reset, rearranged, cut off under our feet. Nothing
lost, nothing twice."""

import hashlib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from desk.app import App
from desk.inbound import poll
from desk.inbound.poll import poll_mailbox
from desk.store.inbound import ledger
from desk.store.tables import Ledger
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.errors import Unreachable
from tests import newsroom
from tests.faultproxy import proxied
from tests.newsroom import happened, mails

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
MANY = 1000


def mail(number: int, lines: int = 3) -> bytes:
    return (
        f"From: Rahma <r@x.example>\r\nMessage-ID: <{number}@x.example>\r\nSubject: Kegiatan {number}\r\n\r\n".encode()
        + b"Warga %d bergotong royong membersihkan parit.\r\n" % number * lines
    )


def put(mailbox: Mailbox, folder: str, *numbers: int, lines: int = 3) -> None:
    for number in numbers:
        mailbox.append(folder, mail(number, lines), internaldate=START + timedelta(minutes=number))


def hashes(numbers: range | list[int], lines: int = 3) -> list[str]:
    return sorted(hashlib.sha256(mail(number, lines)).hexdigest() for number in numbers)


def kept(app: App) -> list[str]:
    """The hashes of what was taken in; a mail twice would be here twice."""
    return sorted(row.blob or "" for row in mails(app.store))


def poll_all(app: App) -> int | None:
    return poll_mailbox(app, app.config.mailbox[0])


@pytest.fixture
def app(account: Account, tmp_path: Path) -> Iterator[App]:
    with newsroom.app(account, tmp_path, folders=("INBOX", "\\Junk")) as opened:
        yield opened


def test_after_a_uidvalidity_reset_old_and_new_mails_mixed(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = []
    fetch = Mailbox.fetch

    def counted(mailbox: Mailbox, uid: int, *how: Any, **named: Any) -> object:
        fetched.append(uid)
        return fetch(mailbox, uid, *how, **named)

    with (
        newsroom.app(account, tmp_path, folders=("Masuk",)) as app,
        open_mailbox(account) as editor,
    ):
        put(editor, "Masuk", *range(1, 11))
        assert poll_all(app) == 10
        editor.select("INBOX")
        editor._client.delete_folder("Masuk")
        put(editor, "Masuk", 12, 3, 11, 7, 1, 13)
        monkeypatch.setattr(Mailbox, "fetch", counted)
        assert poll_all(app) == 3
        assert fetched == [1, 3, 6]
        assert kept(app) == hashes(range(1, 14))
        (found,) = poll.reconcile(app, app.config.mailbox[0]) or []
        assert (found.on_server, found.overlooked, found.left) == (6, 0, 0)


def test_mails_expunged_moved_and_put_back_while_we_read(account: Account, app: App) -> None:
    """Whatever an editor does meanwhile, a mail that is still there at the end is in, and none
    is in twice."""
    with open_mailbox(account) as editor:
        put(editor, "INBOX", *range(60))
        rearranging = threading.Thread(target=_rearrange, args=(account,))
        rearranging.start()
        while rearranging.is_alive():
            poll_all(app)
        rearranging.join()
        poll_all(app)
        inbox, spam = (
            (editor.select(name), editor.all_uids(name))[1] for name in ("INBOX", "Spam")
        )
    assert len(kept(app)) == len(set(kept(app)))
    assert set(kept(app)) <= set(hashes(range(80)))
    assert set(kept(app)) >= set(hashes(list(range(20, 80))))
    for folder, uids in (("INBOX", inbox), ("Spam", spam)):
        with app.store.read() as tx:
            here = {row.uidvalidity for row in tx.query(Ledger) if row.folder == folder}
            assert set(uids) <= ledger.known_uids(tx, "warta", folder, here.pop())


def _rearrange(account: Account) -> None:
    """0–9 are deleted, 10–19 moved out of sight, 20–39 moved to Spam, 40–49 deleted and put
    back; 60–79 arrive."""
    with open_mailbox(account) as editor:
        client = editor._client
        client.select_folder("INBOX")
        for ten in range(10):
            client.delete_messages([1 + ten])
            client.expunge()
            editor.append("Arsip", b"From: x@x.example\r\n\r\n")
            client.move([11 + ten], "Arsip")
            client.move([21 + ten, 31 + ten], "Spam")
            client.delete_messages([41 + ten])
            client.expunge()
            put(editor, "INBOX", 40 + ten, 60 + 2 * ten, 61 + 2 * ten)


def test_a_thousand_mails(account: Account, app: App) -> None:
    with open_mailbox(account) as mailbox:
        put(mailbox, "INBOX", *range(MANY))
    begun = time.monotonic()
    assert poll_all(app) == MANY
    took = time.monotonic() - begun
    assert kept(app) == hashes(range(MANY))
    assert took < 60, f"{MANY / took:.0f} mails a second"
    assert poll_all(app) == 0


def test_fifty_cuts_lose_nothing_and_cost_little(account: Account, app: App) -> None:
    """The connection breaks after N bytes, for fifty N, most of them inside a mail's literal."""
    numbers, lines = range(20), 12_000
    with open_mailbox(account) as mailbox:
        put(mailbox, "INBOX", *numbers, lines=lines)
    whole = sum(len(mail(number, lines)) for number in numbers)
    with proxied(account.host, account.port) as proxy:
        box = replace(app.config.mailbox[0], port=proxy.port)
        through = newsroom.but(app, config=replace(app.config, mailbox=(box,)))
        for cut in range(50):
            proxy.break_after(20_000 + cut * 6_007)
            with poll.hold_mailbox(through, box, poll.Watch()) as held:
                assert held is not None
                with pytest.raises(Unreachable), poll.enter_mailbox(through, box) as mailbox:
                    poll.pass_over(held, mailbox)
        poll_all(through)
        assert proxy.struck == 50
        assert proxy.received <= 1.05 * whole, f"{proxy.received / whole:.3f} of the mailbox"
    assert kept(app) == hashes(numbers, lines)
    assert happened(app.store, "mail withheld") == []
