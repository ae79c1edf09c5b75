"""When a photo was taken, by whom, for whom, whether it says where, and how it came about: from
EXIF, IPTC and XMP. Hints for an editor, never a verdict; junk and damage yield nothing.

Sources: EXIF 2.32 (JEITA CP-3451), IPTC IIM 4.2, IPTC Photo Metadata Standard 2023.1.
"""

import re
from datetime import datetime

from msgspec import Struct

from ingest.read.photo.coded.tags import IPTC, XMP, Tags, read_tags
from ingest.read.photo.described import iptc, xmp
from ingest.read.photo.metadata import read_ifd
from redaksi.text import clean

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_ARTIST, _XP_AUTHOR = 0x13B, 0x9C9D
_TAKEN, _DIGITIZED = 0x9003, 0x9004
_LATITUDE, _LONGITUDE = 2, 4
_LONGEST = 100  # characters of a name
_EARLIEST, _LATEST = 1990, 2100  # years that a digital photo may be from
_DATE = re.compile(r"(\d{4})[:\-/.]?(\d\d)[:\-/.]?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?")
_SOURCE_TYPE = re.compile(r"[A-Za-z]{3,60}")
_CONTAINERS = ("jpeg", "png", "tiff", "webp", "heic", "avif")
# what cameras, phones and programs call themselves where a person's name belongs
_NOBODY = re.compile(
    r"(unknown|none|null|n/?a|default|user|owner|admin|administrator|pemilik|author|artist|photographer|camera|picasa"
    r"|samsung|xiaomi|redmi|poco|oppo|vivo|realme|infinix|tecno|huawei|honor|apple|iphone|sony|canon|nikon|fujifilm"
    r"|olympus|panasonic|microsoft( office user)?|windows user|photographer'?s? name|your name|gopro|dji|canva"
    r"|[\W\d_]*)(\s.{0,30})?",
    re.IGNORECASE,
)


class PhotoFacts(Struct, frozen=True, kw_only=True):
    """Fields as `redaksi.model.Photo` has them."""

    captured: str = ""
    byline: str = ""
    credit: str = ""
    located: bool = False
    digital_source_type: str = ""


def read_facts(content: bytes, kind: str) -> PhotoFacts:
    """What a photo says of itself; `kind` as sniffed."""
    if kind not in _CONTAINERS:
        return PhotoFacts()
    block, tags = read_ifd(content, kind)
    inner = _read_pointed(block, tags, _EXIF_IFD)
    lines = iptc.read_iptc(content, kind, tags.values.get(IPTC, b""))
    properties = xmp.read_xmp(content, kind, tags.values.get(XMP, b""))
    return PhotoFacts(
        captured=_first_date(
            _text(inner, _TAKEN),
            properties.get("DateTimeOriginal", ""),
            _text(inner, _DIGITIZED),
            properties.get("DateCreated", ""),
            lines.get(iptc.CREATED, "") + lines.get(iptc.CREATED_AT, ""),
        ),
        byline=_first_name(
            properties.get("creator", ""),
            lines.get(iptc.BYLINE, ""),
            _text(tags, _ARTIST),
            _wide_text(tags, _XP_AUTHOR),
        ),
        credit=_first_name(properties.get("Credit", ""), lines.get(iptc.CREDIT, "")),
        located=_is_located(_read_pointed(block, tags, _GPS_IFD)),
        digital_source_type=_name_source(properties.get("DigitalSourceType", "")),
    )


def _read_pointed(block: bytes, tags: Tags, pointer: int) -> Tags:
    """A directory that IFD 0 points at."""
    at = tags.number(pointer)
    return read_tags(block, 0, at) if at else Tags()


def _text(tags: Tags, tag: int) -> str:
    return iptc.decode_text(tags.values.get(tag, b""))


def _wide_text(tags: Tags, tag: int) -> str:
    """What Windows writes: UTF-16 in an array of bytes."""
    value = bytes(tags.numbers[tag]) if tag in tags.numbers else tags.values.get(tag, b"")
    return value[: len(value) & ~1].decode("utf-16-le", "replace").split("\0", 1)[0]


def _first_date(*found: str) -> str:
    return next((date for text in found if (date := _read_date(text))), "")


def _read_date(text: str) -> str:
    """ISO 8601 without an offset, as the camera's clock showed it; "" for what is none."""
    match = _DATE.match(text.strip())
    if match is None:
        return ""
    parts = [int(part) for part in match.groups(default="0")]
    if not _EARLIEST <= parts[0] <= _LATEST:
        return ""
    try:
        moment = datetime(*parts)  # type: ignore[arg-type]
    except ValueError:
        return ""
    return moment.isoformat() if match[4] else moment.date().isoformat()


def _first_name(*found: str) -> str:
    for text in found:
        name = clean.line(text, _LONGEST)
        if name and not _NOBODY.fullmatch(name):
            return name
    return ""


def _is_located(gps: Tags) -> bool:
    """A latitude and a longitude that are not all zeros, as a phone without a fix writes them."""
    latitude, longitude = (gps.values.get(tag, b"") for tag in (_LATITUDE, _LONGITUDE))
    numerators = [value[at : at + 4] for value in (latitude, longitude) for at in (0, 8, 16)]
    return len(latitude) >= 24 and len(longitude) >= 24 and any(any(each) for each in numerators)


def _name_source(value: str) -> str:
    """The last part of IPTC's address of a digital source type."""
    name = value.rstrip("/").rpartition("/")[2]
    return name if _SOURCE_TYPE.fullmatch(name) else ""
