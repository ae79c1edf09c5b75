"""How a part is encoded, where its fields do not say it truly: two fields that differ, none at all,
or another than its octets show."""

import re

from ingest.read.files import sniff
from ingest.read.mail.body_part import TWICE, Raw, decode_octets, parse_encoding
from ingest.read.mail.message import MESSAGES, Part
from ingest.read.mail.transport.base64_text import is_broken
from ingest.read.mail.transport.cms import detect_cms
from ingest.read.mail.transport.uuencoded import begins_uuencoded

_HEAD = 8192  # octets that are looked at
_BASE64, _QUOTED, _UUENCODE = "base64", "quoted-printable", "x-uuencode"
_SYMBOLS = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_LONG = 40  # symbols of a line that no one takes for a word
_SOFT = re.compile(rb"=\r?\n")
_BAD_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|\r?\n|\Z)")
_ESCAPE = re.compile(rb"=[0-9A-Fa-f]{2}")
_FIELD = re.compile(rb"\s*[A-Za-z][A-Za-z0-9-]{1,60}:")
_UNTOLD = frozenset({"text", "unknown", "empty", "html"})  # kinds that tell nothing
# what relays change, drop or end a line at, where it lies open
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x80-\xff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def settle_encoding(raw: Raw, part: Part) -> str:
    """The transfer encoding of a leaf: what its field says unless its octets show another."""
    named = [
        parse_encoding(value)
        for name, value in part.fields
        if name.lower() == "content-transfer-encoding"
    ]
    head = bytes(raw[part.start : min(part.end, part.start + _HEAD)])
    if part.end - part.start > _HEAD:
        head = head[: head.rfind(b"\n") + 1] or head
    differ = len(set(named)) > 1
    if not part.type.word.startswith("text/") and begins_uuencoded(head):
        return _UUENCODE
    if part.transfer == _BASE64 and not differ:
        return "8bit" if _is_open(head, part) else _count_base64(head)
    is_named = _BASE64 in named
    if _has_symbols(head, is_named=is_named):
        counted = _count_base64(head)
        if is_named or counted == TWICE or _tells_something(head):
            return counted
    if differ and _QUOTED in named:
        return _QUOTED if _ESCAPE.search(head) or _SOFT.search(head) else "8bit"
    if part.transfer in ("", "7bit", "8bit") and _is_quoted(head, part):
        return _QUOTED
    return "8bit" if differ and part.transfer == _BASE64 else part.transfer


def _count_base64(head: bytes) -> str:
    """Base64, or base64 of what was in base64 already: of a file, never of somebody's words."""
    octets = decode_octets(head, 0, len(head), _BASE64)
    if not _has_symbols(octets, is_named=False):
        return _BASE64
    within = decode_octets(octets, 0, len(octets) // 4 * 4, _BASE64)
    return TWICE if sniff.detect_kind(within[: sniff.HEAD]) not in _UNTOLD else _BASE64


def _lines(head: bytes) -> list[bytes]:
    return [line.strip() for line in re.split(rb"[\r\n]+", head[:2048]) if line.strip()][:6]


def _has_symbols(head: bytes, *, is_named: bool) -> bool:
    """Whether it begins with lines of base64: long ones, where no field says so."""
    lines = _lines(head)
    if len(head) > 2048:
        lines = lines[:-1] or lines
    if not lines or not all(_SYMBOLS.fullmatch(line) for line in lines[:-1] or lines):
        return False
    return len(lines[0]) >= _LONG or (is_named and len(lines[0]) % 4 == 0)


def _tells_something(head: bytes) -> bool:
    """Whether decoded it is a file of a known kind, or words."""
    octets = decode_octets(head, 0, len(head), _BASE64)
    if sniff.detect_kind(octets[: sniff.HEAD]) not in _UNTOLD or detect_cms(octets):
        return True
    try:
        text = octets[: len(octets) - 3].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) > 20 and not _CONTROLS.search(text) and " " in text


def _is_open(head: bytes, part: Part) -> bool:
    """Whether what is called base64 lies open: a file's first octets, a mail's fields, or words."""
    kind = sniff.detect_kind(head[: sniff.HEAD])
    if kind not in _UNTOLD:
        return True
    if part.type.word in MESSAGES and _FIELD.match(head):
        return True
    lines = _lines(head)
    written = part.type.word.startswith("text/") and lines
    return bool(written) and not any(_SYMBOLS.fullmatch(line) for line in lines) and b" " in head


def _is_quoted(head: bytes, part: Part) -> bool:
    """Whether a text whose encoding nobody names is in quoted-printable."""
    if not part.type.word.startswith("text/") or not head.isascii():
        return False
    return len(_SOFT.findall(head)) >= 2 and len(_ESCAPE.findall(head)) >= 2


def is_transfer_broken(raw: Raw, start: int, end: int, transfer: str) -> bool:
    """Whether an encoding was mended on the way, so that damage may be its and not the file's."""
    octets = bytes(raw[start:end])
    if transfer in (_BASE64, TWICE):
        return is_broken(octets)
    if transfer == _QUOTED:
        return _BAD_ESCAPE.search(octets) is not None
    return transfer != _UUENCODE and _BINARY.search(octets) is not None
