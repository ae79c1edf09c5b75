"""Mails written by hand, as the named programs write them: no library has a say in their MIME."""

import base64
import quopri
from collections.abc import Sequence

BORDER = "mx.warta.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "docx": DOCX,
    "doc": "application/msword",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "heic": "image/heic",
    "vcf": "text/vcard",
    "ics": "text/calendar",
    "p7s": "application/pkcs7-signature",
    "dat": "application/ms-tnef",
}
Fields = Sequence[tuple[str, str]]


def crlf(text: str) -> bytes:
    """Text with the line ends of a mail."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def part(fields: Fields, content: bytes, encoding: str = "base64") -> bytes:
    """One leaf: base64 in lines of 76, or quoted-printable, or as it is (7bit, 8bit)."""
    head = [f"{key}: {value}" for key, value in fields]
    head.append(f"Content-Transfer-Encoding: {encoding}")
    if encoding == "base64":
        content = base64.encodebytes(content).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content


def multi(subtype: str, parts: Sequence[bytes], boundary: str, more: str = "") -> bytes:
    """A multipart with its own Content-Type field on top."""
    out = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{more}\r\n\r\n'.encode()
    return (
        out
        + b"".join(f"--{boundary}\r\n".encode() + p + b"\r\n" for p in parts)
        + f"--{boundary}--\r\n".encode()
    )


def plain(text: str, charset: str = "UTF-8") -> bytes:
    """A text/plain leaf."""
    return part(
        [("Content-Type", f'text/plain; charset="{charset}"')], crlf(text), "quoted-printable"
    )


def html(text: str) -> bytes:
    """A text/html leaf."""
    return part([("Content-Type", 'text/html; charset="UTF-8"')], crlf(text), "quoted-printable")


def both(text: str, boundary: str) -> bytes:
    """The same words as text and as Gmail's HTML."""
    lines = "<br>".join(line.replace("<", "&lt;") for line in text.rstrip().split("\n"))
    return multi("alternative", [plain(text), html(f'<div dir="ltr">{lines}</div>\n')], boundary)


def attached(
    name: str, content: bytes, *, declared: str = "", more: Fields = (), how: str = "attachment"
) -> bytes:
    """A file as most programs attach it."""
    kind = declared or TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    fields = [
        ("Content-Type", f'{kind}; name="{name}"'),
        ("Content-Disposition", f'{how}; filename="{name}"'),
        *more,
    ]
    return part(fields, content)


def gmail_file(name: str, content: bytes, key: str) -> bytes:
    """A file as Gmail's web page attaches it: Content-ID on everything."""
    return attached(name, content, more=[("Content-ID", f"<{key}>"), ("X-Attachment-Id", key)])


def letter(
    sender: str,
    subject: str,
    body: bytes,
    *,
    stamp: str,
    dmarc: str = "pass",
    fields: Fields = (),
    top: Fields = (),
    date: str = "Mon, 16 Nov 2026 09:14:05 +0700",
) -> bytes:
    """A whole mail as our border hands it over. `body` brings its own Content-Type; `dmarc` ""
    adds no result."""
    domain = sender.rpartition("@")[2].rstrip(">")
    head = list(top)
    if dmarc:
        result = f"{BORDER};\r\n       dkim={dmarc} header.i=@{domain} header.s=s1;\r\n       spf={dmarc} smtp.mailfrom={domain};"
        head.append(
            (
                "Authentication-Results",
                f"{result}\r\n       dmarc={dmarc} (p=NONE sp=NONE dis=NONE) header.from={domain}",
            )
        )
    head += [
        (
            "Received",
            f"from mail.{domain} (mail.{domain} [192.0.2.7])\r\n        by {BORDER} with ESMTPS id k7;\r\n        {date}",
        ),
        ("MIME-Version", "1.0"),
        ("From", sender),
        ("Date", date),
        ("Message-ID", f"<{stamp}@mail.{domain}>"),
        ("Subject", subject),
        ("To", "Redaksi Warta <redaksi@warta.example>"),
        *fields,
    ]
    lines = [f"{key}: {value}\r\n".encode("utf-8", "surrogateescape") for key, value in head]
    return b"".join(lines) + body
