"""Mails as the programs of real contributors write them, for the tests of this folder and of
tests/hostile."""

import base64
import io
import struct
import zipfile
from collections.abc import Iterable

from PIL import Image

from ingest.read.parcel import read_email
from redaksi.arrival import File, Parcel
from redaksi.limits import Safety

SAFETY = Safety()
TOP = b"From: Siti Aminah <siti@contoh.id>\r\nTo: redaksi@contoh.id\r\nSubject: Kiriman\r\nMIME-Version: 1.0\r\n"


def parcel(raw: bytes, safety: Safety = SAFETY) -> Parcel:
    return read_email(raw, "uji.eml", safety)


def simple(
    body: bytes, headers: bytes = b"Content-Type: text/plain; charset=utf-8\r\n", top: bytes = TOP
) -> bytes:
    return top + headers + b"\r\n" + body


def multipart(*parts: bytes, kind: bytes = b"mixed", boundary: bytes = b"batas") -> bytes:
    """A multipart entity: its Content-Type field, a blank line and the parts."""
    head = b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n'
    return (
        head
        + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
        + b"--"
        + boundary
        + b"--\r\n"
    )


def text(words: str, kind: bytes = b"plain", extra: bytes = b"") -> bytes:
    return b"Content-Type: text/" + kind + b"; charset=utf-8\r\n" + extra + b"\r\n" + words.encode()


def attachment(
    octets: bytes,
    name: str | None = None,
    kind: bytes = b"application/octet-stream",
    disposition: bytes = b"attachment",
    extra: bytes = b"",
) -> bytes:
    """A part in base64; `name` goes in as it is, in UTF-8."""
    given = b'; filename="' + name.encode() + b'"' if name else b""
    return (
        b"Content-Type: "
        + kind
        + b"\r\nContent-Disposition: "
        + disposition
        + given
        + b"\r\n"
        + extra
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(octets)
    )


def mail(*parts: bytes, kind: bytes = b"mixed", top: bytes = TOP) -> bytes:
    return top + multipart(*parts, kind=kind)


def picture(width: int = 1600, height: int = 1200, kind: str = "JPEG", shade: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 60)).save(out, kind)
    return out.getvalue()


def zipped(files: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, octets in files:
            archive.writestr(name, octets)
    return out.getvalue()


def docx(
    word: str = "word/document.xml", kind: str = "wordprocessingml.document.main+xml"
) -> bytes:
    """As little of a .docx as tells what it is."""
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}"/></Types>'
    return zipped([("[Content_Types].xml", types.encode()), (word, b"<w:document/>")])


def winmail(*files: tuple[str, bytes]) -> bytes:
    """A TNEF stream (MS-OXTNEF) that wraps `files`, the way Outlook does: a short title and
    MAPI's long name."""
    out = struct.pack("<IH", 0x223E9F78, 1) + _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    for name, octets in files:
        long = name.encode("utf-16-le") + b"\0\0"
        properties = struct.pack("<I", 2)
        properties += struct.pack("<HHi", 3, 0x3705, 1)
        properties += (
            struct.pack("<HHII", 0x1F, 0x3707, 1, len(long)) + long + bytes(-len(long) % 4)
        )
        out += _attribute(2, 0x00069002, bytes(14))
        out += _attribute(2, 0x00018010, b"PENDEK~1.DAT\0")
        out += _attribute(2, 0x0006800F, octets)
        out += _attribute(2, 0x00069005, properties)
    return out


def _attribute(level: int, ident: int, octets: bytes) -> bytes:
    return (
        struct.pack("<BII", level, ident, len(octets))
        + octets
        + struct.pack("<H", sum(octets) & 0xFFFF)
    )


def named(found: Parcel, name: str) -> File:
    """The one file of that name."""
    (file,) = [file for file in found.files if file.name == name]
    return file


def names(found: Parcel) -> list[str]:
    return [file.name for file in found.files]
