"""An answer that a mail program or mailbox rule marked as automatic reaches the editor; a robot's
words without files are nobody's answer."""

from datetime import timedelta
from email.message import Message

import pytest

from desk.demo.makers import mail, photo
from desk.demo.samples import ANDI, LALU
from desk.workflow.decisions import Decision, decide
from tests.journey.scene import Scene, first, only, reply, status

GOOD = ("IMG_3001.jpg", photo(1600, 1200, 4))

# What Exchange, its mailbox rules, gateways and phones put upon mails that people wrote.
MARKS: dict[str, list[tuple[str, str]]] = {
    "sent on by an Exchange rule": [
        ("Auto-Submitted", "auto-generated"),
        ("X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"),
    ],
    "Exchange suppresses replies": [("X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply")],
    "suppresses everything": [("X-Auto-Response-Suppress", "All")],
    "a gateway's precedence": [("Precedence", "junk")],
    "a redirect's empty return path": [("Return-Path", "<>")],
    "a list's precedence": [("Precedence", "bulk")],
    "a newsletter tool's field": [("List-Unsubscribe", "<mailto:keluar@example.net>")],
    "a notice to many": [("Auto-Submitted", "auto-notified")],
}


def marked(raw: bytes, marks: list[tuple[str, str]]) -> bytes:
    block = "".join(f"{name}: {value}\r\n" for name, value in marks).encode()
    assert raw.count(b"\r\nMIME-Version", 0, 4000) or raw.count(b"\nMIME-Version", 0, 4000)
    return raw.replace(b"MIME-Version", block + b"MIME-Version", 1)


def asked(scene: Scene) -> Message:
    """A submission whose photo is too small; the letter that says so."""
    scene.hand_in(first())
    return only(scene.letters())


def pass_days(scene: Scene, days: int) -> list[str]:
    """One round a day; what letters say that arrive."""
    arrived = []
    for _ in range(days):
        scene.now += timedelta(days=1)
        scene.round()
        arrived += [str(letter["Subject"]) for letter in scene.letters()]
    return arrived


@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_the_photo_asked_for_joins_and_without_it_the_same_mail_is_an_event(
    scene: Scene, marks: list[tuple[str, str]]
) -> None:
    letter = asked(scene)
    scene.hand_in(marked(reply(letter, "Surel Anda sudah kami terima.\n"), marks))
    row = scene.row()
    assert (row.state, row.latest_revision, dict(row.attention.flags)) == ("revising", 1, {})
    scene.hand_in(marked(reply(letter, "Ini fotonya.\n", GOOD), marks))
    assert scene.letters() == []
    row = scene.row()
    widths = [photo.width for photo in row.photos]
    assert (row.state, row.latest_revision, widths) == ("review", 2, [1600])


def test_an_answer_sent_on_by_a_mailbox_rule_is_never_reminded_or_closed(scene: Scene) -> None:
    letter = asked(scene)
    marks = MARKS["sent on by an Exchange rule"]
    scene.hand_in(marked(reply(letter, "Ini fotonya.\n", GOOD), marks))
    assert pass_days(scene, 75) == []
    assert scene.row().state == "review"


def test_an_automatic_reply_stops_neither_the_reminder_nor_the_end(scene: Scene) -> None:
    letter = asked(scene)
    marks = [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    banner = ("banner.jpg", photo(1600, 400, 9))
    scene.hand_in(marked(reply(letter, "Saya sedang cuti.\n", banner), marks))
    assert scene.row().latest_revision == 1
    told = pass_days(scene, 30)
    assert len(told) == 2
    assert scene.row().state == "expired"


def test_a_colleagues_answer_is_paired_and_until_then_nobody_is_reminded(scene: Scene) -> None:
    letter = asked(scene)
    scene.hand_in(reply(letter, "Saya rekan Pak Andi, ini fotonya.\n", GOOD, sender=LALU))
    first_one, stray = scene.rows()
    assert (first_one.state, stray.state) == ("revising", "review")
    assert stray.attention.candidates == (first_one.number,)
    assert pass_days(scene, 30) == []
    decide(scene.app, stray.number, Decision(event="discard"))
    assert len(pass_days(scene, 3)) == 1


def test_the_redirected_answer_of_a_sender_nobody_vouches_for_is_an_editors(scene: Scene) -> None:
    letter = asked(scene)
    raw = marked(reply(letter, "Ini fotonya.\n", GOOD), MARKS["sent on by an Exchange rule"])
    scene.hand_in(raw.replace(b"dmarc=pass", b"dmarc=fail"))
    first_one, stray = scene.rows()
    assert (first_one.state, stray.state, scene.letters()) == ("revising", "review", [])
    assert stray.attention.candidates == (first_one.number,)


# ── threads as mail programs mangle them ──────────────────────────────────────────────────────────

THREADS = {
    "references with commas": [("References", "<abc@x.example>, {id}")],
    "words around it (RFC 822)": [("In-Reply-To", "Your message of Mon, 23 Nov 2026 {id} (Redaksi)")],
    "two in one field": [("In-Reply-To", "<abc@x.example> {id}"), ("References", "<abc@x.example> {id}")],
    "without angle brackets": [("In-Reply-To", "{bare}")],
    "a relay wrote another in between": [("In-Reply-To", "<0100@ses.example>"), ("References", "{id} <0100@ses.example>")],
}  # fmt: skip


@pytest.mark.parametrize("fields", THREADS.values(), ids=THREADS)
def test_an_answer_is_known_by_our_letters_name(
    scene: Scene, fields: list[tuple[str, str]]
) -> None:
    name = str(asked(scene)["Message-ID"])
    headers = [(key, value.format(id=name, bare=name.strip("<>"))) for key, value in fields]
    scene.hand_in(mail(ANDI, "Foto susulan", "Ini fotonya.\n", [GOOD], headers=headers))
    assert scene.row().latest_revision == 2
    assert "diterima" in status(only(scene.letters()))


def test_signature_pictures_that_come_with_each_answer_are_no_revision(scene: Scene) -> None:
    letter = asked(scene)
    logos = [
        ("image001.png", photo(120, 60, 9, kind="PNG")),
        ("image002.png", photo(100, 50, 8, kind="PNG")),
    ]
    scene.hand_in(reply(letter, "Ini fotonya.\n", *logos, GOOD))
    assert len(scene.letters()) == 1
    scene.hand_in(reply(letter, "Terima kasih.\n", *logos))
    assert (scene.row().latest_revision, scene.letters()) == (2, [])
    assert [each.name for each in scene.row().photos] == [GOOD[0]]
