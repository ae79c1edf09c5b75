"""Addresses, date and subject by mail-parser, from a skeleton: four header fields and the text,
nothing else.

mail-parser reads what it is given with any codec Python has and in time that hostile mails can
stretch, so it is given little: fields of bounded length whose encoded words are UTF-8 already
(`ingest.read.mail.charset`). What comes back is cleaned here; where it fails, the standard
library's simpler readers answer.
"""

import base64
import logging
import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parseaddr, parsedate_to_datetime

import mailparser
import msgspec
from mailparser.exceptions import MailParserError
from msgspec import Struct

from ingest.read.mail import charset
from ingest.read.mail.headers import Fields, find_first
from redaksi.text import clean

logging.getLogger("mailparser").setLevel(logging.CRITICAL)  # it logs addresses and subjects

_RUN = re.compile(
    r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\r\n]*\?=(?:\s+=\?[^?\s]{1,60}\?[bBqQ]\?[^?\r\n]*\?=)*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]+")
_ADDRESS = re.compile(
    r"[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,64}@[^\s<>,;:\"()\[\]\\@\x00-\x1f\x7f]{1,253}"
)
_MOST_FIELD = 2000
_FAULTS = (
    MailParserError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
    OverflowError,
)


class Facts(Struct, frozen=True, kw_only=True):
    """What the header says in words, cleaned."""

    address: str = ""
    name: str = ""
    subject: str = ""
    date: str | None = None  # RFC 3339
    text: str = ""


def read_facts(fields: Fields, text: str = "") -> Facts:
    """Who wrote, when and what about, and the text as mail-parser reads it (NFC)."""
    try:
        parsed = mailparser.parse_from_string(_skeleton(fields, text))
        sender = next(iter(parsed.from_), ("", ""))
        subject, date, zone = str(parsed.subject), parsed.date, parsed.timezone
        words = "\n\n".join(parsed.text_plain)
    except _FAULTS:
        if text:  # what stands in the words changes nothing that the header says
            return msgspec.structs.replace(read_facts(fields), text=text)
        sender = parseaddr(_field(fields, "from"))
        subject, date, zone, words = charset.decode_words(_field(fields, "subject")), None, 0, ""
    address = str(sender[1]).strip()
    return Facts(
        address=clean.line(address, 320) if _ADDRESS.fullmatch(address) else "",
        name=clean.line(charset.decode_words(str(sender[0])), 120),
        subject=clean.line(subject, 300),
        date=_rfc3339(date, zone) or _lenient(_field(fields, "date")),
        text=words,
    )


def _skeleton(fields: Fields, text: str) -> str:
    lines = [f"{name.title()}: {_field(fields, name)}" for name in ("from", "date", "subject")]
    body = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    lines += [
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        "",
        body,
    ]
    return "\n".join(lines)


def _field(fields: Fields, name: str) -> str:
    """A field on one line, bounded, its encoded words made UTF-8 and each run of them one word."""
    value = _CONTROL.sub(" ", find_first(fields, name))[:_MOST_FIELD]
    return _RUN.sub(lambda run: _as_word(charset.decode_words(run[0])), value)


def _as_word(value: str) -> str:
    value = _CONTROL.sub(" ", value)
    return f"=?utf-8?b?{base64.b64encode(value.encode('utf-8', 'replace')).decode('ascii')}?="


def _rfc3339(date: datetime | None, zone: object) -> str | None:
    """mail-parser gives UTC and the sender's offset in hours, as text."""
    if date is None:
        return None
    try:
        offset = timezone(timedelta(hours=float(str(zone))))
        return _sane(
            date.replace(tzinfo=UTC).astimezone(offset)
            if date.tzinfo is None
            else date.astimezone(offset)
        )
    except (ValueError, OverflowError):
        return None


def _lenient(value: str) -> str | None:
    """Dates that are no RFC 5322 but that a person would read."""
    try:
        date = parsedate_to_datetime(value[:100])
        return _sane(date if date.tzinfo else date.replace(tzinfo=UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sane(date: datetime) -> str | None:
    return date.isoformat(timespec="seconds") if 1990 <= date.year <= 2100 else None
