"""Files in uuencode that stand in the text of a mail, as programs without MIME send them (POSIX,
uuencode)."""

import re

from ingest.read.mail.body_part import Raw
from ingest.read.mail.headers import Value
from ingest.read.mail.message import Part

_MOST = 60  # files of one text
_BEGIN = re.compile(rb"begin(?<=[\r\n]begin)[ \t]+[0-7]{3,4}[ \t]+(\S[^\r\n]{0,200})(?:\r\n|\r|\n)")
# the first line's count and its symbols: a whole one, or the last
_LINE = re.compile(rb"(?:M[\x20-\x60]{58,62}|[\x21-\x4c][\x20-\x60]{1,62})[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(rb"end(?<=[\r\n]end)[ \t]*(?![^\r\n])")


def begins_uuencoded(octets: bytes) -> bool:
    """Whether a file in uuencode stands there and nothing above it."""
    piece = b"\n" + octets.lstrip()
    begin = _BEGIN.match(piece, 1)
    return begin is not None and _LINE.match(piece, begin.end()) is not None


def find_uuencoded(raw: Raw, leaf: Part) -> list[Part]:
    """The text of a leaf and the files that stand in it, in order; none where there is no file."""
    found: list[Part] = []
    at = leaf.start
    while len(found) < 2 * _MOST:
        begin = _BEGIN.search(raw, at, leaf.end)
        if begin is None:
            break
        end = _END.search(raw, begin.end(), leaf.end)
        if end is None or not _LINE.match(raw, begin.end(), leaf.end):
            break
        found += [_text(leaf, at, begin.start()), _file(begin[1], begin.start(), end.end())]
        at = end.end()
    return [*found, _text(leaf, at, leaf.end)] if found else []


def _text(leaf: Part, start: int, end: int) -> Part:
    return Part(
        fields=(),
        type=leaf.type,
        disposition=Value(word=""),
        transfer=leaf.transfer,
        start=start,
        end=end,
    )


def _file(name: bytes, start: int, end: int) -> Part:
    given = name.decode("utf-8", "replace").strip().strip("\"'")
    return Part(
        fields=(),
        type=Value(word="application/octet-stream"),
        disposition=Value(word="attachment", parameters={"filename": given}),
        transfer="x-uuencode",
        start=start,
        end=end,
        mended=True,
    )
