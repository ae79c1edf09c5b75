"""Header fields of a mail or a part: where they end, what they say (RFC 5322, 2045, 2183, 2231).

The fields themselves are read by the standard library under `compat32`; its newer policies parse
values as they are touched and hang on hostile ones. Parameters are read here: the library's own
reader is quadratic.
"""

import itertools
import re
from collections.abc import Callable
from email.parser import BytesHeaderParser
from email.policy import compat32
from itertools import islice
from urllib.parse import unquote_to_bytes

from msgspec import Struct, field

from ingest.read.mail import charset
from ingest.read.mail.body_part import Raw
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_policy import header_fields

# as written, unfolded; octets above 127 read as UTF-8, else windows-1252
Fields = tuple[tuple[str, str], ...]

# A line of a header: a name and a colon, with white space between them as RFC 5322, 4.5 still
# allows; a continuation; or mbox's "From ".
_FIELD_LINE = re.compile(rb"From |[\x21-\x39\x3b-\x7e]*[ \t]*:|[\t ]")
# No border writes its field so: a spaced one is a sender's, and is not heard.
_SPACED_RESULTS = re.compile(rb"(?im)^(authentication-results)[ \t]+:")
_SPACED_NAME = re.compile(rb"(?m)^([\x21-\x39\x3b-\x7e]+)[ \t]+:")
# Fields that no body begins a line with. A line that is none stands in the header when one of these
# follows.
_KNOWN = re.compile(
    rb"(?im)^(?:content-[a-z-]+|mime-version|x-[a-z0-9-]+|received|from|to|cc|sender|reply-to|subject|date|message-id"
    rb"|in-reply-to|references|return-path|delivered-to|authentication-results|dkim-signature|arc-[a-z-]+|list-[a-z-]+"
    rb"|precedence|auto-submitted)[ \t]*:"
)
_BLANK = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_CONTENT = re.compile(rb"content-(?:type|disposition|transfer-encoding)[ \t]*:", re.IGNORECASE)
_DASHES = re.compile(rb"[\r\n](--[^\r\n]{1,300})")
_MOST_DASHES = 100  # lines that may be a boundary
_LONE_CR = re.compile(rb"\r(?!\n)")
_FOLD = re.compile(r"\r?\n(?=[ \t])|[\r\n]")
_PARAMETER = re.compile(r'[^;"]*(?:"(?:[^"\\]|\\.)*(?:"|\\?\Z)[^;"]*)*', re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\(.)", re.DOTALL)
_MOST_VALUE = 8192  # characters of a structured field that are read
_MOST_PIECES = 200
_SEGMENT = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?")


class Block(Struct, frozen=True, kw_only=True):
    """A header block: its fields and where the body begins. `over` names the limit it broke, if
    any."""

    fields: Fields
    start: int
    body: int
    over: Reason | None = None


class Value(Struct, frozen=True, kw_only=True):
    """A structured field: its word (lower case) and its parameters, decoded, the first of each
    name."""

    word: str
    parameters: dict[str, str] = field(default_factory=dict)


def read_block(
    raw: Raw,
    start: int,
    newline: bytes,
    most: tuple[int, int],
    stop: Callable[[bytes], bool] | None = None,
) -> Block:
    """The header that begins at `start`. `most`: octets of the whole block and of one field; `stop`
    tells whether a line belongs to someone else (a boundary).

    A block over its limit is cut there; a field over its limit is left out; both are named in
    `over`.
    """
    most_block, most_field = most
    position = field_start = start
    kept: list[bytes] = []
    over: Reason | None = None
    last = -1
    junk = False  # whether the line before belonged to no field
    while True:
        found = raw.find(newline, position, start + most_block + 1)
        after = len(raw) if found < 0 else found + len(newline)
        if after - start > most_block:
            over = explain(ReasonCode.HEADER_LIMIT, most=most_block // 1024)
            break
        head = raw[position : min(after, position + 1000)]
        if not head.strip(b"\r\n") or (
            head[:2] == b"--"
            and (_CONTENT.match(raw, after) or (stop is not None and stop(raw[position:after])))
        ):
            break
        if not _FIELD_LINE.match(head) or (junk and head[:1] in b" \t"):
            last = _last_known(raw, position, start + most_block, stop) if last < 0 else last
            if position >= last:
                break
            junk, position = True, after
            continue
        junk = False
        if head[:1] not in b" \t":
            field_start = position
        if after - field_start > most_field:
            over = over or explain(ReasonCode.HEADER_FIELD_LIMIT, most=most_field // 1024)
        kept.append(raw[position:after])
        position = after
        if position >= len(raw):
            break
    body = position
    line = raw[position : position + 2]
    if line[:2] == b"\r\n" or line[:1] in (b"\n", b"\r"):
        body += 2 if line == b"\r\n" else 1
    return Block(
        fields=_fields(b"".join(kept), newline, most_field), start=start, body=body, over=over
    )


def _last_known(raw: Raw, position: int, end: int, stop: Callable[[bytes], bool] | None) -> int:
    """Where the last well-known field before the next empty line or boundary begins; 0 when there
    is none."""
    ahead = raw[position:end]
    for dashes in itertools.islice(_DASHES.finditer(ahead) if stop else (), _MOST_DASHES):
        if stop is not None and stop(dashes[1]):
            ahead = ahead[: dashes.start() + 1]
            break
    empty = _BLANK.search(ahead)
    found = [
        match.start()
        for match in _KNOWN.finditer(ahead, 0, empty.start() + 1 if empty else len(ahead))
    ]
    return position + found[-1] if found else 0


def _fields(octets: bytes, newline: bytes, most_field: int) -> Fields:
    if newline == b"\r":
        octets = octets.replace(b"\r", b"\n")
    octets = _SPACED_RESULTS.sub(rb"X-Spaced-\1:", octets)
    octets = _SPACED_NAME.sub(rb"\1:", _LONE_CR.sub(b" ", octets))
    message = BytesHeaderParser(policy=compat32).parsebytes(octets)
    return tuple(
        (charset.decode_field(name), charset.decode_field(_FOLD.sub("", value)))
        for name, value in message.raw_items()
        if len(value) <= most_field
    )


def find_first(fields: Fields, name: str) -> str:
    """The topmost value of a field, "" when absent. `name` in lower case."""
    return next((value for key, value in fields if key.lower() == name), "")


def parse_structured(value: str) -> Value:
    """A field of a word and parameters: Content-Type, Content-Disposition (RFC 2045 section 5.1,
    RFC 2231)."""
    pieces = islice(_PARAMETER.finditer(value[:_MOST_VALUE]), _MOST_PIECES)
    word = next(pieces)[0].strip().lower()
    # RFC 2045, 5.1: comments may stand anywhere
    word = word if "(" not in word else header_fields.media_type(word)
    plain: dict[str, str] = {}
    segments: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces:
        name, equals, given = piece[0].partition("=")
        name, given = name.strip().lower(), _unquoted(given.strip())
        if not equals or not name:
            continue
        match = _SEGMENT.fullmatch(name)
        if match is None or (match[2] is None and match[3] is None):
            plain.setdefault(name, given)
        else:
            segments.setdefault(match[1], {}).setdefault(
                int(match[2] or 0), (given, match[3] is not None)
            )
    for name, parts in segments.items():
        plain[name] = _assembled(parts)
    return Value(word=word, parameters=plain)


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        value = value[1:].rstrip()
        closing = value.rfind('"')
        return _QUOTED_PAIR.sub(r"\1", value[:closing] if closing >= 0 else value)
    return value


def _assembled(parts: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231 sections 3 and 4: segments in order, the first one naming the charset."""
    name = ""
    octets: list[bytes] = []
    for position, number in enumerate(sorted(parts)):
        given, extended = parts[number]
        if extended and position == 0 and given.count("'") >= 2:
            name, _, given = given.split("'", 2)
        octets.append(unquote_to_bytes(given) if extended else given.encode("utf-8", "replace"))
    return charset.decode_text(b"".join(octets), name)


def parse_media_type(value: str, default: str) -> Value:
    """A Content-Type. Absent: `default`; without exactly one slash: text/plain (RFC 2045 section
    5.2)."""
    if not value:
        return Value(word=default)
    read = parse_structured(value)
    return (
        read if read.word.count("/") == 1 else Value(word="text/plain", parameters=read.parameters)
    )


def find_filename(disposition: Value, kind: Value) -> str:
    """The name its sender gave a part: Content-Disposition's, else Content-Type's; "" when none.

    Encoded words are decoded in both, inside quotes as well: Outlook and Gmail write names so
    against RFC 2047.
    """
    given = disposition.parameters.get("filename") or kind.parameters.get("name") or ""
    return charset.decode_words(given).strip()
