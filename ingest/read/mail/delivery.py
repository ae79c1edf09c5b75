"""What a delivery status notification says: which letter came back, to whom, and whether for
good (RFC 3464)."""

import re
from mmap import mmap

from ingest.read.mail.body_part import Raw
from ingest.read.mail.message import Part, split, walk_leaves
from redaksi.arrival import Delivery, Report
from redaksi.limits import Safety
from redaksi.text import clean

_MOST = 64 * 1024  # octets of one part that are read
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")  # RFC 3463, 2
_ID = re.compile(r"<[^<>\s]{1,250}>")
_ADDRESS = re.compile(r"[^\s<>,;]{1,64}@[^\s<>,;]{1,255}")
_STATUSES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")


def read_report(raw: bytes | mmap, safety: Safety) -> Report:
    """The notification in a mail; an empty Report where it has none that can be read. Never
    raises for what it is."""
    octets: Raw = raw
    root = split(octets, safety).root
    if root is None:
        return Report()
    deliveries: list[Delivery] = []
    returned: list[str] = []
    for part in _parts(root):
        if part.type.word in _STATUSES:
            deliveries += _deliveries(_text(octets, part))
        elif part.type.word in _RETURNED:
            returned += _message_ids(_text(octets, part))
    for field in ("x-original-message-id", "original-message-id", "in-reply-to", "references"):
        returned += _ID.findall(read_part_field(root, field))
    failed = _ADDRESS.findall(read_part_field(root, "x-failed-recipients"))
    if not deliveries:  # Exim without RFC 3464: it names who failed, not why
        deliveries = [Delivery(recipient=one.lower(), action="failed") for one in failed]
    return Report(deliveries=tuple(deliveries[:50]), returned=tuple(dict.fromkeys(returned[:50])))


def read_part_field(part: Part, name: str) -> str:
    """A field of a part as one bounded string."""
    return part.first(name)[:4096]


def _parts(root: Part) -> list[Part]:
    """Leaves, and returned mails whose parts lie open."""
    found, waiting = [], [root]
    while waiting:
        part = waiting.pop()
        if part.children and part.type.word not in (*_RETURNED, *_STATUSES):
            waiting.extend(reversed(part.children))
        else:
            found.append(part)
    return found or list(walk_leaves(root))


def _text(raw: Raw, part: Part) -> str:
    """Its octets as text: these types may be neither base64 nor quoted-printable (RFC 3464, 2;
    RFC 2046, 5.2.1)."""
    return bytes(raw[part.start : min(part.end, part.start + _MOST)]).decode("utf-8", "replace")


def _deliveries(text: str) -> list[Delivery]:
    """One for each group of fields that names a recipient (RFC 3464, 2.3)."""
    found = []
    for group in re.split(r"\r?\n[ \t]*\r?\n", text):
        fields = _fields(group)
        recipient = fields.get("final-recipient") or fields.get("original-recipient") or ""
        if not recipient and "action" not in fields:
            continue
        address = _ADDRESS.search(recipient.partition(";")[2] or recipient)
        status = _STATUS.search(fields.get("status", ""))
        found.append(
            Delivery(
                recipient=address[0].lower() if address else "",
                action=clean.line(fields.get("action", ""), 20).lower(),
                status=status[0] if status else "",
            )
        )
    return found


def _message_ids(text: str) -> list[str]:
    """The returned mail's own Message-ID."""
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return _ID.findall(_fields(head).get("message-id", ""))


def _fields(block: str) -> dict[str, str]:
    """Fields of a block, unfolded, names in lower case, the first of each."""
    fields: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", block).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields
