"""Where words stand: the smallest whole mail that hands a text to each reader of words."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from xml.sax.saxutils import escape

from tests import builders
from tests.hostile.poison.documents import make_docx
from tests.hostile.poison.pictures import make_jpeg, with_exif_text
from tests.unit.document.doc_parts import Made, document
from tests.unit.read_mail import mails

_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32)), " ")


@cache
def photos() -> tuple[tuple[str, bytes], ...]:
    return (("IMG_2041.jpg", make_jpeg(1)), ("rapat rw.jpg", make_jpeg(2)))


@cache
def naskah() -> bytes:
    return builders.docx(builders.article_text(900), title="Warga Bangun Jalan", byline="Siti")


def _with_files(*parts: bytes) -> bytes:
    files = [mails.attachment(octets, name) for name, octets in photos()]
    return mails.mail(*parts, mails.attachment(naskah(), "naskah.docx"), *files)


def in_body(text: str) -> bytes:
    return _with_files(mails.text(text))


def alone(text: str) -> bytes:
    return mails.mail(mails.text(f"{builders.article_text(700)}\n\n{text}"))


def in_html(text: str) -> bytes:
    markup = escape(text.translate(_NOT_XML)).replace("\n", "<br>")
    return _with_files(mails.text(f"<html><body>{markup}</body></html>", b"html"))


def in_cells(text: str) -> bytes:
    rows = "".join(f"<tr><td>1</td><td>{escape(line)}</td></tr>" for line in text.split("\n"))
    return _with_files(mails.text(f"<table>{rows}</table>", b"html"))


def in_file(text: str) -> bytes:
    return _with_files(mails.text("x"), mails.attachment(text.encode(), "keterangan.txt"))


def in_docx(text: str) -> bytes:
    files = [mails.attachment(octets, name) for name, octets in photos()]
    clean = text.translate(_NOT_XML)
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in clean.split("\n")
    )
    return mails.mail(
        mails.text("x"), mails.attachment(make_docx(paragraphs), "naskah.docx"), *files
    )


def in_docx_cells(text: str) -> bytes:
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p></w:tc></w:tr>"
        for line in text.translate(_NOT_XML).split("\n")
    )
    return mails.mail(
        mails.text("x"), mails.attachment(make_docx(f"<w:tbl>{rows}</w:tbl>"), "naskah.docx")
    )


def in_doc(text: str) -> bytes:
    words = text.encode("cp1252", "replace").decode("cp1252").replace("\n", "\r")
    return mails.mail(
        mails.text("x"), mails.attachment(document(Made(text=words + "\r")), "naskah.doc")
    )


def in_subject(text: str) -> bytes:
    line = " ".join(text.split("\n"))
    folded = "\r\n ".join(line[at : at + 900] for at in range(0, min(len(line), 60_000), 900))
    top = mails.TOP.replace(b"Subject: Kiriman", b"Subject: " + folded.encode())
    return mails.mail(mails.text("Terlampir naskah."), top=top)


def in_names(text: str) -> bytes:
    """A file's name, a display name, an IPTC-less photo called so."""
    line = " ".join(text.split("\n"))[:60_000].replace('"', "'")
    top = mails.TOP.replace(b"Siti Aminah", line[:60_000].encode())
    return mails.mail(
        mails.text("x"), mails.attachment(make_jpeg(1), f"{line}.jpg"),
        mails.attachment(naskah(), f"{line[:500]}.docx"), top=top,
    )  # fmt: skip


def in_photo(text: str) -> bytes:
    return mails.mail(
        mails.text("x"),
        mails.attachment(with_exif_text(text.encode()[:60_000]), "IMG_1.jpg"),
        mails.attachment(naskah(), "naskah.docx"),
    )


def in_archive(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keterangan.txt", text)
        archive.writestr(text[:20_000].replace("\0", " ") + ".jpg", make_jpeg(1))
    return mails.mail(mails.text("x"), mails.attachment(out.getvalue(), "kiriman.zip"))


PLACES: dict[str, Callable[[str], bytes]] = {
    "body": in_body,
    "alone": alone,
    "html": in_html,
    "cells": in_cells,
    "file": in_file,
    "docx": in_docx,
    "docx cells": in_docx_cells,
    "doc": in_doc,
    "subject": in_subject,
    "names": in_names,
    "photo": in_photo,
    "archive": in_archive,
}
