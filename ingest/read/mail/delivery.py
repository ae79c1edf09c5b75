"""What a report of a mail system says: which letter came back, to whom, and whether for good
(RFC 3464, RFC 6533; before them each system wrote sentences of its own)."""

import re
from collections.abc import Iterator
from mmap import mmap

from ingest.read.mail import charset, html_text
from ingest.read.mail.body_part import Raw, decode_octets
from ingest.read.mail.message import Part, split
from ingest.read.mail.returned.letter_ids import find_letter_ids
from ingest.read.mail.returned.plain_text import ADDRESS, read_sentences
from redaksi.arrival import Delivery, Mail, Report
from redaksi.limits import Safety
from redaksi.sender_policy.header_fields import media_type

_MOST = 64 * 1024  # octets of one part that are read
_MOST_PARTS = 30
_MOST_FOUND = 50  # deliveries, and Message-IDs
_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")  # RFC 3463, 2
_WORD = re.compile(r"^[a-z-]{0,20}")  # comments may follow it
_ID = re.compile(r"<[^<>\s]{1,250}>")
_STATUSES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = (
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
)
_NAMING = ("x-original-message-id", "original-message-id", "in-reply-to", "references")
_CODE_POINT = re.compile(r"\\x\{([0-9A-Fa-f]{2,6})\}")  # RFC 6533, 3
_DAEMON = re.compile(
    r"(?:mailer[-_.]?daemon|postmaster|microsoftexchange[0-9a-f]+)(?:@|\s|$)"
    r"|(?:courier mail server|mail delivery (?:sub)?system)",
    re.IGNORECASE,
)


def is_report(mail: Mail) -> bool:
    """Whether a mail may be a report, though its sender is no address that we could name: Courier
    writes "<@>", some systems leave out the domain. What it says counts only where it names a
    letter of ours."""
    if mail.report_type.removeprefix("global-") == "delivery-status":
        return True
    senders = " ".join(mail.all("From"))[:1000]
    return bool(mail.first("X-Failed-Recipients") or _DAEMON.search(senders))


def may_be_report(mail: Mail) -> bool:
    """Whether a mail may be a report by its header alone: the type of one that does not say what
    it reports stands in its parts (RFC 6522, 3)."""
    tops = (media_type(value) for value in mail.all("Content-Type"))
    return is_report(mail) or "multipart/report" in tops


def read_report(raw: bytes | mmap, safety: Safety) -> Report:
    """The notification in a mail; an empty Report where it has none that can be read. Never
    raises for what it is."""
    octets: Raw = raw
    root = split(octets, safety).root
    if root is None:
        return Report()
    parts = [(part, _texts(octets, part)) for part in _parts(root)[:_MOST_PARTS]]
    failed = ADDRESS.findall(read_part_field(root, "x-failed-recipients"))
    deliveries = _read_statuses(parts)
    if not any(each.recipient for each in deliveries):  # a status of the mail alone: words say more
        deliveries = _read_words(root, parts) or deliveries
    named = {each.recipient for each in deliveries}
    # Exim without RFC 3464: its header names who failed, not why
    deliveries += [
        Delivery(recipient=address.lower(), action="failed")
        for address in failed
        if address.lower() not in named
    ]
    returned = dict.fromkeys(_returned_ids(root, parts))
    return Report(
        deliveries=tuple(deliveries[:_MOST_FOUND]), returned=tuple(returned)[:_MOST_FOUND]
    )


def read_part_field(part: Part, name: str) -> str:
    """A field of a part as one bounded string."""
    return part.first(name)[:4096]


_Texts = tuple[str, ...]


def _parts(root: Part) -> list[Part]:
    """Leaves, and returned mails whose parts lie open."""
    found, waiting = [], [root]
    while waiting:
        part = waiting.pop()
        if part.children and part.type.word not in (*_RETURNED, *_STATUSES):
            waiting.extend(reversed(part.children))
        else:
            found.append(part)
    return found


def _texts(raw: Raw, part: Part) -> _Texts:
    """Its octets as text, decoded (RFC 6533 allows what RFC 3464 forbids), and as they stand where
    they only claim to be encoded."""
    end = min(part.end, part.start + _MOST)
    name = part.type.parameters.get("charset", "")
    decoded = charset.decode_text(decode_octets(raw, part.start, end, part.transfer), name)
    plain = charset.decode_text(bytes(raw[part.start : end]), name)
    return tuple(dict.fromkeys((decoded, plain)))


def _read_statuses(parts: list[tuple[Part, _Texts]]) -> list[Delivery]:
    """What the parts made for machines say."""
    found: list[Delivery] = []
    for part, texts in parts:
        if part.type.word in _STATUSES:
            found += next(filter(None, map(_deliveries, texts)), [])
    return found


def _read_words(root: Part, parts: list[tuple[Part, _Texts]]) -> list[Delivery]:
    """What the first part made for people says, where none is made for machines."""
    for part, texts in parts:
        if part.type.word not in ("text/plain", "text/html") or not texts[0].strip():
            continue
        words = html_text.extract_text(texts[0]) if part.type.word == "text/html" else texts[0]
        subject = charset.decode_words(read_part_field(root, "subject"))
        return list(read_sentences(subject, words))
    return []


def _returned_ids(root: Part, parts: list[tuple[Part, _Texts]]) -> Iterator[str]:
    """The Message-ID of what came back: its own field first, then our own ids wherever they
    stand."""
    for part, texts in parts:
        if part.type.word in _RETURNED:
            for text in texts:
                yield from _message_ids(text)
        elif part.type.word in _STATUSES:
            for text in texts:
                yield from _fields_named(text)
    for field in _NAMING:
        yield from _ID.findall(read_part_field(root, field))
    yield from find_letter_ids(" ".join(value[:1000] for _, value in root.fields[:200]))
    for _, texts in parts:
        for text in texts:
            yield from find_letter_ids(text)


def _deliveries(text: str) -> list[Delivery]:
    """One for each group of fields that names a recipient (RFC 3464, 2.3)."""
    found = []
    for group in re.split(r"\r?\n[ \t]*\r?\n", text):
        fields = _fields(group)
        final, original = (
            _address_in(fields.get(name, "")) for name in ("final-recipient", "original-recipient")
        )
        if not (final or original) and "action" not in fields:
            continue
        status = _STATUS.search(fields.get("status", ""))
        found.append(
            Delivery(
                recipient=final or original,
                original=original if final else "",
                action=_WORD.findall(fields.get("action", "").lower())[0],
                status=status[0] if status else "",
            )
        )
    return found


def _address_in(field: str) -> str:
    """The address behind its type, in lower case; "" for none. Letters beyond ASCII may be
    written as code points."""
    address = ADDRESS.search(_CODE_POINT.sub(_decode_point, field.partition(";")[2] or field))
    return address[0].lower() if address else ""


def _decode_point(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if 0x20 < number < 0xD800 or 0xE000 <= number < 0x110000 else ""


def _message_ids(text: str) -> list[str]:
    """The returned mail's own Message-ID."""
    head = re.split(r"\r?\n\r?\n", text.lstrip("\r\n"), maxsplit=1)[0]
    return _ID.findall(_fields(head).get("message-id", ""))


def _fields_named(text: str) -> Iterator[str]:
    """Message-IDs that a status names among its fields, as Google's does."""
    for group in re.split(r"\r?\n[ \t]*\r?\n", text):
        fields = _fields(group)
        for name in _NAMING:
            yield from _ID.findall(fields.get(name, ""))


def _fields(block: str) -> dict[str, str]:
    """Fields of a block, unfolded, names in lower case, the first of each."""
    fields: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]+", " ", block).splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields
