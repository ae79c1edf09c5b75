"""Two responders facing each other over a simulated day exchange at most one letter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import msgspec
import pytest

from desk.demo import dovecot
from desk.demo.makers import mail
from desk.demo.samples import LALU
from desk.demo.show import Stage, stage
from desk.worker import one_round


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Stage]:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    with stage(tmp_path) as staged:
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
    now = datetime.now(UTC)
    text, marks = RESPONDERS[responder]
    on.deliver(mail(LALU, "Naskah warta", "Terlampir naskah dan foto kami.\n"))
    seen = 0
    for hour in range(24):
        moment = now + timedelta(hours=hour)
        office = msgspec.structs.replace(on.office, clock=lambda moment=moment: moment)
        assert not one_round(office).troubles
        arrived = on.letterbox.letters[seen:]
        seen += len(arrived)
        for letter in arrived:
            on.deliver(vacation(message_from_bytes(letter.content), text, hour, marks))
    assert len(on.letterbox.letters) == 1
