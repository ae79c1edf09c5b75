"""The octets of a letter (RFC 5322, RFC 2045-2047): multipart/alternative, seven bits, lines of at
most 78.

Written out by hand rather than by `email.message`: its folding has turned long References into
encoded words (which breaks threads) and its boundaries are random, while a letter is the same
octets each time it is composed.
"""

import base64
import binascii
import hashlib
import re
from datetime import datetime
from email.utils import format_datetime

from msgspec import Struct

_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
FOLD = "\r\n "
# of one encoded word: 56 base64 characters, 68 with its wrapping (RFC 2047, 2: at most 75)
_OCTETS = 42


class Envelope(Struct, frozen=True, kw_only=True):
    """The header of a letter. Every value is one cleaned line; addresses are single addr-specs."""

    to: str
    sender: str
    sender_name: str
    subject: str
    message_id: str
    date: datetime
    language: str
    references: tuple[str, ...] = ()  # the last is the mail that is answered
    reply_to: str = ""  # where an answer goes; "" is From


def build_mail(envelope: Envelope, text: str, html: str) -> bytes:
    """The whole letter as it goes to SMTP and to IMAP, CRLF at line ends."""
    boundary = "=_" + hashlib.sha256(envelope.message_id.encode("utf-8")).hexdigest()[:32]
    lines = [
        f"Date: {format_datetime(envelope.date)}",
        _mailbox("From", envelope.sender_name, envelope.sender),
        f"To: {envelope.to}",
        f"Message-ID: {envelope.message_id}",
        f"Subject: {_unstructured(envelope.subject, len('Subject: '))}",
    ]
    if envelope.reply_to:
        lines.append(_mailbox("Reply-To", envelope.sender_name, envelope.reply_to))
    if envelope.references:
        lines.append(f"In-Reply-To: {envelope.references[-1]}")
        lines.append("References: " + "\r\n ".join(envelope.references))
    lines += [
        "Auto-Submitted: auto-replied",  # RFC 3834, 3.1.7
        "X-Auto-Response-Suppress: All",  # MS-OXCMAIL, 2.1.3.2.20
        f"X-Redaksi-Loop: {envelope.sender}",
        f"Content-Language: {envelope.language}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"',
    ]
    head = "\r\n".join(lines)
    if any(ord(c) < 32 and c not in "\r\n" for c in head) or re.search(
        r"\r\n(?![ A-Z])|(?<!\r)\n|\r(?!\n)", head
    ):
        raise ValueError("a header value has a line end or a control character")
    parts = "".join(
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{_quoted_printable(body)}\r\n"
        for kind, body in (("plain", text), ("html", html))
    )
    return f"{head}\r\n\r\n{parts}--{boundary}--\r\n".encode()


def _quoted_printable(body: str) -> str:
    octets = "\r\n".join(body.splitlines()).encode("utf-8", "replace") + b"\r\n"
    return binascii.b2a_qp(octets, istext=True).decode("ascii")


def _mailbox(field: str, name: str, address: str) -> str:
    """A field of one mailbox; the address on a line of its own where both have no room on one."""
    if not name:
        return f"{field}: {address}"
    plain = _ATOMS.fullmatch(name) and len(name) < 60 and "=?" not in name
    shown = f'"{name}"' if plain else _encoded(name, len(field) + 2)
    room = plain and len(field) + len(shown) + len(address) + 5 <= 78
    return f"{field}: {shown}{' ' if room else FOLD}<{address}>"


def _unstructured(value: str, used: int) -> str:
    """An unstructured field body: as it is, folded between words, where it is plain ASCII; else
    encoded words."""
    if not value.isascii() or "=?" in value or any(len(word) > 76 for word in value.split(" ")):
        return _encoded(value, used)
    lines, room = [""], 78 - used
    for word in value.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = 77
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _encoded(value: str, used: int) -> str:
    """Encoded words of whole characters, one a line (RFC 2047, 5)."""
    pieces: list[bytes] = []
    piece = b""
    for character in value:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > (_OCTETS if pieces else _OCTETS - used // 2):
            pieces.append(piece)
            piece = b""
        piece += octets
    return "\r\n ".join(
        f"=?utf-8?b?{base64.b64encode(one).decode('ascii')}?=" for one in [*pieces, piece]
    )
