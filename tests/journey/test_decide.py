"""The editor's commands: decide about a submission, look at a letter before it is written."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from desk.app import open_reading
from desk.cli.common import require_configuration
from desk.demo import dovecot
from desk.demo.post import Letterbox, capturing
from desk.store import events
from desk.store.publications import editions
from desk.store.submissions import review_queue
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
        (("schedule", "--on", "now", "--initials", "epn"), "EPN"),
        (("decline", "--initials", "EPN"), "--initials"),
        (("note", "--ask", "Sebutkan sumbernya.", "--unchecked"), "--unchecked"),
        (("published", "--url", "http://127.0.0.1:9/warta"), "--unchecked"),
        (("taken_down",), "tidak dapat dilakukan"),
        (("schedule", "--on", "now", "--body", "tidak-ada.md"), "tidak-ada.md"),
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


def test_a_date_is_told_in_words_with_what_else_stands_on_that_day(desk: House) -> None:
    told = desk.run("decide", REF, "schedule", "--on", "2027-01-04T09:00", "--initials", "EPN")
    assert "Senin, 4 Januari 2027, pukul 09.00 WIB; hari itu tidak ada naskah lain" in told.output
    desk.deliver("doc-lama")
    desk.run("poll", "--once")
    both = desk.run(
        "decide", "W-2026-0002", "schedule", "--on", "2027-01-04T15:00", "--reason", "Perlu segera."
    )
    assert "pukul 15.00 WIB; hari itu ada 1 naskah lain" in both.output, both.output


def test_now_leaves_the_time_to_take_it_back(desk: House) -> None:
    desk.path.write_text(desk.path.read_text().replace('undo = "0s"', 'undo = "10m"'))
    told = desk.run("decide", REF, "schedule", "--on", "now")
    assert told.exit_code == 0, told.output
    with open_reading(require_configuration(desk.path)) as app, app.store.read() as tx:
        (row,) = [one for one in review_queue.queue_rows(tx) if one.number == REF]
        at = events.of_submission(tx, row.id)[-1].at
        assert row.publish_at is not None
        assert timedelta(minutes=9) < row.publish_at - at < timedelta(minutes=11)


def test_the_body_of_an_article_comes_from_a_file(desk: House, tmp_path: Path) -> None:
    body = tmp_path / "isi.md"
    body.write_text("Warga **membangun** jalan.\n", encoding="utf-8")
    told = desk.run("decide", REF, "schedule", "--on", "2027-01-04T09:00", "--body", str(body))
    assert told.exit_code == 0, told.output
    with open_reading(require_configuration(desk.path)) as app, app.store.read() as tx:
        kept = editions.newest(tx, 1)
    assert kept is not None
    assert "membangun" in str(kept.edition.body)
    for wrong, why in ((b"\xff", "UTF-8"), (b" \n", "kosong"), (b"x" * 200_001, "200 KB")):
        body.write_bytes(wrong)
        told = desk.run("decide", REF, "schedule", "--on", "2027-01-04T09:00", "--body", str(body))
        assert told.exit_code == 1
        assert why in told.output
