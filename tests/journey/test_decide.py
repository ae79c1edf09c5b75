"""The editor's commands: decide about a submission, look at a letter before it is written."""

from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from publisher.letters.letter_context import KINDS
from tests.journey.test_commands import House

REF = "W-2026-0001"


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def desk(tmp_path: Path, dovecot_server: dovecot.Dovecot, box: Letterbox) -> Iterator[House]:
    with capturing(box) as port:
        house = House(tmp_path, dovecot_server, port)
        house.path.write_text(house.path.read_text() + 'undo = "0s"\n')
        house.deliver("lengkap")
        assert house.run("poll", "--once").exit_code == 0
        yield house


def test_a_decision_writes_its_letter_and_sends_it_even_in_draft(
    desk: House, box: Letterbox
) -> None:
    told = desk.run(
        "decide",
        REF.lower(),
        "schedule",
        "--on",
        "2027-01-04T09:00",
        "--editor",
        "Nina",
        "--try",
        "1",
    )
    assert told.exit_code == 0, told.output
    assert "terjadwal; surat" in told.output
    desk.run("poll", "--once")
    assert [str(message_from_bytes(one.content)["Subject"]) for one in box.letters] == [
        "Re: Naskah Warta Siantan Hulu"
    ]
    assert "0 surat menunggu" in desk.run("letters", "list").output


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("schedule",), "memerlukan waktu"),
        (("note",), "memerlukan permintaan"),
        (("release",), "tidak dapat dilakukan"),
        (("return",), "tidak ada temuan"),
        (("decline", "--try", "7"), "lebih baru"),
        (("schedule", "--on", "besok"), "misalnya"),
    ],
)
def test_what_cannot_be_decided_says_why(desk: House, arguments: tuple[str, ...], why: str) -> None:
    told = desk.run("decide", REF, *arguments)
    assert told.exit_code != 0
    assert why in told.output
    assert "Siap ditinjau" in desk.run("queue").output


def test_a_silent_decision_writes_no_letter(desk: House, box: Letterbox) -> None:
    assert "tanpa surat" in desk.run("decide", REF, "decline", "--silent").output
    desk.run("poll", "--once")
    assert not box.letters


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_can_be_looked_at_before_it_is_written(desk: House, kind: str) -> None:
    told = desk.run("letters", "preview", kind, "--ref", REF)
    assert told.exit_code == 0, told.output
    assert kind == "digest" or REF in told.output
    assert "1 surat menunggu" in desk.run("letters", "list").output
