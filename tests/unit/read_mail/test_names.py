"""What an attachment is called: RFC 2231, RFC 2047 where it does not belong, raw octets, nothing
at all."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.read_mail.mails import mail, names, parcel, picture

BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
PHOTO = picture(20, 20)


def named(disposition: bytes, kind: bytes = b"image/jpeg") -> str:
    part = b"Content-Type: " + kind + b"\r\nContent-Disposition: " + disposition + b"\r\n\r\nisi"
    (name,) = names(parcel(mail(part)))
    return name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b'attachment; filename="foto banjir.jpg"', "foto banjir.jpg"),
        (b"attachment; filename=foto.jpg", "foto.jpg"),
        (b"attachment; filename*=UTF-8''foto%20%C3%A9.jpg", "foto é.jpg"),
        (b"attachment; filename*=ISO-8859-1'id'foto%20%E9.jpg", "foto é.jpg"),
        (
            b"attachment; filename*0*=UTF-8''foto%20; filename*1=banjir; filename*2*=%20%C3%A9.jpg",
            "foto banjir é.jpg",
        ),
        (b"attachment; filename*1=ir.jpg; filename*0=banj", "banjir.jpg"),
        (b"attachment; filename=lama.jpg; filename*=UTF-8''baru.jpg", "baru.jpg"),
        (b'attachment; filename="=?UTF-8?Q?foto_=C3=A9.jpg?="', "foto é.jpg"),
        (b'attachment; filename="=?UTF-8?B?Zm90byDDqS5qcGc=?="', "foto é.jpg"),
        (b'attachment; filename="=?UTF-8?Q?Sudah_si=C3=A1p?_Belum.jpg?="', "Sudah siáp_ Belum.jpg"),
        (b'attachment; filename="=?utf-8?q?Apa??_Kabar.jpg?="', "Apa_ Kabar.jpg"),
        (b'attachment; filename="=?iso-8859-1?Q?Mengapa?_Karena.jpg?="', "Mengapa_ Karena.jpg"),
        (b'attachment; filename="=?UTF-8?Q?a?b=C3=A9?c.jpg?="', "a_bé_c.jpg"),
        (b'attachment; filename="=?UTF-8?Q?a?.jpg?= =?UTF-8?Q?_b.jpg?="', "a_.jpg b.jpg"),
        (b'attachment; filename="=?UTF-8?B?Zm90byA=?=\r\n =?UTF-8?B?w6kuanBn?="', "foto é.jpg"),
        (b'attachment; filename="foto \xc3\xa9.jpg"', "foto é.jpg"),
        (b'attachment; filename="foto \xe9.jpg"', "foto é.jpg"),
        (b'attachment; filename="a\\"b;c.jpg"', "a_b;c.jpg"),
        (b'attachment; filename="tak ditutup.jpg', "tak ditutup.jpg"),
        (b'attachment; filename="../../etc/passwd"', "passwd"),
        (b'attachment; filename="C:\\\\foto\\\\a.jpg"', "a.jpg"),
        (b'attachment; filename="a\x00b.jpg"', "a b.jpg"),
        (b'attachment; filename="=?utf-8?q?a=0D=0ABcc:_x.jpg?="', "a Bcc_ x.jpg"),
        (b'attachment; filename="=?unicode_escape?q?=5Cu0041.jpg?="', "u0041.jpg"),
    ],
)
def test_the_name_its_sender_meant(disposition: bytes, name: str) -> None:
    assert named(disposition) == name


def test_the_name_of_the_content_type_when_the_disposition_has_none() -> None:
    assert named(b"attachment", b'image/jpeg; name="dari tipe.jpg"') == "dari tipe.jpg"


def test_a_file_without_a_name_gets_one_from_its_content() -> None:
    part = b"Content-Type: application/octet-stream\r\n\r\n" + PHOTO
    assert names(parcel(mail(part))) == ["lampiran-1.jpg"]


def test_the_same_name_twice_stays_two_files_with_two_names() -> None:
    part = (
        b'Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename="%s"\r\n\r\n'
        + PHOTO
    )
    found = parcel(
        mail(
            part.replace(b"%s", b"foto.jpg"),
            part.replace(b"%s", b"FOTO.jpg"),
            part.replace(b"%s", b"foto.jpg"),
        )
    )
    assert names(found) == ["foto.jpg", "FOTO-2.jpg", "foto-3.jpg"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200).filter(lambda value: b"\n" not in value and b"\r" not in value))
def test_no_octets_make_a_name_that_is_a_path_or_holds_controls(value: bytes) -> None:
    part = (
        b"Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename="
        + value
        + b"\r\n\r\nisi"
    )
    for name in names(parcel(mail(part))):
        assert name
        assert not set(name) & set('/\\:*?"<>|')
        assert not [
            char for char in name if unicodedata.category(char) in ("Cc", "Cs") or char in BIDI
        ]
        assert name.strip(". ") == name
