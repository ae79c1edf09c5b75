"""Which byte streams of a mail are files, what they are, and which are set aside."""

import base64
import binascii
import hashlib
import mmap
import tempfile

import pytest

from ingest.read.parcel import read_email, read_files
from redaksi.limits import Safety
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import (
    attachment,
    docx,
    mail,
    multipart,
    named,
    names,
    parcel,
    picture,
    simple,
    text,
    zipped,
)

PHOTO = picture()
LOGO = picture(120, 60, "PNG")


def test_a_file_is_its_decoded_octets_and_gives_them_anew() -> None:
    file = named(
        parcel(mail(text("isi"), attachment(PHOTO, "foto.jpg", b"image/jpeg"))), "foto.jpg"
    )
    assert (file.kind, file.size, file.sha256) == (
        "jpeg",
        len(PHOTO),
        hashlib.sha256(PHOTO).hexdigest(),
    )
    assert file.load() == PHOTO
    assert file.load() == PHOTO
    assert (file.origin, text_of(file.aside), text_of(file.refused), file.declared) == (
        "attached",
        "",
        "",
        "image/jpeg",
    )


def test_the_kind_is_that_of_the_content_whatever_name_and_type_say() -> None:
    part = attachment(docx(), "foto.jpg", b"image/jpeg")
    assert named(parcel(mail(part)), "foto.jpg").kind == "docx"


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
@pytest.mark.parametrize("encoding", [b"8bit", b"binary", b"tidak-dikenal"])
def test_an_unencoded_file_is_its_octets_as_they_are(encoding: bytes, newline: bytes) -> None:
    octets = PHOTO.replace(b"\r", b"").replace(b"\n", b"")
    part = b"Content-Type: image/jpeg\nContent-Transfer-Encoding: " + encoding + b"\n\n"
    raw = mail(part + octets).replace(b"\r\n", b"\n").replace(b"\n", newline)
    assert named(parcel(raw), "lampiran-1.jpg").load() == octets


@pytest.mark.parametrize(
    "encoding", [b"BASE64", b"base64 ", b" base64;", b'"base64"', b"base64 (biasa)"]
)
def test_an_encoding_is_known_however_it_is_written(encoding: bytes) -> None:
    part = attachment(PHOTO, "foto.jpg").replace(b"Encoding: base64", b"Encoding: " + encoding)
    assert named(parcel(mail(part)), "foto.jpg").load() == PHOTO


def test_uuencoded_octets_are_decoded() -> None:
    lines = b"".join(binascii.b2a_uu(PHOTO[at : at + 45]) for at in range(0, len(PHOTO), 45))
    part = (
        b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 foto.jpg\n"
        + lines
    )
    assert named(parcel(mail(part + b"`\nend\n")), "lampiran-1.jpg").load() == PHOTO


def test_a_photo_cut_in_transit_is_what_came_of_it() -> None:
    part = attachment(PHOTO, "foto.jpg", b"image/jpeg")
    file = named(parcel(mail(part)[: -len(part) // 2 - 1]), "foto.jpg")
    assert file.kind == "jpeg"
    assert PHOTO.startswith(file.load())
    assert file.size > len(PHOTO) // 3


def test_a_mail_that_is_one_photo_is_one_file() -> None:
    raw = simple(
        base64.encodebytes(PHOTO),
        b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n",
    )
    assert names(parcel(raw)) == ["lampiran-1.jpg"]


def test_every_stream_is_one_file_and_words_are_none() -> None:
    raw = mail(
        multipart(text("isi"), text("<p>isi</p>", b"html"), kind=b"alternative", boundary=b"dalam"),
        attachment(docx(), "naskah.docx"),
        attachment(PHOTO, "foto.jpg"),
        attachment(b"", "kosong.jpg"),
    )
    assert [(file.name, file.kind) for file in parcel(raw).files] == [
        ("naskah.docx", "docx"),
        ("foto.jpg", "jpeg"),
        ("kosong.jpg", "empty"),
    ]


@pytest.mark.parametrize(
    "value",
    [b'multipart/mixed; boundary="lain"', b"multipart/mixed", b"multipart/mixed; boundary="],
)
def test_a_boundary_told_wrong_loses_no_attachment(value: bytes) -> None:
    raw = mail(text("isi"), attachment(PHOTO, "foto.jpg")).replace(
        b'multipart/mixed; boundary="batas"', value
    )
    found = parcel(raw)
    assert found.mail is not None
    assert (found.mail.text, names(found)) == ("isi", ["foto.jpg"])


def test_a_file_printed_in_a_log_does_not_show_the_mail() -> None:
    found = parcel(
        mail(attachment(PHOTO, "foto.jpg"), attachment(zipped([("a.jpg", PHOTO)]), "a.zip"))
    )
    assert len(repr(found)) < 4000


# ── inline photos and logos ───────────────────────────────────────────────────────────────────────


def related(picture_part: bytes, page: str) -> bytes:
    return mail(text(page, b"html"), picture_part, kind=b"related")


def test_a_photo_pasted_into_gmail_is_a_photo() -> None:
    part = attachment(
        PHOTO,
        "image.png",
        b"image/png",
        b"inline",
        b"Content-ID: <ii_m1>\r\nX-Attachment-Id: ii_m1\r\n",
    )
    (file,) = parcel(related(part, '<img src="cid:ii_m1" width="400">')).files
    assert (file.origin, text_of(file.aside), file.content_id) == ("inline", "", "ii_m1")


def test_a_photo_that_apple_mail_shows_inline_is_a_photo() -> None:
    (file,) = parcel(
        mail(text("isi"), attachment(PHOTO, "IMG_1.jpeg", b"image/jpeg", b"inline"))
    ).files
    assert (file.origin, text_of(file.aside)) == ("inline", "")


def test_a_photo_in_the_middle_of_apples_text_is_marked_there() -> None:
    photos = [attachment(PHOTO, f"IMG_{n}.jpeg", b"image/jpeg", b"inline") for n in (1, 2)]
    captions = [text("Warga menggali parit."), text("Lurah meninjau.")]
    between = mail(text("Naskah"), photos[0], captions[0], photos[1], captions[1])
    assert parcel(between).layout.split("\n\n") == [
        "Naskah",
        "[image: IMG_1.jpeg]",
        "Warga menggali parit.",
        "[image: IMG_2.jpeg]",
        "Lurah meninjau.",
    ]
    over = mail(captions[0], photos[0], captions[1], photos[1])
    assert parcel(over).layout.endswith("[image: IMG_2.jpeg]")
    below = mail(text("Naskah"), photos[0], photos[1], text("\r\nDikirim dari iPhone saya"))
    assert "[image:" not in parcel(below).layout


def test_a_document_that_apple_mail_calls_inline_is_an_attachment() -> None:
    (file,) = parcel(
        mail(text("isi"), attachment(docx(), "naskah.docx", disposition=b"inline"))
    ).files
    assert (file.origin, file.kind) == ("attached", "docx")


def test_a_small_picture_in_the_text_is_a_signatures_logo() -> None:
    part = attachment(
        LOGO, "image001.png", b"image/png", b"inline", b"Content-ID: <image001.png@01>\r\n"
    )
    (file,) = parcel(related(part, '<img src="cid:image001.png@01">')).files
    assert text_of(file.aside) == "signature_logo"


def test_a_large_picture_that_outlook_named_image001_is_a_photo() -> None:
    part = attachment(
        PHOTO, "image001.jpg", b"image/jpeg", b"inline", b"Content-ID: <image001.jpg@01>\r\n"
    )
    (file,) = parcel(related(part, '<img src="cid:image001.jpg@01">')).files
    assert (file.origin, text_of(file.aside)) == ("inline", "")


def test_a_small_attached_photo_is_no_logo_even_with_the_id_that_gmail_gives_all() -> None:
    part = attachment(LOGO, "foto.png", b"image/png", extra=b"Content-ID: <f_m1>\r\n")
    (file,) = parcel(mail(text("<p>isi</p>", b"html"), part)).files
    assert (file.origin, text_of(file.aside)) == ("attached", "")


def test_a_small_picture_under_outlooks_name_is_a_logo_even_when_it_comes_attached() -> None:
    (file,) = parcel(mail(text("isi"), attachment(LOGO, "image002.png", b"image/png"))).files
    assert text_of(file.aside) == "signature_logo"


def test_a_logo_is_found_by_an_escaped_reference() -> None:
    part = attachment(
        LOGO, "logo.png", b"image/png", b"inline", b"Content-ID: <logo@contoh.id>\r\n"
    )
    (file,) = parcel(related(part, "<img src='CID:logo%40contoh.id'>")).files
    assert text_of(file.aside) == "signature_logo"


# ── set aside ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR", "calendar"),
        (attachment(b"BEGIN:VCALENDAR\r\n", "a.bin"), "calendar"),
        (attachment(b"BEGIN:VCARD\r\n", "siti.vcf", b"text/x-vcard"), "contact_card"),
        (attachment(b"0\x80", "smime.p7s", b"application/pkcs7-signature"), "smime_signature"),
        (
            b"Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----",
            "pgp_signature",
        ),
        (b"Content-Type: message/delivery-status\r\n\r\nAction: failed", "delivery_status"),
        (
            b"Content-Type: message/disposition-notification\r\n\r\nDisposition: x",
            "disposition_notification",
        ),
        (b"Content-Type: text/rfc822-headers\r\n\r\nSubject: x", "returned_header"),
        (
            attachment(b"Salam", "ATT00001.txt", b"text/plain", b"inline"),
            "mail_fragment",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_neither_document_nor_photo_is_set_aside_with_a_word_why(
    part: bytes, why: str
) -> None:
    (file,) = parcel(mail(text("isi"), part)).files
    assert (text_of(file.aside), text_of(file.refused)) == (why, "")


@pytest.mark.parametrize(
    ("octets", "kind", "why"),
    [
        (b"Rar!\x1a\x07\x01\x00", "rar", 'archive_kind {"kind": "rar"}'),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z", 'archive_kind {"kind": "7z"}'),
        (b"\x1f\x8b\x08\x00", "gz", 'archive_kind {"kind": "gz"}'),
        (b"-----BEGIN PGP MESSAGE-----\r\n", "text", "pgp_encrypted"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_the_reason(
    octets: bytes, kind: str, why: str
) -> None:
    (file,) = parcel(mail(attachment(octets, "foto.jpg"))).files
    assert (file.kind, text_of(file.refused), text_of(file.aside)) == (kind, why, "")


# ── files named together ──────────────────────────────────────────────────────────────────────────


def test_files_named_together_are_one_parcel_without_a_mail() -> None:
    found = read_files(
        [("naskah.docx", docx()), ("foto.jpg", PHOTO), ("FOTO.jpg", PHOTO)], "berkas", Safety()
    )
    assert (found.source, found.mail, found.refused) == ("berkas", None, None)
    assert [(file.name, file.kind) for file in found.files] == [
        ("naskah.docx", "docx"),
        ("foto.jpg", "jpeg"),
        ("FOTO-2.jpg", "jpeg"),
    ]
    assert found.files[1].load() == PHOTO


# ── limits ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_over_the_cap_is_refused_alone() -> None:
    found = parcel(
        mail(attachment(PHOTO, "foto.jpg"), attachment(b"isi", "a.txt")),
        Safety(max_attachment=len(PHOTO) - 1),
    )
    assert [text_of(file.refused) for file in found.files] == ['file_limit {"most": "0"}', ""]
    assert found.refused is None


def test_too_many_attachments_refuse_the_mail_and_still_name_them() -> None:
    found = parcel(mail(*[attachment(b"x", "a.jpg")] * 4), Safety(max_attachments=3))
    assert (text_of(found.refused), len(found.files)) == ('attachments_limit {"most": "3"}', 4)


def test_a_mail_in_mapped_memory_reads_like_one_in_octets() -> None:
    raw = mail(text("isi"), attachment(PHOTO, "foto.jpg"))
    with tempfile.TemporaryFile() as spool:
        spool.write(raw)
        spool.flush()
        with mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            found = read_email(mapped, "uji.eml", Safety())
            assert [file.load() for file in found.files] == [PHOTO]
            assert found.mail == parcel(raw).mail
