"""An attached mail is known by what it holds, whatever its type, its name or its first field."""

import base64

import pytest

from ingest.read.files import sniff
from tests.unit.read_mail.mails import (
    attachment,
    docx,
    mail,
    multipart,
    names,
    parcel,
    picture,
    text,
    zipped,
)

PHOTO, WORD = picture(), docx()
LAST = b"MIME-Version: 1.0\r\n" + multipart(
    text("Foto 1. Warga."),
    attachment(WORD, "naskah.docx"),
    attachment(PHOTO, "foto.jpg"),
    boundary=b"dalam",
)
PEOPLES = (
    b"From: Budi <budi@contoh.id>\r\nTo: siti@contoh.id\r\nSubject: Naskah\r\n"
    b"Date: Mon, 3 Feb 2025 10:12:22 +0700\r\n"
)
RELAYS = b"".join(
    b"ARC-Seal: i=%d; a=rsa-sha256; t=1739000000; cv=pass; d=contoh.id; s=arc;\r\n\tb=%s\r\n"
    b"Received: from a%d.contoh.id by b%d.contoh.id with ESMTPS id k%d;\r\n\tMon, 3 Feb 2025 10:12:%02d +0700\r\n"
    % (n, base64.b64encode(bytes([n]) * 240), n, n, n, n)
    for n in range(1, 21)
)
FIRST = {
    "From": b"",
    "Content-Type, MIME-Version last": b"",
    "Return-Path": b"Return-Path: <budi@contoh.id>\r\n",
    "Reply-To": b"Reply-To: budi@contoh.id\r\n",
    "ARC-Seal": b"ARC-Seal: i=1; a=rsa-sha256; cv=none\r\n",
    "Received": b"Received: from a by b; Mon, 3 Feb 2025 10:12:22 +0700\r\n",
    "Delivered-To": b"Delivered-To: siti@contoh.id\r\n",
    "DKIM-Signature": b"DKIM-Signature: v=1; a=rsa-sha256;\r\n d=contoh.id\r\n",
    "X-Gmail-Labels": b"X-Gmail-Labels: =?UTF-8?Q?Kotak_Masuk?=\r\n",
    "Thread-Topic": b"Thread-Topic: Naskah\r\n",
    "an own field": b"Organisasi: Desa\r\n",
    "mbox": b"From budi@contoh.id Mon Feb  3 10:12:22 2025\r\n",
    "mbox, quoted": b">From budi@contoh.id Mon Feb  3 10:12:22 2025\r\n",
    "a byte order mark": b"\xef\xbb\xbf",
    "empty lines": b"\r\n\r\n",
    "20 relays, 12 KB": RELAYS,
}
CARRIED = {
    "message/rfc822, open": b"Content-Type: message/rfc822\r\n\r\n",
    "octet-stream .eml": b"octet-stream",
    "text/plain .eml": b"text",
    "octet-stream .txt": b"txt",
    "no name": b"none",
    "message/rfc822, base64": b"rfc822",
    "in a zip": b"zip",
}


def carried(how: bytes, octets: bytes) -> bytes:
    if how == b"octet-stream":
        return attachment(octets, "Naskah.eml")
    if how == b"text":
        return attachment(octets, "Naskah.eml", b"text/plain")
    if how == b"txt":
        return attachment(octets, "Naskah.txt")
    if how == b"none":
        return attachment(octets)
    if how == b"rfc822":
        return attachment(octets, None, b"message/rfc822")
    if how == b"zip":
        return attachment(zipped([("surat/Naskah.eml", octets)]), "kiriman.zip")
    return how + octets


@pytest.mark.parametrize("how", CARRIED.values(), ids=CARRIED.keys())
@pytest.mark.parametrize("first", FIRST.keys())
def test_its_files_are_found(first: str, how: bytes) -> None:
    octets = FIRST[first] + PEOPLES + LAST
    if first.startswith("Content-Type"):
        head, _, body = LAST.partition(b"\r\n\r\n")
        octets = (
            head.partition(b"\r\n")[2] + b"\r\n" + PEOPLES + b"MIME-Version: 1.0\r\n\r\n" + body
        )
    found = parcel(mail(text("Mohon dimuat."), carried(how, octets)))
    files = {file.name: file for file in found.files if not file.aside}
    assert list(files) == ["naskah.docx", "foto.jpg"]
    assert files["foto.jpg"].load() == PHOTO
    assert found.mail is not None
    assert found.mail.text == "Mohon dimuat.\n\nFoto 1. Warga."


@pytest.mark.parametrize(
    "field",
    [b"8bit", b"7bit", b"binary", b"base64", b"quoted-printable"],
)
def test_one_whose_encoding_is_told_wrong_is_read(field: bytes) -> None:
    part = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: " + field + b"\r\n\r\n"
    octets = PEOPLES + LAST
    body = octets if field == b"base64" else base64.encodebytes(octets)
    found = parcel(mail(text("Mohon dimuat."), part + body))
    assert names(found)[-2:] == ["naskah.docx", "foto.jpg"]


@pytest.mark.parametrize(
    "octets",
    [
        b"Penulis: Budi\r\nFoto: Siti\r\nDate: besok\r\n\r\nisi",
        b"Subject: rapat\r\nTo: semua\r\n\r\nBesok.",
        b"From: Budi\r\n\r\nisi surat",
        b"Foto 1: Warga menanam.\r\nFoto 2: Warga menyiram.",
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.id/\r\nSubject: a\r\nDate: x\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a",
    ],
)
def test_a_text_with_colons_is_none(octets: bytes) -> None:
    assert sniff.detect_kind(octets, lambda: octets, "catatan.txt") in ("text", "mhtml")


def test_a_document_called_a_mail_is_a_document() -> None:
    found = parcel(mail(text("isi"), attachment(WORD, "naskah.docx", b"message/rfc822")))
    assert [(file.name, file.kind) for file in found.files] == [("naskah.docx", "docx")]


# ── in UTF-16, and several in one spool ───────────────────────────────────────────────────────────

WHOLE = PEOPLES + LAST
OTHER = (
    b"From: budi@contoh.id\nTo: siti@contoh.id\nSubject: Lain\n"
    b"Date: Mon, 3 Feb 2025 10:12:22 +0700\n\nSurel lain saja.\n"
)
ENVELOPES = {
    "asctime": b"From budi@contoh.id Mon Feb  3 10:12:22 2025\n",
    "asctime and a zone": b"From budi@contoh.id Mon Feb  3 10:12:22 2025 +0700\n",
    "zone before the year": b"From budi@contoh.id Mon Feb  3 10:12:22 WIB 2025\n",
    "nobody, Thunderbird's": b"From - Mon Feb  3 10:12:22 2025\n",
    "Gmail's number": b"From 1823456789012345678@xxx Mon Feb 03 03:12:22 +0000 2025\n",
    "no seconds": b"From budi Mon Feb  3 10:12 2025\n",
}
NAMES = {
    "mbox": ("arsip.mbox", b"application/mbox"),
    "no ending": ("Inbox", b"application/octet-stream"),
    "text": ("arsip.txt", b"text/plain"),
    "mail": ("arsip.eml", b"message/rfc822"),
    "none": (None, b"application/octet-stream"),
}


def attached(octets: bytes, name: str | None, kind: bytes) -> list[str]:
    found = parcel(mail(text("Mohon dimuat."), attachment(octets, name, kind)))
    return [file.name for file in found.files if not file.aside]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("name", "kind"), NAMES.values(), ids=NAMES.keys())
def test_one_saved_in_utf_16_is_read(name: str | None, kind: bytes, encoding: str) -> None:
    octets = ("\ufeff" + WHOLE.decode()).encode(encoding)
    assert attached(octets, name, kind) == ["naskah.docx", "foto.jpg"]


def test_the_mail_itself_may_be_saved_so() -> None:
    raw = mail(text("Isi."), attachment(docx(), "naskah.docx"), attachment(PHOTO, "foto.jpg"))
    found = parcel(raw.decode().encode("utf-16"))
    assert [file.name for file in found.files] == ["naskah.docx", "foto.jpg"]
    assert found.mail is not None
    assert found.mail.text == "Isi."


@pytest.mark.parametrize(("name", "kind"), NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES.keys())
def test_every_mail_of_a_spool_is_read(envelope: bytes, name: str | None, kind: bytes) -> None:
    whole = WHOLE.replace(b"\r\n", b"\n")
    spool = envelope + OTHER + b"\n" + envelope + whole + b"\n" + envelope + OTHER
    assert attached(spool, name, kind) == ["naskah.docx", "foto.jpg"]


def test_a_spool_of_more_mails_than_are_entered_is_named() -> None:
    envelope = ENVELOPES["asctime"]
    assert attached((envelope + OTHER + b"\n") * 30, "arsip.mbox", b"application/mbox") == [
        "arsip.mbox"
    ]


@pytest.mark.parametrize(
    "octets",
    [
        b"From desa kami yang indah pukul 10:12 pagi\n\nFrom sana kami pulang.\n",
        "From: kami\nSelamat siang.\n".encode("utf-16"),
        b"From now on 10:12:22 2025\nwe write.\n",
    ],
)
def test_a_text_that_begins_so_is_no_spool(octets: bytes) -> None:
    found = parcel(mail(text("Isi."), attachment(octets, "catatan.txt", b"text/plain")))
    assert [(file.name, file.kind) for file in found.files] == [("catatan.txt", "text")]
