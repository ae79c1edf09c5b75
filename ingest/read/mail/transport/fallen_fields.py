"""Header fields that stand in the body: an empty line cut the header in two."""

import re

from ingest.read.mail.body_part import Raw
from ingest.read.mail.headers import Fields, read_block
from ingest.read.mail.message import detect_line_break
from redaksi.limits import Safety

_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:")
_BLANKS = re.compile(rb"(?:[ \t]{0,80}(?:\r\n|\r(?!\n)|\n)){0,20}")
_MOST_TOP, _MOST = 128 * 1024, 16 * 1024  # octets of such a header: a mail's, a part's
_TELLING = re.compile(rb"(?:content-[a-z]|mime-version|subject)", re.IGNORECASE)
_CONTENT = ("content-type", "content-transfer-encoding", "content-disposition")
# Who wrote is what our border vouched for: never taken from below an empty line.
_NEVER = frozenset(
    {"from", "sender", "received", "authentication-results", "received-spf", "dkim-signature"}
)


def find_fallen(
    raw: Raw, start: int, end: int, own: Fields, safety: Safety, *, is_top: bool
) -> tuple[Fields, int]:
    """The fields that the body at `start` begins with and where the body behind them begins; none
    where it begins with anything else.

    Only fields that `own`, the header above, lacks count; without one that tells how the body is
    made (or of the subject, where it is told nowhere) they are somebody's words.
    """
    blanks = _BLANKS.match(raw, start, min(end, start + 2000))
    begin = blanks.end() if blanks else start
    if not _FIELD.match(raw, begin, min(end, begin + 100)):
        return (), start
    piece = bytes(raw[begin : min(end, begin + (_MOST_TOP if is_top else _MOST))])
    if not _TELLING.search(piece):
        return (), start
    block = read_block(
        piece,
        0,
        detect_line_break(piece, safety.max_header),
        (safety.max_header, safety.max_field),
    )
    if block.over or not _ends_well(piece, block.body):
        return (), start
    have = {name.lower() for name, _ in own}
    found = tuple(
        (name, value)
        for name, value in block.fields
        if name.lower() not in have | _NEVER and not name.lower().startswith("arc-")
    )
    names = {name.lower() for name, _ in found}
    tells = names.intersection(_CONTENT) or "mime-version" in names
    is_subject = "subject" in names and "to" in {name.lower() for name, _ in block.fields}
    return (found, begin + block.body) if tells or is_subject else ((), start)


def _ends_well(piece: bytes, body: int) -> bool:
    """Whether an empty line, a boundary or nothing follows the fields: a text that only begins
    like them goes on."""
    above = piece[max(0, body - 4) : body]
    is_parted = above.endswith((b"\n\n", b"\r\r", b"\r\n\r\n"))
    return is_parted or body >= len(piece) or piece[body : body + 2] == b"--"
