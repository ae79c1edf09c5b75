"""The content of a CMS object that is only signed (RFC 5652, as S/MIME 4.0 wraps mails in it, RFC
8551): nothing in it is locked, it lies in BER.

No certificate is looked at and no signature checked: who wrote is what our border says. Lengths
may be indefinite and the content cut into pieces, as Outlook and OpenSSL write it.
"""

import re
from typing import Literal

from ingest.read.mail.body_part import decode_octets

Kind = Literal["signed", "locked", ""]

_OID = b"\x2a\x86\x48\x86\xf7\x0d\x01"
_SIGNED = _OID + b"\x07\x02"
_PREFIXES = (_OID + b"\x07", _OID + b"\x09\x10\x01")  # PKCS #7 and S/MIME content types
_SEQUENCE, _IDENTIFIER, _OCTETS, _OCTETS_IN_PIECES = 0x30, 6, 4, 0x24
_EXPLICIT = 0xA0  # [0]
_MOST_PIECES = 200_000
_MOST_DEPTH = 16
TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_FIELD = re.compile(rb"\s{0,20}[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:")
_ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s*")


class _BrokenError(Exception):
    """No BER, or not the shape that was looked for."""


class _Reader:
    """A place in BER octets (X.690, 8.1)."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.at = 0

    def enter(self, tag: int) -> int:
        """Step over a tag and length; the length, -1 for an indefinite one."""
        head = self.octets[self.at : self.at + 2]
        if len(head) < 2 or head[0] != tag:
            raise _BrokenError
        self.at += 2
        if head[1] < 0x80:
            return head[1]
        if head[1] == 0x80:
            return -1
        count = head[1] & 0x7F
        if count > 8:
            raise _BrokenError
        self.at += count
        return int.from_bytes(self.octets[self.at - count : self.at], "big")

    def peek(self) -> int:
        return self.octets[self.at] if self.at < len(self.octets) else 0

    def take(self, length: int) -> bytes:
        taken = self.octets[self.at : self.at + length]
        self.at += length
        return taken

    def skip(self) -> None:
        """Step over one value, whatever is in it."""
        depth = 0
        for _ in range(_MOST_PIECES):
            length = self.enter(self.peek())
            if length < 0:
                depth += 1
            else:
                self.at += length
            while depth and self.octets[self.at : self.at + 2] == b"\0\0":
                self.at += 2
                depth -= 1
            if not depth:
                return
        raise _BrokenError


def unarmour(octets: bytes) -> bytes:
    """The BER octets of a CMS object, which some send as text."""
    begin = _ARMOUR.match(octets)
    if begin is None:
        return octets
    end = octets.find(b"-----END", begin.end())
    return decode_octets(octets, begin.end(), end if end >= 0 else len(octets), "base64")


def detect_cms(octets: bytes) -> Kind:
    """Whether octets are a CMS object that is signed, or one whose content is locked (encrypted,
    compressed)."""
    try:
        identifier = _read_identifier(_Reader(octets[:64]))
    except _BrokenError:
        return ""
    if identifier == _SIGNED:
        return "signed"
    return "locked" if identifier.startswith(_PREFIXES) else ""


def read_signed(octets: bytes) -> bytes | None:
    """What was signed, as it was signed; None where it lies beside the object (a detached
    signature, certificates alone) or nothing can be read."""
    reader = _Reader(octets)
    try:
        if _read_identifier(reader) != _SIGNED:
            return None
        reader.enter(_EXPLICIT)
        reader.enter(_SEQUENCE)
        reader.skip()  # version
        reader.skip()  # digestAlgorithms
        reader.enter(_SEQUENCE)
        reader.skip()  # eContentType
        if reader.peek() != _EXPLICIT:
            return None
        reader.enter(_EXPLICIT)
        return _read_octets(reader) or None
    except _BrokenError:
        return None


def unwrap(octets: bytes) -> tuple[Kind, bytes | None]:
    """What a CMS object is and, where it is signed alone, what was signed."""
    octets = unarmour(octets)
    kind = detect_cms(octets)
    return kind, read_signed(octets) if kind == "signed" else None


def is_wrapper(declared: str, name: str) -> bool:
    """Whether a part says that it is such an object, by its media type or its name."""
    return declared in TYPES or name.lower().endswith((".p7m", ".p7z"))


def is_entity(octets: bytes) -> bool:
    """Whether what was signed is a mail, or a part of one, and no file by itself (CAdES)."""
    return _FIELD.match(octets) is not None


def _read_identifier(reader: _Reader) -> bytes:
    reader.enter(_SEQUENCE)
    return reader.take(reader.enter(_IDENTIFIER))


def _read_octets(reader: _Reader) -> bytes:
    """An OCTET STRING, in one piece or in many (X.690, 8.7)."""
    if reader.peek() == _OCTETS:
        return reader.take(_definite(reader.enter(_OCTETS)))
    pieces: list[bytes] = []
    ends: list[int] = []  # of the strings that are open; -1: where its end is marked
    for _ in range(_MOST_PIECES):
        if ends and _is_at_end(reader, ends[-1]):
            ends.pop()
            if not ends:
                break
        elif reader.peek() == _OCTETS:
            pieces.append(reader.take(_definite(reader.enter(_OCTETS))))
        else:
            length = reader.enter(_OCTETS_IN_PIECES)
            ends.append(-1 if length < 0 else reader.at + length)
            if len(ends) > _MOST_DEPTH:
                raise _BrokenError
        if reader.at >= len(reader.octets):
            break
    return b"".join(pieces)


def _is_at_end(reader: _Reader, end: int) -> bool:
    if end >= 0:
        return reader.at >= end
    if reader.octets[reader.at : reader.at + 2] != b"\0\0":
        return False
    reader.at += 2
    return True


def _definite(length: int) -> int:
    if length < 0:
        raise _BrokenError
    return length
