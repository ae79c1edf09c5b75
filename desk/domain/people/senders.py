"""Who wrote a stored mail, as its header says it: the addresses of its From, and nothing else of it
is read. For finding a person's mails that became no submission; who gets a letter is decided by
redaksi.sender_policy.
"""

import re
from collections.abc import Iterator

from ingest.read.mail.charset import decode_words

MOST_HEADER = 256 * 1024  # bytes of a mail that are looked at
_MOST_FIELD = 2000  # characters of one field
_END = re.compile(rb"\r?\n\r?\n|\r\r")
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_FROM = re.compile(r"from[ \t]*:(.*)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r'"[^"]*"')
_ANGLE = re.compile(r"<([^<>]*)>")
_ADDRESS = re.compile(
    r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,253}"
)


def find_senders(raw: bytes) -> frozenset[str]:
    """The addresses of every From of a mail, as they are written there; none where it has none. What
    a display name looks like is no address while one stands in angle brackets."""
    return frozenset(found for field in _list_from(raw[:MOST_HEADER]) for found in _read(field))


def _list_from(raw: bytes) -> Iterator[str]:
    begin = 0
    while raw[begin : begin + 1] in (b"\r", b"\n"):
        begin += 1
    end = _END.search(raw, begin)
    header = raw[begin : end.start() if end else len(raw)].decode("utf-8", "replace")
    for line in re.split(r"\r?\n|\r", _FOLD.sub("", header)):
        if named := _FROM.match(line):
            yield named[1][:_MOST_FIELD]


def _read(field: str) -> Iterator[str]:
    words = decode_words(field)
    bare = _QUOTED.sub(" ", words)
    inside = " , ".join(_ANGLE.findall(bare))
    yield from _ADDRESS.findall(inside if "@" in inside else bare)
