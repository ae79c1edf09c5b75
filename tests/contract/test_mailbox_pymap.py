"""The mailbox against the demo's other server: what every server must give, without anything it
may lack."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk.demo import pymap_server
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import LoginRefused

MAIL = b"Message-ID: <1@example.org>\r\nSubject: Warta\r\n\r\n" + b"isi\r\n" * 50_000


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    if pymap_server.missing():
        pytest.skip(pymap_server.missing())
    with pymap_server.running() as server:
        yield Account(
            id="warta",
            host=server.host,
            port=server.port,
            user=server.user,
            password=server.password,
            security="none",
        )


def test_a_mail_is_listed_and_fetched_byte_for_byte(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", MAIL)
        mail = mailbox.new("INBOX", 0)[-1]
        fetched = mailbox.fetch(mail.uid, mail.size, tmp_path)
    assert (mail.message_id, fetched.sha256) == (
        "<1@example.org>",
        hashlib.sha256(MAIL).hexdigest(),
    )


def test_fetching_leaves_a_mail_unseen(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Belum", MAIL)
        mail = mailbox.new("Belum", 0)[0]
        mailbox.fetch(mail.uid, mail.size, tmp_path)
        assert b"\\Seen" not in mailbox._client.get_flags([mail.uid])[mail.uid]


def test_a_watermark_holds(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Tanda", MAIL)
        last = mailbox.all_uids("Tanda")[-1]
        assert mailbox.new("Tanda", last) == []


def test_a_keyword_it_drops_is_only_a_lost_hint(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Kata", MAIL)
        uids = mailbox.all_uids("Kata")
        assert not mailbox.tell("Kata", uids, "Redaksi/Diproses")
        assert mailbox.all_uids("Kata") == uids


def test_a_sent_letter_is_found_by_its_message_id(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("Terkirim", MAIL)
        assert mailbox.find_message_id("Terkirim", "<1@example.org>")
        assert not mailbox.find_message_id("Terkirim", "<2@example.org>")


@pytest.mark.skipif(
    sys.version_info >= (3, 13), reason="pymap 0.36 resets an idling connection on Python 3.13"
)
def test_waiting_notices_a_mail(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as sender:
        mailbox.select("INBOX")
        sender.append("INBOX", MAIL)
        assert mailbox.wait(10)


def test_a_wrong_password_is_a_login_refused(account: Account) -> None:
    with pytest.raises(LoginRefused), open_mailbox(replace(account, password="salah")):
        pass
