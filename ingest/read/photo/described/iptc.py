"""IPTC-IIM records as Photoshop and agencies write them (IIM 4.2, part III): datasets by number.
Pure and bounded; what is broken ends the reading."""

from collections.abc import Mapping

from ingest.read.photo.jpeg import scan_jpeg

_PHOTOSHOP = b"Photoshop 3.0\0"
_RECORD = b"8BIM\x04\x04"  # the resource that holds the records
_MOST = 500  # datasets
CAPTION, BYLINE, CREDIT, CREATED, CREATED_AT = 120, 80, 110, 55, 60  # of record 2

Fields = Mapping[int, str]


def read_iptc(content: bytes, kind: str, record: bytes = b"") -> Fields:
    """The texts of record 2 by dataset, the first of each; `record`: the records themselves, where
    a TIFF keeps them in a tag."""
    if kind == "jpeg":
        joined = b"".join(
            content[s.body + len(_PHOTOSHOP) : s.end]
            for s in scan_jpeg(content).segments
            if s.marker == 0xED and content.startswith(_PHOTOSHOP, s.body)
        )
        at = joined.find(_RECORD)
        record = joined[at + 12 :] if at >= 0 else record
    return _read_record(record)


def _read_record(record: bytes) -> Fields:
    at = max(0, record.find(b"\x1c", 0, 64))
    is_utf8 = False
    found: dict[int, str] = {}
    for _ in range(_MOST):
        if record[at : at + 1] != b"\x1c" or at + 5 > len(record):
            break
        number, dataset = record[at + 1], record[at + 2]
        length = int.from_bytes(record[at + 3 : at + 5], "big")
        if length >= 0x8000:  # an extended dataset: nothing a caption needs
            break
        value = record[at + 5 : at + 5 + length]
        if (number, dataset) == (1, 90):
            is_utf8 = value == b"\x1b%G"
        elif number == 2:
            found.setdefault(dataset, decode_text(value, is_utf8=is_utf8))
        at += 5 + length
    return found


def decode_text(value: bytes, *, is_utf8: bool = False) -> str:
    """UTF-8 when it is, else Windows Latin-1; up to the first NUL."""
    value = value.split(b"\0", 1)[0]
    if is_utf8:
        return value.decode("utf-8", "replace")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")
