"""What the author wrote: of all texts in a mail, those that are its words, without what it
quotes."""

import pytest

from redaksi.arrival import Mail
from redaksi.reasons import text_of
from tests.unit.read_mail.mails import (
    TOP,
    attachment,
    docx,
    mail,
    multipart,
    names,
    parcel,
    picture,
    simple,
    text,
)


def read(raw: bytes) -> Mail:
    found = parcel(raw).mail
    assert found is not None
    return found


def test_plain_text_is_preferred_to_html() -> None:
    raw = mail(
        text("Foto 1. Warga"), text("<p>Foto 1. <b>Lain</b></p>", b"html"), kind=b"alternative"
    )
    assert read(raw).text == "Foto 1. Warga"


def test_html_is_read_when_the_plain_text_is_empty() -> None:
    raw = mail(
        text(" \n"),
        text("<p>Foto 1. <b>Warga</b></p><style>p{}</style>", b"html"),
        kind=b"alternative",
    )
    assert read(raw).text == "Foto 1. Warga"


def test_text_before_and_behind_an_inline_photo_is_one_text() -> None:
    photo = attachment(picture(), "IMG_1.jpeg", b"image/jpeg", b"inline")
    assert (
        read(mail(text("Naskah terlampir."), photo, text("Salam, Siti"))).text
        == "Naskah terlampir.\n\nSalam, Siti"
    )


def test_a_text_with_a_name_is_a_file_not_words() -> None:
    raw = mail(text("isi"), attachment(b"Foto 1. Warga", "keterangan.txt", b"text/plain"))
    assert (read(raw).text, names(parcel(raw))) == ("isi", ["keterangan.txt"])


def test_octets_that_are_no_text_are_a_file_whatever_they_are_called() -> None:
    raw = mail(
        text("isi"),
        b"Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + picture(),
    )
    assert (read(raw).text, names(parcel(raw))) == ("isi", ["lampiran-1.jpg"])


def test_octets_of_no_known_kind_are_a_file_and_not_lost_in_the_text() -> None:
    raw = mail(text("isi"), b"Content-Type: text/plain\r\n\r\n\0\1\2\3")
    assert (read(raw).text, names(parcel(raw))) == ("isi", ["lampiran-1.bin"])


def test_files_between_the_alternatives_of_apple_mail_are_found() -> None:
    rich = multipart(
        text("<p>isi</p>", b"html"),
        attachment(docx(), "naskah.docx"),
        text("<br>", b"html"),
        boundary=b"d",
    )
    raw = mail(text("isi"), rich, kind=b"alternative")
    assert (read(raw).text, names(parcel(raw))) == ("isi", ["naskah.docx"])


def test_blank_lines_and_a_byte_order_mark_before_the_header_do_no_harm() -> None:
    assert read(b"\xef\xbb\xbf\r\n" + simple(b"Halo")).from_address == "siti@contoh.id"


def test_a_mail_of_nothing_but_a_text_is_its_words() -> None:
    assert read(simple(b"Halo redaksi")).text == "Halo redaksi"


@pytest.mark.parametrize(
    ("charset", "octets", "expected"),
    [
        (b"utf-8", "Jalan “Merdeka”".encode(), "Jalan “Merdeka”"),
        (b"iso-8859-1", b"\x93Merdeka\x94", "“Merdeka”"),
        (b"us-ascii", "é".encode(), "é"),
        (b"iso-8859-1", "Ā é".encode(), "Ā é"),
        (b"utf-8", b"\xe9", "é"),
        (b"utf-16", "Merdeka".encode("utf-16"), "Merdeka"),
        (b"tidak-ada", "é".encode(), "é"),
        (b"utf-7", b"+AGEA-", "+AGEA-"),
        (b"idna", b"xn--bcher-kva", "xn--bcher-kva"),
        (b"unicode_escape", b"\\u0041 \\x", "\\u0041 \\x"),
        (b"rot13", b"halo", "halo"),
        (b"undefined", b"halo", "halo"),
    ],
)
def test_a_charset_is_believed_only_when_it_is_one(
    charset: bytes, octets: bytes, expected: str
) -> None:
    raw = simple(octets, b"Content-Type: text/plain; charset=" + charset + b"\r\n")
    assert read(raw).text == expected


def test_flowed_lines_are_joined() -> None:
    raw = simple(
        b"Foto 1. Warga \r\nmenyeberang.\r\nFoto 2.", b"Content-Type: text/plain; format=flowed\r\n"
    )
    assert read(raw).text == "Foto 1. Warga menyeberang.\nFoto 2."


REPLY = TOP.replace(b"Subject: Kiriman", b"Subject: Re: Kiriman\r\nIn-Reply-To: <x@contoh.id>")


def test_a_quoted_letter_is_not_the_authors_text() -> None:
    words = "Sudah saya perbaiki.\n\nPada Sen, 3 Feb 2025 pukul 10.12 Redaksi <r@contoh.id>\nmenulis:\n> Mohon\n"
    assert read(simple(words.encode(), top=REPLY)).text == "Sudah saya perbaiki."


def test_an_html_reply_of_gmail_is_trimmed_like_a_plain_one() -> None:
    page = (
        '<div dir="ltr">Sudah.</div><br><div class="gmail_quote"><div class="gmail_attr">Pada Sen, 3 Feb 2025 '
        'pukul 10.12 Redaksi &lt;<a href="mailto:r@contoh.id">r@contoh.id</a>&gt; menulis:<br></div>'
        "<blockquote>Mohon foto</blockquote></div>"
    )
    assert read(mail(text(page, b"html"), top=REPLY)).text == "Sudah."


def test_links_in_a_quoted_letter_are_not_the_authors() -> None:
    words = "Ini: https://we.tl/t-abc\n\nOn Mon, 3 Feb 2025 at 10:12, R <r@b.id> wrote:\n> https://drive.google.com/x\n"
    assert read(simple(words.encode(), top=REPLY)).links == ("WeTransfer (we.tl)",)


def test_a_link_that_only_the_html_holds_is_seen() -> None:
    page = text('<a href="https://drive.google.com/file/d/1/view">Foto di sini</a>', b"html")
    assert read(mail(text("Foto di sini"), page, kind=b"alternative")).links == (
        "Google Drive (drive.google.com)",
    )


def test_words_of_an_attached_forward_follow_the_senders_own() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nFrom: Budi <budi@contoh.id>\r\nSubject: x\r\n\r\nFoto 1. Warga"
    found = read(mail(text("Diteruskan."), inner))
    assert (found.text, found.forwarded_from) == ("Diteruskan.\n\nFoto 1. Warga", "Budi")


GMAIL_FORWARD = """<div dir="ltr">Mohon dimuat.<br><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>Dari: <strong class="gmail_sendername" dir="auto">
Budi Santoso</strong> <span dir="auto">&lt;<a href="mailto:budi@contoh.id">budi@contoh.id</a>&gt;</span><br>
Date: Sen, 3 Feb 2025 pukul 10.12<br>Subject: Naskah<br>To: Siti &lt;<a href="mailto:s@contoh.id">s@contoh.id</a>&gt;<br></div>
<br><br><div dir="ltr">Foto 1. Warga<div>Foto 2. Sungai</div></div></div></div>"""
OUTLOOK_FORWARD = """<html><head><style>p.MsoNormal{}</style></head><body><div class=WordSection1><p class=MsoNormal>Mohon dimuat.
<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style='border:none;border-top:solid #E1E1E1 1.0pt'>
<p class=MsoNormal><b>Dari:</b> Budi Santoso &lt;budi@contoh.id&gt; <br><b>Dikirim:</b> Senin, 03 Februari 2025 10:12<br>
<b>Kepada:</b> Siti<br><b>Perihal:</b> Naskah<o:p></o:p></p></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>Foto 1. Warga<o:p></o:p></p><p class=MsoNormal>Foto 2. Sungai<o:p></o:p></p></div></body></html>"""


@pytest.mark.parametrize("page", [GMAIL_FORWARD, OUTLOOK_FORWARD], ids=["Gmail", "Outlook"])
@pytest.mark.parametrize("subject", [b"Fwd: Naskah", b"Kiriman"])
def test_an_html_forward_keeps_its_words_and_names_its_author(page: str, subject: bytes) -> None:
    found = read(mail(text(page, b"html"), top=TOP.replace(b"Kiriman", subject)))
    assert found.forwarded_from == "Budi Santoso"
    assert [line for line in found.text.split("\n") if line.strip()] == [
        "Mohon dimuat.",
        "Foto 1. Warga",
        "Foto 2. Sungai",
    ]


def test_a_report_speaks_through_its_first_part() -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\nSubject: surat kami\r\n\r\nisi surat"
    raw = TOP + multipart(text("Gagal"), inner, kind=b"report; report-type=delivery-status")
    assert read(raw).text == "Gagal"
    assert [text_of(file.aside) for file in parcel(raw).files] == ["returned_mail"]
