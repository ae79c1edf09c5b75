"""Polling a real Dovecot whose folders are reset, emptied, refilled and cut off: nothing lost,
nothing twice."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest.fetch import sync
from ingest.fetch.listing import Account, Listed
from ingest.fetch.mailbox import Mailbox, open_mailbox
from ingest.fetch.spool import Fetched
from ingest.fetch.sync import Known
from redaksi.errors import Unreachable
from tests.faultproxy import proxied

START = datetime(2026, 11, 1, 8, tzinfo=UTC)


def mail(number: int, lines: int = 20) -> bytes:
    return (
        b"Message-ID: <%d@example.org>\r\n\r\n" % number
        + b"Warga %d bergotong royong.\r\n" % number * lines
    )


def put(mailbox: Mailbox, folder: str, *numbers: int, lines: int = 20) -> None:
    for number in numbers:
        mailbox.append(folder, mail(number, lines), internaldate=START + timedelta(minutes=number))


class Reader:
    """A ledger in memory and the poll that keeps it, as `desk.inbound.poll` does with the store."""

    def __init__(self, into: Path) -> None:
        self.into = into
        self.ledger: list[Known] = []
        self.marks: dict[str, tuple[int, int]] = {}
        self.filed: list[str] = []  # hashes, in order

    def poll(self, mailbox: Mailbox, folder: str = "INBOX") -> None:
        here = mailbox.select(folder)
        above = sync.resume_after(self.marks.get(folder), here.uidvalidity)
        listing = mailbox.new(folder, above)
        found = sync.plan(
            self.ledger, listing, folder=folder, uidvalidity=here.uidvalidity, max_message=10**8
        )
        for listed, _ in found.again:
            self._note(listed, folder, here.uidvalidity)
        for listed in found.download:
            fetched = mailbox.fetch(listed.uid, listed.size, self.into)
            assert hashlib.sha256(fetched.path.read_bytes()).hexdigest() == fetched.sha256
            fetched.path.unlink()
            if fetched.sha256 not in self.filed:
                self.filed.append(fetched.sha256)
            self._note(listed, folder, here.uidvalidity)
        self.marks[folder] = (
            here.uidvalidity,
            sync.watermark(
                above, [m.uid for m in listing], self.accounted(folder, here.uidvalidity)
            ),
        )

    def accounted(self, folder: str, uidvalidity: int) -> set[int]:
        return {
            row.uid for row in self.ledger if (row.folder, row.uidvalidity) == (folder, uidvalidity)
        }

    def _note(self, listed: Listed, folder: str, uidvalidity: int) -> None:
        self.ledger.append(
            Known(
                row=len(self.ledger),
                folder=folder,
                uidvalidity=uidvalidity,
                uid=listed.uid,
                size=listed.size,
                internaldate=listed.internaldate,
                gm_msgid=listed.gm_msgid,
                message_id=listed.message_id,
            )
        )


def hashes(*numbers: int, lines: int = 20) -> list[str]:
    return [hashlib.sha256(mail(number, lines)).hexdigest() for number in numbers]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_a_second_poll_finds_nothing_to_do(account: Account, reader: Reader) -> None:
    with open_mailbox(account) as mailbox:
        put(mailbox, "INBOX", 1, 2, 3)
        reader.poll(mailbox)
        rows = len(reader.ledger)
        reader.poll(mailbox)
    assert reader.filed == hashes(1, 2, 3)
    assert len(reader.ledger) == rows


def test_after_a_uidvalidity_reset_only_new_mails_are_downloaded(
    account: Account, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_mailbox(account) as mailbox:
        put(mailbox, "Masuk", 1, 2, 3)
        reader.poll(mailbox, "Masuk")
        mailbox.select("INBOX")
        mailbox._client.delete_folder("Masuk")
        put(mailbox, "Masuk", 4, 3, 1, 5)  # old and new, in another order; 2 is gone
        asked: list[int] = []
        fetch = Mailbox.fetch

        def counted(self: Mailbox, uid: int, size: int, into: Path) -> Fetched:
            asked.append(uid)
            return fetch(self, uid, size, into)

        monkeypatch.setattr(Mailbox, "fetch", counted)
        reader.poll(mailbox, "Masuk")
        here = mailbox.select("Masuk")
        left = sync.reconcile(
            reader.accounted("Masuk", here.uidvalidity), mailbox.all_uids("Masuk")
        )
    assert asked == [1, 4]
    assert reader.filed == hashes(1, 2, 3, 4, 5)
    assert left.overlooked == ()


def test_a_mail_moved_to_another_watched_folder_is_one_mail(
    account: Account, reader: Reader
) -> None:
    with open_mailbox(account) as mailbox, open_mailbox(account) as editor:
        put(mailbox, "INBOX", 1, 2)
        reader.poll(mailbox)
        editor._client.select_folder("INBOX")
        editor._client.move([1], "Spam")
        reader.poll(mailbox, "Spam")
        reader.poll(mailbox)
    assert (reader.filed, len(reader.ledger)) == (hashes(1, 2), 3)


def test_a_mail_deleted_and_put_back_is_one_mail(account: Account, reader: Reader) -> None:
    with open_mailbox(account) as mailbox:
        put(mailbox, "INBOX", 1)
        reader.poll(mailbox)
        mailbox._client.select_folder("INBOX")
        mailbox._client.delete_messages([1])
        mailbox._client.expunge()
        put(mailbox, "INBOX", 1, 2)
        reader.poll(mailbox)
    assert reader.filed == hashes(1, 2)


def test_cuts_during_the_first_poll_of_a_full_mailbox_lose_nothing_and_cost_little(
    account: Account, reader: Reader
) -> None:
    numbers = range(1, 21)
    with open_mailbox(account) as mailbox:
        put(mailbox, "INBOX", *numbers, lines=20_000)
    total = sum(len(mail(number, 20_000)) for number in numbers)
    with proxied(account.host, account.port) as proxy:
        through = replace(account, host=proxy.host, port=proxy.port)
        for count in (10, 700_003, 1_300_001, 2_111_111, 333_333, 1_000_000):
            proxy.break_after(count)
            with pytest.raises(Unreachable), open_mailbox(through) as mailbox:
                reader.poll(mailbox)
        with open_mailbox(through) as mailbox:
            reader.poll(mailbox)
        assert proxy.received <= 1.05 * total
    assert reader.filed == hashes(*numbers, lines=20_000)
