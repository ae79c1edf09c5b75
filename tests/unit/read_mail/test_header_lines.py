"""Whose mail it is and what its header says do not depend on one odd line, nor on which parser
reads From."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read.parcel import read_email
from redaksi.arrival import Mail
from redaksi.limits import Identity, Safety
from redaksi.sender_policy.brought import NOTHING, Brought
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.sender_policy.table import classify_sender
from redaksi.sender_rule import SenderRule
from tests.builders import docx, jpeg, mail

FILES = Brought(attached=True, document=True)
OWN = Identity(addresses=("redaksi@warta.example",), authserv_id="mx.warta.example")
AUTHENTICATED = (
    "Authentication-Results: mx.warta.example; dmarc=pass header.from=kontributor.example\r\n"
)


def raw(*lines: str, sender: str = "From: Rahma <rahma@kontributor.example>") -> bytes:
    head = "\r\n".join(
        [*lines, sender, "To: redaksi@warta.example", "Subject: Warta", "Message-ID: <1@k.example>"]
    )
    return f"{AUTHENTICATED}{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nTerlampir naskah.\r\n".encode()


def read(octets: bytes) -> Mail:
    parcel = read_email(octets, "m", Safety())
    assert parcel.mail is not None
    return parcel.mail


@pytest.mark.parametrize(
    "odd",
    [
        ">From rahma Mon Nov 23 07:05:00 2026",
        "* 0.0 FREEMAIL_FROM Sender is a free provider",
        "X-Spam-Report : bersih",
        "Ünïcode: nama medan",
        "tanpa titik dua\r\n dan terusannya",
    ],
)
def test_a_line_that_is_no_field_ends_no_header(odd: str) -> None:
    told = read(raw(odd))
    assert (told.from_address, told.subject, told.text.strip()) == (
        "rahma@kontributor.example",
        "Warta",
        "Terlampir naskah.",
    )


@pytest.mark.parametrize(
    "field", ["Auto-Submitted : auto-replied", "Auto-Submitted\t: auto-replied"]
)
def test_white_space_before_the_colon_hides_no_field(field: str) -> None:
    told = read(raw(field))
    assert classify_sender(told, OWN, NOTHING).rule == SenderRule.AUTOMATIC


def test_a_spaced_spelling_of_our_borders_field_is_not_our_borders() -> None:
    forged = "Authentication-Results : mx.warta.example; dmarc=pass header.from=kontributor.example"
    told = read(raw(forged).removeprefix(AUTHENTICATED.encode()))
    assert classify_sender(told, OWN, FILES).rule == SenderRule.NOT_AUTHENTICATED


def test_what_stands_below_an_odd_line_still_decides() -> None:
    told = read(raw("* 0.0 FREEMAIL", "List-Id: <warga.kontributor.example>"))
    assert classify_sender(told, OWN, FILES).rule == SenderRule.MAILING_LIST


def test_attachments_survive_an_odd_line_above_content_type() -> None:
    whole = mail(attachments=[("Warta.docx", docx("Isi naskah.")), ("a.jpg", jpeg(64, 48))])
    field, rest = whole.split(b"\r\n", 1)
    parcel = read_email(
        field + b"\r\nX-Spam-Report : bersih\r\n* 0.0 baris\r\n" + rest, "m", Safety()
    )
    assert [file.name for file in parcel.files] == ["Warta.docx", "a.jpg"]


def test_a_body_without_an_empty_line_above_it_stays_a_body() -> None:
    octets = b"From: a@b.example\r\nSubject: x\r\nYth. Redaksi, ini naskahnya\r\nJudul: Warga\r\n\r\nSalam\r\n"
    told = read(octets)
    assert "Yth. Redaksi" in told.text
    assert [key for key, _ in told.headers] == ["From", "Subject"]


@pytest.mark.parametrize(
    "sender",
    [
        "From: =?utf-8?Q?m@evil.example(?= <victim@good.example> (=?utf-8?Q?))(?=)",
        f"From: ({'x' * 1960}) victim@good.example.evil.example",
        'From: "victim@good.example" <m@evil.example>',
        "From: victim@good.example <m@evil.example>",
        "From: m@evil.example (victim@good.example)",
    ],
)
def test_who_wrote_is_who_the_answering_table_judged(sender: str) -> None:
    told = read(raw(sender=sender))
    judged = mailboxes(sender.removeprefix("From: "))
    assert told.from_address == judged[0].address if len(judged) == 1 and judged[0] else True
    rule = classify_sender(told, OWN, FILES).rule
    assert rule == SenderRule.BAD_SENDER or told.from_address != "victim@good.example"


@given(st.text(alphabet='ab@."<>(),;:= ?Q\\[]', max_size=60))
def test_no_from_is_answered_as_one_and_filed_as_another(value: str) -> None:
    told = read(raw(sender=f"From: {value}"))
    if classify_sender(told, OWN, FILES).rule != SenderRule.BAD_SENDER:
        (box,) = mailboxes(value)
        assert box is not None
        assert told.from_address == box.address


def test_a_name_with_degrees_and_no_quotation_marks_is_one_mailbox() -> None:
    told = read(raw(sender="From: Rahmawati, S.Sos., M.Si. <rahma@kontributor.example>"))
    assert told.from_address == "rahma@kontributor.example"
    assert classify_sender(told, OWN, FILES).rule == SenderRule.AUTHENTICATED


def test_a_report_that_does_not_say_its_type_is_told_by_its_part() -> None:
    octets = (
        b"From: Mail <a@b.example>\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
        b"--b\r\n\r\nMaaf\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--\r\n"
    )
    assert read(octets).report_type == "delivery-status"


def test_a_comment_behind_a_media_type_hides_no_invitation() -> None:
    octets = (
        b"From: a@b.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nx\r\n"
        b"--b\r\nContent-Type: text/calendar (iMIP); method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n--b--\r\n"
    )
    assert read(octets).calendar
