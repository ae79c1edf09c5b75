"""Two responders facing each other over a simulated day exchange at most one letter; a ticket
system at most three."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec
import pytest

from desk.demo.makers import mail
from desk.demo.samples import LALU
from desk.demo.show import Stage
from desk.domain.rate_limit import ASKED_DOMAIN
from desk.store.outbound import outbox_queries
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from redaksi.reasons import ReasonCode, code_of
from tests.journey.scene import set_up


@pytest.fixture
def on(tmp_path: Path, account: Account) -> Iterator[Stage]:
    with set_up(tmp_path, account) as staged:
        yield staged


def vacation(to: Message, text: str, count: int, marks: list[tuple[str, str]]) -> bytes:
    chain = [*str(to["References"]).split(), str(to["Message-ID"])]
    headers = [("In-Reply-To", str(to["Message-ID"])), ("References", " ".join(chain)), *marks]
    return mail(LALU, f"Re: {to['Subject']}", f"{text}\n{count}\n", headers=headers)


RESPONDERS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "by the book (RFC 3834)": ("Saya sedang cuti.", [("Auto-Submitted", "auto-replied")]),
    "Exchange": ("I am out of office.", [("X-Auto-Response-Suppress", "All")]),
    "one that marks nothing": ("Terima kasih, surel Anda sudah kami terima. Mohon kirim lampiran.", []),
    "one that speaks of articles": ("Naskah dan foto Anda segera kami baca. Terlampir formulir.", []),
}  # fmt: skip


@pytest.mark.parametrize("responder", RESPONDERS)
def test_at_most_one_letter_in_a_day(on: Stage, responder: str) -> None:
    text, marks = RESPONDERS[responder]
    assert exchanged(on, lambda letter, count: vacation(letter, text, count, marks)) == 1


Answers = Callable[[Message, int], bytes]


def exchanged(on: Stage, answers: Answers, step: timedelta = timedelta(hours=1)) -> int:
    """Somebody writes without an article; whatever is sent is answered at the next look. Letters
    after 24 hours."""
    now, seen = datetime.now(UTC), 0
    on.deliver(mail(LALU, "Naskah warta", "Terlampir naskah dan foto kami.\n"))
    for count in range(timedelta(hours=24) // step):
        moment = now + count * step
        app = msgspec.structs.replace(on.app, clock=lambda moment=moment: moment)
        assert not one_round(app).troubles
        arrived = on.letterbox.letters[seen:]
        seen += len(arrived)
        for letter in arrived:
            on.deliver(answers(message_from_bytes(letter.content), seen))
    return len(on.letterbox.letters)


def form(_letter: Message, count: int) -> bytes:
    """Neither marks nor a thread, and a subject of its own; as if it handed an article in."""
    return mail(LALU, f"Naskah warta {count}", f"Terlampir naskah dan foto kami.\n{count}\n")


def brochure(letter: Message, count: int) -> bytes:
    """In the thread, with a file nobody has seen before."""
    headers = [
        ("In-Reply-To", str(letter["Message-ID"])),
        ("References", str(letter["Message-ID"])),
    ]
    files = [("brosur.pdf", b"%%PDF-1.4 brosur %d" % count)]
    return mail(
        LALU,
        f"Re: {letter['Subject']}",
        f"Terlampir brosur kami.\n{count}\n",
        files,
        headers=headers,
    )


def other_brochure(_letter: Message, count: int) -> bytes:
    """The same out of every thread."""
    files = [("berkas.pdf", b"%%PDF-1.4 berkas %d" % count)]
    return mail(LALU, f"Tiket {count}", f"Terlampir berkas kami.\n{count}\n", files)


def ticket(_letter: Message, count: int) -> bytes:
    """A new address for each letter."""
    sender = (f"Tiket {count}", f"tiket{count}@bantuan.example")
    return mail(sender, f"[#{1000 + count}] Naskah warta", f"Terlampir naskah kami.\n{count}\n")


@pytest.mark.parametrize("answers", [form, other_brochure])
def test_one_address_is_asked_for_what_is_missing_once(on: Stage, answers: Answers) -> None:
    assert exchanged(on, answers) == 1
    assert waiting(on)


def test_who_answers_in_the_thread_is_told_once_more_what_is_wrong_with_that(on: Stage) -> None:
    """A person who was told that nothing was attached and sends a PDF must hear of it; the next
    PDF is an editor's."""
    assert exchanged(on, brochure) == 2


def test_a_ticket_system_with_ever_new_addresses_is_asked_three_times(on: Stage) -> None:
    """The first letter goes to the person; the system behind it answers every five minutes."""
    assert exchanged(on, ticket, timedelta(minutes=5)) == 1 + 3
    assert waiting(on) == {ASKED_DOMAIN}


def waiting(on: Stage) -> set[ReasonCode | None]:
    """Why letters wait for an editor."""
    with on.app.store.read() as tx:
        return {code_of(one.reason) for one in outbox_queries.drafts(tx)}
