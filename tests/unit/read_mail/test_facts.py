"""What the header says: who, when, what about, in answer to what."""

import pytest

from redaksi.arrival import Mail
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import mail, multipart, parcel, simple, text


def of(headers: bytes) -> Mail:
    found = parcel(headers + b"\r\n\r\nisi").mail
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sender", "address", "name"),
    [
        (b"siti@contoh.id", "siti@contoh.id", ""),
        (b"Siti Aminah <siti@contoh.id>", "siti@contoh.id", "Siti Aminah"),
        (b'"Siti, S.Pd." <siti@contoh.id>', "siti@contoh.id", "Siti, S.Pd."),
        (b"=?utf-8?q?Siti_N=C3=BBr?= <siti@contoh.id>", "siti@contoh.id", "Siti Nûr"),
        (b'"=?utf-8?q?Siti_N=C3=BBr?=" <siti@contoh.id>', "siti@contoh.id", "Siti Nûr"),
        (b"=?utf-8?b?U2l0?= =?utf-8?b?aQ==?= <siti@contoh.id>", "siti@contoh.id", "Siti"),
        (b"=?idna?q?xn--a?= <siti@contoh.id>", "siti@contoh.id", "xn--a"),
        ("Siti Nûr <siti@contoh.id>".encode(), "siti@contoh.id", "Siti Nûr"),
        ("Siti Nûr <siti@contoh.id>".encode("latin-1"), "siti@contoh.id", "Siti Nûr"),
        (b"siti@contoh.id (Siti Aminah)", "siti@contoh.id", "Siti Aminah"),
        (
            b"=?utf-8?q?a=0D=0ABcc=3A_x=40y=2Eid?= <siti@contoh.id>",
            "siti@contoh.id",
            "a Bcc: x@y.id",
        ),
        (b"Siti <siti@contoh.id", "", ""),
        (b"", "", ""),
    ],
)
def test_the_sender(sender: bytes, address: str, name: str) -> None:
    found = of(b"From: " + sender)
    assert (found.from_address, found.from_name) == (address, name)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"Banjir di Sintang", "Banjir di Sintang"),
        (b"=?utf-8?q?Banjir_=E2=80=93_Sintang?=", "Banjir – Sintang"),
        (b"=?utf-8?b?QmFuamly?=\r\n =?utf-8?b?IFNpbnRhbmc=?=", "Banjir Sintang"),
        (b"=?utf-8?b?w?= Banjir", "=?utf-8?b?w?= Banjir"),
        (b"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"),
        (b"Banjir\r\n di Sintang", "Banjir di Sintang"),
        (b"=?utf-8?q?x=0D=0ABcc:_korban=40contoh.id?=", "x Bcc: korban@contoh.id"),
        (b"a\rBcc: korban@contoh.id", "a Bcc: korban@contoh.id"),
        (b"Foto \xe2\x80\xae gpj", "Foto gpj"),
        (b"", ""),
    ],
)
def test_the_subject_is_one_clean_line(subject: bytes, expected: str) -> None:
    assert of(b"From: a@b.id\r\nSubject: " + subject).subject == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (b"Mon, 3 Feb 2025 10:12:22 +0700", "2025-02-03T10:12:22+07:00"),
        (b"3 Feb 2025 10:12 +0900 (WIT)", "2025-02-03T10:12:00+09:00"),
        (b"Tue, 3 Feb 2025 10:12:22 +0700", "2025-02-03T10:12:22+07:00"),
        (b"Mon, 3 Feb 2025 10:12:22 GMT", "2025-02-03T10:12:22+00:00"),
        (b"Mon, 3 Feb 1925 10:12:22 +0700", None),
        (b"Mon, 31 Feb 2025 10:12:22 +0700", None),
        (b"kemarin", None),
        (b"9" * 5000, None),
        (b"", None),
    ],
)
def test_the_date_with_its_offset_or_none(date: bytes, expected: str | None) -> None:
    assert of(b"From: a@b.id\r\nDate: " + date).date == expected


def test_message_ids_keep_their_brackets_and_get_them_when_missing() -> None:
    found = of(
        b"Message-ID: satu@contoh.id\r\nIn-Reply-To: re: <dua@contoh.id>\r\nReferences: <a@b>\r\n <c@d> sampah"
    )
    assert (found.message_id, found.in_reply_to) == ("<satu@contoh.id>", "<dua@contoh.id>")
    assert found.references == ("<a@b>", "<c@d>")


def test_header_fields_stay_in_order_unfolded_and_undecoded() -> None:
    found = of(
        b"Received: satu\r\nReceived: dua\r\nSubject: =?utf-8?q?a?=\r\n b\r\nX-Nama: \xc3\xa9 \xff"
    )
    assert found.headers == (
        ("Received", "satu"),
        ("Received", "dua"),
        ("Subject", "=?utf-8?q?a?= b"),
        ("X-Nama", "Ã© ÿ"),
    )
    assert found.all("received") == ["satu", "dua"]


def test_the_report_type_of_a_bounce() -> None:
    raw = b"From: a@b.id\r\n" + multipart(
        text("gagal"), kind=b"report; report-type=Delivery-Status"
    )
    found = parcel(raw).mail
    assert found is not None
    assert found.report_type == "delivery-status"


def test_the_report_type_is_told_even_of_a_refused_mail() -> None:
    raw = b"From: a@b.id\r\n" + multipart(
        *[text("x")] * 600, kind=b"report; report-type=delivery-status"
    )
    found = parcel(raw)
    assert text_of(found.refused) == 'parts_limit {"most": "500"}'
    assert found.mail is not None
    assert found.mail.report_type == "delivery-status"


INVITATION = b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"


@pytest.mark.parametrize(
    ("raw", "calendar"),
    [
        (simple(b"BEGIN:VCALENDAR", b"Content-Type: text/calendar; method=REPLY\r\n"), True),
        (mail(text("undangan"), INVITATION, kind=b"alternative"), True),
        (
            mail(multipart(text("undangan"), INVITATION, kind=b"alternative", boundary=b"dalam")),
            True,
        ),
        (mail(text("naskah dan undangan"), INVITATION), False),
        (mail(text("x"), INVITATION.replace(b"; method=REQUEST", b""), kind=b"alternative"), False),
        (simple(b"biasa"), False),
    ],
    ids=["top", "alternative", "alternative inside", "attached", "without a method", "none"],
)
def test_an_invitation_is_told_from_an_attached_calendar(raw: bytes, calendar: bool) -> None:
    found = parcel(raw).mail
    assert found is not None
    assert found.calendar is calendar
