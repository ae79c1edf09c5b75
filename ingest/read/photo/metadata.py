"""What a photo says of itself: rotation and caption, from EXIF, IPTC and XMP. Junk and damage yield
nothing.

Sources: EXIF 2.32 (JEITA CP-3451), IPTC IIM 4.2 (record 2), Adobe XMP part 3 (where packets are
embedded).
"""

import html
import re

from ingest.read.photo.coded.gif import is_moving
from ingest.read.photo.coded.png import walk_chunks
from ingest.read.photo.coded.tags import (
    DESCRIPTION,
    IPTC,
    XMP,
    XP_COMMENT,
    XP_SUBJECT,
    XP_TITLE,
    Tags,
    read_tags,
)
from ingest.read.photo.described.iptc import CAPTION, decode_text, read_iptc
from ingest.read.photo.jpeg import scan_jpeg
from redaksi.text import clean

_EXIF = b"Exif\0\0"
_FLAT = re.compile(r"""\s*=\s*(?:"([^"]{1,4000})"|'([^']{1,4000})')""")
# what cameras, phones and programs write by themselves; a caption of the contributor's is longer or
# says something else
_JUNK = re.compile(
    r"(?:olympus digital camera|sony dsc|dcim\S*|default|untitled|img|image|picture|photo|foto|gambar|screenshot"
    r"|samsung(?: camera pictures)?|(?:kodak digital still|konica minolta digital|minolta digital|sanyo digital"
    r"|digital) camera|(?:casio|hp|polaroid|pentax|ricoh|jvc|nokia|motorola|lg) ?\S{0,20}(?: digital camera)?"
    r"|my ?photo|mde|cof|btf|edf|rhdr|hdrpl|hdr|nor|sdr|dav|oznor\S*|rpt|ptr|bty|mmexport\S*"
    r"|binary comment|ascii|unicode|null|none|no description|jpeg|charset=\S*|\{.*"
    r"|(?:photo|foto|gambar|image|edited|diedit|made|dibuat|created|captured|shot|taken|diambil|processed|converted"
    r"|saved|generated|file written|scanned|powered|compressed|rendered|exported|optimi[sz]ed)"
    r"(?: \w{1,10}){0,2} (?:with|by|on|using|from|in|dengan|oleh|di|memakai|menggunakan|via)\s{1,3}"
    r"(?:the |a |an |my )?(?:vsco|canva|samsung|galaxy|oppo|vivo|xiaomi|redmi|poco|realme|infinix|tecno|huawei|honor"
    r"|instagram|snapseed|adobe|photoshop|lightroom|gimp|picsart|facetune|meitu|beauty\w*|camera360|b612|remini"
    r"|pixlr|picasa|acdsee|paint|iphone|ios|android|ipad|apple|google|pixel|nokia|sony|canon|nikon|imagemagick|tinyplanet"
    r"|capcut|inshot|gopro|dji|mi|lightx|polarr|fotor|photoscape|photopea|microsoft|windows|whatsapp|gpsmap|timestamp|timemark"
    r"|photogrid|ulike|foodie|soda|youcam|camscanner|scanner)\b.{0,60}"
    r"|software: .*|created with gimp.*"
    r"|(?:vsco|canva|samsung|oppo|vivo|xiaomi|redmi|poco|realme|infinix|instagram|snapseed|picsart|gimp|adobe|lightroom"
    r"|photoshop|gopro|dji|huawei|honor|iphone|meitu|b612)(?:[ _-][\w.+-]{1,20}){0,3}"
    r"|(?:ai|dual|quad|triple) (?:dual |quad |triple )?camera|.{0,40}\bai (?:dual|quad|triple) camera"
    r"|exif_?jpeg.*|.*\.(?:jpe?g|png|tiff?|heic|bmp)|[\W\d_]*)",
    re.IGNORECASE,
)
_BOXED = ("heic", "avif")
_MOST = 1000  # characters of a caption
_MOST_SEARCHED = 4 * 1024 * 1024  # bytes looked through for a packet


def read_orientation(content: bytes, kind: str) -> int:
    """EXIF 0x0112, 1..8; 1 when it is absent or broken."""
    # libheif turns HEIC and AVIF itself, as their boxes ask
    return 1 if kind in _BOXED else _tags(content, kind).orientation


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
    lines = read_iptc(content, kind, tags.values.get(IPTC, b""))
    found = [_xmp(content, tags), lines.get(CAPTION, "")]
    found.append(decode_text(tags.values.get(DESCRIPTION, b"")))
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
    return read_ifd(content, kind)[1]


def read_ifd(content: bytes, kind: str) -> tuple[bytes, Tags]:
    """(the TIFF structure, its IFD 0), wherever the format keeps it."""
    block = _find_block(content, kind)
    return block, read_tags(block, 0) if block else Tags()


def _find_block(content: bytes, kind: str) -> bytes:
    if kind == "tiff":
        return content
    if kind == "jpeg":
        for segment in scan_jpeg(content).segments:
            if segment.marker == 0xE1 and content.startswith(_EXIF, segment.body):
                return content[segment.body + 6 : segment.end]
    if kind == "png":
        found = next((c for c in walk_chunks(content) if c.kind == b"eXIf"), None)
        return content[found.body : found.end] if found else b""
    if kind in _BOXED:
        starts = (content.find(_EXIF + order) for order in (b"MM\0*", b"II*\0"))
        at = min((start for start in starts if start >= 0), default=-1)
        return content[at + 6 : at + 6 + 65536] if at >= 0 else b""
    if kind == "webp":
        at = content.find(b"EXIF", 12)
        start = at + 8 + (6 if content.startswith(_EXIF, at + 8) else 0)
        return content[start : start + 65536] if at > 0 else b""
    return b""


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
    return kind == "gif" and is_moving(content)
