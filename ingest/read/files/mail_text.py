"""Whether a text is a mail (RFC 5322), by its header alone: whatever its type and first field, and
however many fields of relays stand before the author's."""

import re
from collections.abc import Callable

from ingest.read.files.mail_file import ENVELOPE, read_utf16

_MOST = 256 * 1024  # octets of a header
_MOST_LINES = 5000
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,76})[ \t]*:")
_SPOOL = re.compile(rb">?From \S")  # mbox (RFC 4155)
_LINE = re.compile(rb"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_START = re.compile(rb"(?:\xef\xbb\xbf)?[\s]{0,200}")
# Fields that no one types: relays and mail programs write them.
_MACHINES = frozenset(
    {
        "message-id", "received", "mime-version", "return-path", "delivered-to", "dkim-signature", "arc-seal",
        "authentication-results", "x-mailer", "thread-topic", "x-received", "content-transfer-encoding",
    }
)  # fmt: skip
_PEOPLES = frozenset({"date", "subject", "to", "sender", "reply-to", "cc"})
_SAVED = b"<Saved by "  # a browser's page
_PAGE = "content-location"


def is_mail(head: bytes, load: Callable[[], bytes] | None, name: str) -> bool:
    """Whether the file that begins with `head` is a mail. Of one called so (.eml) less is asked
    than of a text of another name, or none."""
    start = _START.match(head)
    position = start.end() if start else 0
    if not (_FIELD.match(head, position) or _SPOOL.match(head, position)):
        return False
    octets = read_utf16(load() if load else head)
    found = _find_fields(octets, position)
    if ENVELOPE.match(octets, position):
        found.add("return-path")  # what a spool made of it
    is_called = name.lower().endswith((".eml", ".email"))
    if is_called:
        machines, peoples = found & _MACHINES, found & (_PEOPLES | {"from"})
        return len(peoples) >= 2 or bool(machines and peoples)
    if _PAGE in found or f"snapshot-{_PAGE}" in found or _SAVED in octets[:2000]:
        return False
    return "from" in found and bool(found & _MACHINES) and bool(found & _PEOPLES)


def _find_fields(octets: bytes, position: int) -> set[str]:
    """The names of the fields of a header, lower case; none where a line of it is no field's."""
    found: set[str] = set()
    end = min(len(octets), position + _MOST)
    for _ in range(_MOST_LINES):
        line = _LINE.match(octets, position, end)
        if line is None or not line[1].strip() or line.end() == position:
            break
        position = line.end()
        field = _FIELD.match(line[1])
        if field:
            found.add(field[1].decode("ascii").lower())
        elif not (line[1][:1] in b" \t" or _SPOOL.match(line[1])):
            break
    return found
