"""One article over several mails, in Dovecot: examined at once, asked about only when the window
is over."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from desk.demo.makers import mail, photo, word
from desk.demo.post import part
from desk.demo.samples import ANDI, RAHMA
from desk.demo.show import Stage
from desk.demo.texts import article
from desk.inbound.accounts import imap_account
from desk.store.submissions import review_queue
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from tests.journey.scene import set_up

TEXT = article("Talise", "membangun jalan lingkungan", 1)
OTHER = article("Tallo", "mengolah sampah dapur", 2)
SAID = "A1.jpg: Warga meratakan beton di lorong.\nB2.jpg: Kaum ibu menyiapkan makan siang.\n"


class Inbox(Struct):
    """The stage with the window open, and a clock that both servers go by."""

    on: Stage
    now: datetime

    def minutes(self, span: float) -> None:
        """Time passes, and the desk does its round."""
        self.now += timedelta(minutes=span)
        config = self.on.app.config
        queue = msgspec.structs.replace(config.queue, settle=timedelta(minutes=10))
        app = msgspec.structs.replace(
            self.on.app, clock=lambda: self.now, config=msgspec.structs.replace(config, queue=queue)
        )
        assert not one_round(app).troubles

    def hand_in(self, raw: bytes) -> None:
        """It arrives now, and is taken in at once."""
        with open_mailbox(imap_account(self.on.app, self.on.app.config.mailbox[0])) as mailbox:
            mailbox.append("INBOX", raw, internaldate=self.now)
        self.minutes(0)

    def letters(self) -> list[str]:
        """The first line of every letter that left."""
        return [status(message_from_bytes(one.content)) for one in self.on.letterbox.letters]

    def rows(self) -> list[review_queue.QueueRow]:
        with self.on.app.store.read() as tx:
            return [row for row in review_queue.queue_rows(tx) if row.number.startswith("W-")]


def status(letter: Message) -> str:
    return part(letter, "text/plain").strip().splitlines()[0]


@pytest.fixture
def inbox(tmp_path: Path, account: Account) -> Iterator[Inbox]:
    with set_up(tmp_path, account) as on:
        yield Inbox(on, datetime.now(UTC).replace(microsecond=0))


def words(
    title: str = "BKM Sejahtera Palu Tuntaskan Jalan Lingkungan", text: list[str] = TEXT
) -> bytes:
    naskah = word(title, text, byline="Andi Tenri, Tim 02 Palu", captions=[])
    return mail(ANDI, "Naskah", f"Terlampir naskah {title}.\n", [(f"{title[:8]}.docx", naskah)])


def shots(sender: tuple[str, str] = ANDI) -> bytes:
    files = [("A1.jpg", photo(1600, 1200, 4)), ("B2.jpg", photo(1600, 1200, 5))]
    return mail(sender, "Foto", SAID, files)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["words first", "photos first"])
def test_words_and_photos_in_two_mails_are_one_submission_and_one_letter(
    inbox: Inbox, order: tuple[int, int]
) -> None:
    both = [words(), shots()]
    inbox.hand_in(both[order[0]])
    inbox.minutes(2)
    assert inbox.letters() == []
    inbox.hand_in(both[order[1]])
    inbox.minutes(30)
    (letter,) = inbox.letters()
    assert "Naskah diterima" in letter
    (row,) = inbox.rows()
    assert (row.state, row.latest_revision, len(row.documents)) == ("review", 2, 1)
    assert [(one.name, bool(one.caption)) for one in row.photos] == [
        ("A1.jpg", True),
        ("B2.jpg", True),
    ]


def test_what_is_missing_is_asked_for_when_the_window_is_over(inbox: Inbox) -> None:
    inbox.hand_in(words())
    inbox.minutes(9)
    assert inbox.letters() == []
    inbox.minutes(2)
    (letter,) = inbox.letters()
    assert "Perlu diperbaiki" in letter


def test_good_news_does_not_wait(inbox: Inbox) -> None:
    naskah = word(
        "BKM Sejahtera Palu Tuntaskan Jalan Lingkungan",
        TEXT,
        byline="Andi Tenri, Tim 02 Palu",
        captions=[],
    )
    files = [
        ("Naskah.docx", naskah),
        ("A1.jpg", photo(1600, 1200, 4)),
        ("B2.jpg", photo(1600, 1200, 5)),
    ]
    inbox.hand_in(mail(ANDI, "Naskah", SAID, files))
    (letter,) = inbox.letters()
    assert "Naskah diterima" in letter


def test_two_articles_within_the_window_are_two_submissions(inbox: Inbox) -> None:
    inbox.hand_in(words())
    inbox.minutes(2)
    inbox.hand_in(words("Ibu Tallo Mengolah Sampah Dapur", OTHER))
    assert [row.latest_revision for row in inbox.rows()] == [1, 1]


def test_the_photos_of_another_sender_are_not_joined(inbox: Inbox) -> None:
    inbox.hand_in(words())
    inbox.minutes(2)
    inbox.hand_in(shots(RAHMA))
    assert [row.latest_revision for row in inbox.rows()] == [1, 1]


def test_what_was_never_asked_for_is_no_return(inbox: Inbox) -> None:
    files = [
        [("A1.jpg", photo(1600, 1200, 4))],
        [("B2.jpg", photo(1600, 1200, 5))],
        [("C3.jpg", photo(1600, 1200, 6))],
    ]
    for one in files:
        inbox.hand_in(mail(ANDI, "Foto", f"Foto {one[0][0]} terlampir.\n", one))
        inbox.minutes(1)
    inbox.minutes(11)
    (row,) = inbox.rows()
    assert (row.latest_revision, row.state) == (3, "incomplete")
    assert len(inbox.letters()) == 1
