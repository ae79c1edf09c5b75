"""winmail.dat: the attachments Outlook wraps in TNEF (MS-OXTNEF). Bounds are checked before
anything is read.

Only what a newsroom needs is read: names, media types and contents of attachments. The message's
own properties are in the mail's header and body already.
"""

import struct
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.mail import charset
from redaksi.errors import Unreadable
from redaksi.reasons import ReasonCode

_SIGNATURE = 0x223E9F78  # 2.1.3.1
_ATTACHMENT_LEVEL = 2
# Attribute ids, type in the high word (2.1.3.3)
_CODE_PAGE, _RENDER, _TITLE, _BYTES, _PROPERTIES = (
    0x00069007,
    0x00069002,
    0x00018010,
    0x0006800F,
    0x00069005,
)
# Property ids (MS-OXPROPS)
_DATA, _LONG_NAME, _MIME, _CONTENT_ID = 0x3701, 0x3707, 0x370E, 0x3712
# MS-OXCDATA 2.11.1, padded to 4
_FIXED = {
    2: 4,
    3: 4,
    4: 4,
    5: 8,
    6: 8,
    7: 8,
    10: 4,
    11: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
_VARIABLE = (0x0D, 0x1E, 0x1F, 0x102)
_MOST_ATTRIBUTES = 1000  # four an attachment
_MOST_PROPERTIES = 100  # of one attachment; Outlook writes about twenty
_MOST_VALUES = 10  # of one property


class Wrapped(Struct, frozen=True, kw_only=True):
    """One attachment: its octets are `start` to `end` of the stream it was found in."""

    name: str = ""
    media_type: str = ""
    content_id: str = ""
    start: int = 0
    end: int = 0


def unpack_attachments(octets: bytes) -> tuple[Wrapped, ...]:
    """What is wrapped in a TNEF stream.

    Raises Unreadable when it is none or ends in the middle of an attribute.
    """
    if len(octets) < 6 or struct.unpack("<I", octets[:4])[0] != _SIGNATURE:
        raise Unreadable("tnef", ReasonCode.WINMAIL_UNSIGNED)
    found: list[Wrapped] = []
    page = "cp1252"
    for level, ident, start, end in _attributes(octets):
        if ident == _CODE_PAGE and end - start >= 4:
            page = f"cp{struct.unpack('<I', octets[start : start + 4])[0]}"
        if level != _ATTACHMENT_LEVEL:
            continue
        if ident == _RENDER:
            found.append(Wrapped())
        elif found and ident == _TITLE and not found[-1].name:
            title = octets[start:end].split(b"\0", 1)[0]
            found[-1] = replace(found[-1], name=charset.decode_text(title, page))
        elif found and ident == _BYTES:
            found[-1] = replace(found[-1], start=start, end=end)
        elif found and ident == _PROPERTIES:
            found[-1] = _described(found[-1], octets, start, end, page)
    return tuple(each for each in found if each.end > each.start or each.name)


def _attributes(octets: bytes) -> Iterator[tuple[int, int, int, int]]:
    """(level, id, start, end) of each attribute (2.1.3.2): level, id, length, octets, checksum."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at + 9 > len(octets):
            return
        level, ident, length = struct.unpack("<BII", octets[at : at + 9])
        start = at + 9
        if start + length > len(octets):
            raise Unreadable("tnef", ReasonCode.WINMAIL_CUT)
        yield level, ident, start, start + length
        at = start + length + 2
    raise Unreadable("tnef", ReasonCode.WINMAIL_ATTRIBUTES_LIMIT, most=_MOST_ATTRIBUTES)


def _described(wrapped: Wrapped, octets: bytes, start: int, end: int, page: str) -> Wrapped:
    """What the attachment's MAPI properties add (2.1.3.4): the long name, the media type, data
    of objects."""
    changes: dict[str, Any] = {}
    for ident, kind, first, last in _properties(octets, start, end):
        if ident == _LONG_NAME:
            changes["name"] = _string(octets[first:last], kind, page)
        elif ident == _MIME:
            changes["media_type"] = _string(octets[first:last], kind, page).lower()
        elif ident == _CONTENT_ID:
            changes["content_id"] = _string(octets[first:last], kind, page).strip("<> ")
        elif ident == _DATA and not wrapped.end:
            # an object's interface identifier
            begin = min(first + 16, last) if kind == 0x0D else first
            changes |= {"start": begin, "end": last}
    return replace(wrapped, **{name: value for name, value in changes.items() if value != ""})


def _string(octets: bytes, kind: int, page: str) -> str:
    if kind == 0x1F:
        return octets[: len(octets) & ~1].decode("utf-16-le", "replace").split("\0", 1)[0]
    return charset.decode_text(octets.split(b"\0", 1)[0], page)


def _properties(octets: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """(id, type, start, end) of each single value; what cannot be followed ends the list."""
    at = start + 4
    count = struct.unpack("<I", octets[start:at])[0] if at <= end else 0
    for _ in range(min(count, _MOST_PROPERTIES)):
        if at + 4 > end:
            return
        kind, ident = struct.unpack("<HH", octets[at : at + 4])
        at += 4
        if ident >= 0x8000:
            at = _past_name(octets, at, end)
        multiple, kind = bool(kind & 0x1000), kind & ~0x1000
        values = 1
        if multiple or kind in _VARIABLE:
            if at + 4 > end:
                return
            values = struct.unpack("<I", octets[at : at + 4])[0]
            at += 4
        if values > _MOST_VALUES:
            return
        for number in range(values):
            first, last, at = _value(octets, at, end, kind)
            if last < 0:
                return
            if number == 0:
                yield ident, kind, first, last


def _value(octets: bytes, at: int, end: int, kind: int) -> tuple[int, int, int]:
    """(start, end, where the next begins) of one value, padded to four octets; end -1 when it
    cannot be followed."""
    length = _FIXED.get(kind, 0)
    if kind in _VARIABLE and at + 4 <= end:
        length = struct.unpack("<I", octets[at : at + 4])[0]
        at += 4
    elif kind not in _FIXED:
        return at, -1, at
    return at, (at + length if at + length <= end else -1), at + length + (-length % 4)


def _past_name(octets: bytes, at: int, end: int) -> int:
    """A named property's GUID and name (2.1.3.4.1)."""
    if at + 24 > end:
        return end
    by_string, value = struct.unpack("<II", octets[at + 16 : at + 24])
    return at + 24 + (value + (-value % 4) if by_string else 0)
