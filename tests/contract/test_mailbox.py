"""The mailbox against a real Dovecot: listing, fetching, marking, looking up."""

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest.fetch.listing import Account
from ingest.fetch.mailbox import Mailbox, open_mailbox
from redaksi.errors import LoginRefused


def mail(number: int, lines: int = 3) -> bytes:
    return (
        b"Message-ID: <%d@example.org>\r\nSubject: Warta\r\n\r\n" % number
        + b"Warga bergotong royong.\r\n" * lines
    )


def flags_of(mailbox: Mailbox, uid: int) -> set[bytes]:
    found: dict[int, tuple[bytes, ...]] = mailbox._client.get_flags([uid])
    return {flag for flag in found[uid] if flag != b"\\Recent"}


def test_a_new_mail_is_listed_with_size_date_and_message_id(account: Account) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        listed = mailbox.new("INBOX", 0)
    assert [(m.uid, m.size, m.message_id) for m in listed] == [(1, len(mail(1)), "<1@example.org>")]
    assert listed[0].internaldate is not None
    assert listed[0].internaldate.utcoffset() is not None


@pytest.mark.parametrize("lines", [0, 1, 2_000, 5_000, 80_000])
def test_a_fetched_mail_is_the_mail_byte_for_byte(account: Account, tmp_path: Path, lines: int) -> None:
    raw = mail(1, lines)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        fetched = mailbox.fetch(1, len(raw), tmp_path)
    assert fetched.path.read_bytes() == raw
    assert (fetched.sha256, fetched.size) == (hashlib.sha256(raw).hexdigest(), len(raw))


def test_fetching_leaves_a_mail_unseen(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.new("INBOX", 0)
        mailbox.fetch(1, len(mail(1)), tmp_path)
        assert flags_of(mailbox, 1) == set()


def test_wrong_password_names_the_servers_line_and_the_remedy(account: Account) -> None:
    with (
        pytest.raises(LoginRefused, match=r"\[AUTHENTICATIONFAILED\].*password"),
        open_mailbox(replace(account, password="salah")),
    ):
        pass
