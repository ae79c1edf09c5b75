"""Fetching from a real Dovecot: a mail byte for byte, in little memory, and unseen."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from redaksi.errors import Gone, StoreError
from tests.mailbox_hands import as_editor, flags_of, mail


@pytest.mark.parametrize("lines", [0, 1, 2_000, 5_000, 80_000])
def test_a_fetched_mail_is_the_mail_byte_for_byte(
    account: Account, tmp_path: Path, lines: int
) -> None:
    raw = mail(1, lines)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        fetched = mailbox.fetch(1, len(raw), tmp_path)
    assert fetched.path.read_bytes() == raw
    assert (fetched.sha256, fetched.size) == (hashlib.sha256(raw).hexdigest(), len(raw))


@pytest.mark.parametrize("told", [1, 100_000, 300_000, 1_000_000])
def test_a_wrongly_listed_size_does_not_change_the_mail(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: int
) -> None:
    monkeypatch.setattr("ingest.fetch.mailbox._WHOLE", 0)  # in pieces, where a size could mislead
    monkeypatch.setattr("ingest.fetch.mailbox.PIECE", 100_000)
    raw = mail(1, 12_000)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        assert mailbox.fetch(1, told, tmp_path).path.read_bytes() == raw


def test_a_mail_in_pieces_ends_right_on_a_piece_border(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail(1, 12_000)
    monkeypatch.setattr("ingest.fetch.mailbox._WHOLE", 0)
    monkeypatch.setattr("ingest.fetch.mailbox.PIECE", len(raw) // 2)
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", raw)
        mailbox.select("INBOX")
        assert mailbox.fetch(1, len(raw), tmp_path).path.read_bytes() == raw


def test_fetching_leaves_a_mail_unseen(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1))
        mailbox.new("INBOX", 0)
        mailbox.fetch(1, len(mail(1)), tmp_path)
        assert flags_of(mailbox, 1) == set()


def test_what_editors_read_flag_or_answer_is_listed_and_fetched_all_the_same(
    account: Account, tmp_path: Path
) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.select("INBOX")
        as_editor(editor, 1, r"\Seen", r"\Flagged", r"\Answered", "Penting")
        assert [m.uid for m in mailbox.new("INBOX", 0)] == [1]
        assert mailbox.fetch(1, len(mail(1)), tmp_path).path.read_bytes() == mail(1)


def test_a_mail_expunged_before_the_fetch_is_gone(account: Account, tmp_path: Path) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.append("INBOX", mail(2))
        listed = mailbox.new("INBOX", 0)
        as_editor(editor, 1, r"\Deleted")
        editor._client.expunge()
        with pytest.raises(Gone):
            mailbox.fetch(1, listed[0].size, tmp_path)
        assert mailbox.fetch(2, listed[1].size, tmp_path).path.read_bytes() == mail(2)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_mail_expunged_before_it_is_listed_is_passed_over(account: Account) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        mailbox.append("INBOX", mail(1))
        mailbox.append("INBOX", mail(2))
        uids = mailbox.all_uids("INBOX")
        as_editor(editor, 1, r"\Deleted")
        editor._client.expunge()
        assert [m.uid for m in mailbox.listed(uids)] in ([2], [1, 2])
        mailbox.select("INBOX")
        assert [m.uid for m in mailbox.listed(uids)] == [2]


def test_a_full_disk_is_our_fault_and_not_the_wires(
    account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int, chunk: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.fetch.spool.os.write", full)
    with pytest.raises(StoreError, match="file system is full"), open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1, 5_000))
        mailbox.select("INBOX")
        mailbox.fetch(1, len(mail(1, 5_000)), tmp_path)


_FIFTY_MB = """
import resource, sys
from pathlib import Path
import ingest.fetch.mailbox
from ingest.fetch.mailbox import open_mailbox
from ingest.fetch.listing import Account
ingest.fetch.mailbox._WHOLE = int(sys.argv[3])
port, user, password = int(sys.argv[1]), sys.argv[2], sys.argv[4]
account = Account(id="warta", host="127.0.0.1", port=port, user=user, password=password, security="none")
with open_mailbox(account) as mailbox:
    listed = mailbox.new("INBOX", 0)
    mailbox.fetch(1, listed[0].size, Path(sys.argv[5]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    fetched = mailbox.fetch(2, listed[1].size, Path(sys.argv[5]))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, fetched.size, fetched.sha256)
"""


@pytest.mark.parametrize("whole_up_to", [0, 10**9], ids=["in pieces", "as one literal"])
def test_fifty_megabytes_cost_at_most_twelve_of_memory(
    account: Account, tmp_path: Path, whole_up_to: int
) -> None:
    raw = mail(2) + (b"0123456789abcde" * 5 + b"\r\n") * 681_000
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", mail(1, 5_000))
        mailbox.append("INBOX", raw)
    arguments = [str(account.port), account.user, str(whole_up_to), account.password, str(tmp_path)]
    ran = subprocess.run(
        [sys.executable, "-c", _FIFTY_MB, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    grown, size, sha256 = ran.stdout.split()
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, kilobytes on Linux
    assert (int(size), sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert int(grown) * unit <= 12 * 1024 * 1024
