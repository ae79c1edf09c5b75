"""The headers of a tar (POSIX.1-2017, pax, "ustar Interchange Format"; GNU's long names), one after
the other. Linear."""

import re

from ingest.read.files.directories.entry import Mark, Walk

_BLOCK = 512
_GNU_NAME, _PAX = b"L", b"x"
_BEFORE = frozenset((_GNU_NAME, _PAX))  # what they say is the next entry's
_BESIDE = frozenset((b"g", b"K"))  # for all entries; a long link: no entries
_MOST_NAME = 2048  # octets of a name or of pax records that are looked at
_PATH = re.compile(rb"(?:\A|\n)\d{1,6} path=([^\n]*)")
_SIZE = re.compile(rb"(?:\A|\n)\d{1,6} size=(\d{1,19})\n")


def walk_tar(octets: bytes) -> Walk | None:
    """Every entry of it."""
    return _walk(octets)


def _walk(octets: bytes) -> Walk:
    at, name, size = 0, b"", -1
    while at + _BLOCK <= len(octets):
        head = octets[at : at + _BLOCK]
        if not head.strip(b"\0"):
            yield Mark.END
            return
        length, kind = _read_number(head[124:136]), head[156:157]
        if length < 0:
            return
        body = octets[at + _BLOCK : at + _BLOCK + min(length, _MOST_NAME)]
        if kind in _BEFORE:
            name = body.rstrip(b"\0") if kind == _GNU_NAME else _find(_PATH, body, name)
            size = int(_find(_SIZE, body, b"-1")) if kind == _PAX else size
            yield Mark.PASSED
        elif kind in _BESIDE:
            yield Mark.PASSED
        else:
            length = size if size >= 0 else length
            yield name or _name_of(head), length
            name, size = b"", -1
        at += _BLOCK + -(-length // _BLOCK) * _BLOCK
    if at == len(octets):
        yield Mark.END


def _name_of(head: bytes) -> bytes:
    name = head[:100].partition(b"\0")[0]
    prefix = head[345:500].partition(b"\0")[0] if head[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _read_number(field: bytes) -> int:
    """In octal digits, or in base 256 as GNU writes large ones; -1 for what is no number."""
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    digits = field.strip(b"\0 ") or b"0"
    return int(digits, 8) if re.fullmatch(rb"[0-7]{1,12}", digits) else -1


def _find(pattern: re.Pattern[bytes], body: bytes, otherwise: bytes) -> bytes:
    found = pattern.search(body)
    return found[1] if found else otherwise
