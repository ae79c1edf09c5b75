"""What a photo says of itself: rotation and caption, from EXIF, IPTC and XMP. Junk and damage yield
nothing.

Sources: EXIF 2.32 (JEITA CP-3451), IPTC IIM 4.2 (record 2), Adobe XMP part 3 (where packets are
embedded).
"""

import html
import re

from ingest.read.photo.jpeg import scan_jpeg
from ingest.read.photo.png import walk_chunks
from ingest.read.photo.tags import (
    DESCRIPTION,
    IPTC,
    XMP,
    XP_COMMENT,
    XP_SUBJECT,
    XP_TITLE,
    Tags,
    read_tags,
)
from redaksi.text import clean

_EXIF = b"Exif\0\0"
_FLAT = re.compile(r"""\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})')""")
_JUNK = re.compile(
    r"(olympus digital camera|sony dsc|dcim\S*|default|untitled|img|image|picture|photo|foto|gambar|screenshot"
    r"|samsung( camera pictures)?|kodak digital still camera|konica minolta digital camera|minolta digital camera"
    r"|my ?photo|mde|cof|btf|edf|rhdr|hdrpl|nor|sdr|dav|oznor\S*|binary comment|ascii|unicode|null|none|no description"
    r"|jpeg|charset=\S*|sanyo digital camera"
    r"|\{.*|file written by adobe photoshop.*|software: .*|created with.*|digital camera"
    r"|exif_?jpeg.*|.*\.(jpe?g|png|tiff?|heic|bmp)|[\W\d_]*)",
    re.IGNORECASE,
)
_MOST = 1000  # characters of a caption
_MOST_BLOCKS = 200_000  # of a GIF, 255 bytes each
_MOST_SEARCHED = 4 * 1024 * 1024  # bytes looked through for a packet


def read_orientation(content: bytes, kind: str) -> int:
    """EXIF 0x0112, 1..8; 1 when it is absent or broken."""
    return _tags(content, kind).orientation


def read_description(content: bytes) -> str:
    """The caption that a photo carries in itself, "" when there is none worth the name."""
    for candidate in _descriptions(content):
        text = clean.line(candidate, _MOST)
        if text and not _JUNK.fullmatch(text):
            return text
    return ""


def _descriptions(content: bytes) -> list[str]:
    """In the order of trust: XMP and IPTC were written by a person, EXIF perhaps by the camera."""
    kind = _kind(content)
    tags = _tags(content, kind)
    found = [_xmp(content, tags), _iptc(content, kind, tags)]
    found.append(_text(tags.values.get(DESCRIPTION, b"")))
    for tag in (XP_COMMENT, XP_TITLE, XP_SUBJECT):
        value = (
            bytes(tags.numbers.get(tag, ())) if tag in tags.numbers else tags.values.get(tag, b"")
        )
        found.append(value[: len(value) & ~1].decode("utf-16-le", "replace").split("\0", 1)[0])
    return found


def _kind(content: bytes) -> str:
    if content.startswith(b"\xff\xd8"):
        return "jpeg"
    if content.startswith(b"\x89PNG"):
        return "png"
    return "tiff" if content[:2] in (b"II", b"MM") else "other"


def _tags(content: bytes, kind: str) -> Tags:
    """IFD 0, wherever the format keeps it."""
    if kind == "tiff":
        return read_tags(content, 0)
    if kind == "jpeg":
        for segment in scan_jpeg(content).segments:
            if segment.marker == 0xE1 and content.startswith(_EXIF, segment.body):
                return read_tags(content[segment.body + 6 : segment.end], 0)
        return Tags()
    if kind == "png":
        found = next((c for c in walk_chunks(content) if c.kind == b"eXIf"), None)
        return read_tags(content[found.body : found.end], 0) if found else Tags()
    if kind == "webp":
        at = content.find(b"EXIF", 12)
        start = at + 8 + (6 if content.startswith(_EXIF, at + 8) else 0)
        return read_tags(content[start : start + 65536], 0) if at > 0 else Tags()
    return Tags()


def _xmp(content: bytes, tags: Tags) -> str:
    """dc:description of the first packet: the first item of its rdf:Alt, or an attribute (XMP
    part 1, 7.5 and 8.3)."""
    packet = tags.values.get(XMP, b"")
    source = packet if b"dc:description" in packet else content
    at = source.find(b"dc:description", 0, _MOST_SEARCHED)
    if at < 0:
        return ""
    text = source[at + 14 : at + 14 + 8192].decode("utf-8", "replace")
    if flat := _FLAT.match(text):
        return html.unescape(flat[1] or flat[2])
    opened = text.find("<rdf:li")
    begin, end = text.find(">", opened) + 1, text.find("</rdf:li", opened)
    return html.unescape(text[begin:end]) if 0 <= opened < begin <= end else ""


def _iptc(content: bytes, kind: str, tags: Tags) -> str:
    """Caption/Abstract (2:120) of the IPTC record within Photoshop's resources (8BIM 0x0404)."""
    record = tags.values.get(IPTC, b"")
    if kind == "jpeg":
        joined = b"".join(
            content[s.body + 14 : s.end]
            for s in scan_jpeg(content).segments
            if s.marker == 0xED and content.startswith(b"Photoshop 3.0\0", s.body)
        )
        at = joined.find(b"8BIM\x04\x04")
        record = joined[at + 12 :] if at >= 0 else record
    utf8 = b"\x1c\x01\x5a\x00\x03\x1b%G" in record
    at = record.find(b"\x1c\x02\x78")
    if at < 0:
        return ""
    length = int.from_bytes(record[at + 3 : at + 5], "big")
    if length >= 0x8000:
        return ""
    value = record[at + 5 : at + 5 + length]
    return value.decode("utf-8", "replace") if utf8 else _text(value)


def _text(value: bytes) -> str:
    """UTF-8 when it is, else Windows Latin-1; up to the first NUL."""
    value = value.split(b"\0", 1)[0]
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


def is_animated(content: bytes, kind: str) -> bool:
    """More than one frame: APNG (acTL before IDAT), animated WebP (VP8X flag), GIF (a second
    image descriptor)."""
    if kind == "png":
        for chunk in walk_chunks(content):
            if chunk.kind in (b"IDAT", b"acTL"):
                frames = int.from_bytes(content[chunk.body : chunk.body + 4], "big")
                return chunk.kind == b"acTL" and frames > 1
        return False
    if kind == "webp":
        return content[12:16] == b"VP8X" and bool(content[20:21]) and bool(content[20] & 2)
    return _gif_frames(content) > 1


def _gif_frames(content: bytes) -> int:
    """Image descriptors of a GIF, counted to two (GIF89a, sections 18 to 26)."""
    at = 13 + (3 << (content[10] & 7) + 1 if len(content) > 10 and content[10] & 0x80 else 0)
    frames = steps = 0
    while at < len(content) and frames < 2 and steps < _MOST_BLOCKS:
        block = content[at]
        if block == 0x21:
            at += 2
        elif block == 0x2C and at + 9 < len(content):
            frames += 1
            flags = content[at + 9]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        else:
            break
        steps += 1
        while at < len(content) and content[at] and steps < _MOST_BLOCKS:
            at += 1 + content[at]
            steps += 1
        at += 1
    return frames
