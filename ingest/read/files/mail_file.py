"""A mail saved as a file: in UTF-16, as editors save it, or with others in one spool (mbox)."""

import re

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MOST_MAILS = 200  # of one spool that are told apart
# RFC 4155: who, and when as asctime writes it
ENVELOPE = re.compile(
    rb"From [^\r\n]{1,200}?[ \t]\d{1,2}:\d\d(?::\d\d)?[ \t][^\r\n]{0,40}?\d{4}[^\r\n]{0,40}(?:\r\n|\r|\n)"
)
_NEXT = re.compile(rb"(?:\r\n\r\n|\n\n|\r\r)(?=From \S)")
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,76}[ \t]*:")


def read_utf16(octets: bytes) -> bytes:
    """The octets in UTF-8 where they begin with UTF-16's mark; else as they are."""
    if not octets.startswith(_MARKS):
        return octets
    return octets[: len(octets) & ~1].decode("utf-16", "replace").encode("utf-8", "replace")


def split_mails(octets: bytes) -> tuple[bytes, ...]:
    """The mails of a file, in order: those of a spool, or the one."""
    whole = read_utf16(octets)
    if not ENVELOPE.match(whole.removeprefix(b"\xef\xbb\xbf")):
        return (whole,)
    starts = [0]
    for found in _NEXT.finditer(whole):
        envelope = ENVELOPE.match(whole, found.end())
        if envelope and _FIELD.match(whole, envelope.end()):
            starts.append(found.end())
        if len(starts) >= _MOST_MAILS:
            break
    ends = [*starts[1:], len(whole)]
    return tuple(whole[start:end] for start, end in zip(starts, ends, strict=True))
