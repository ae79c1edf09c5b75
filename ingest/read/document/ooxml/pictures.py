"""Raster pictures of a package: what they are by their first bytes, how large, which hash.
They
are decoded at a small scale, as far as there is room, to be known again among attached photos."""

import hashlib
import struct
from collections.abc import Callable

from ingest.read.document.ooxml.package import Package
from ingest.read.photo.looks.inside import Glance, Room
from redaksi.limits import MB
from redaksi.model import Picture

_MAX_HASHED = 40 * MB  # larger media are measured by their head and keep no hash
_HEAD = 256 * 1024
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
# JPEG markers that carry the size
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {
    0xC4,
    0xC8,
    0xCC,
}


def identify(package: Package, part: str, after: int, room: Room) -> Picture | None:
    """The picture in a media part; None when it is no raster picture (WMF, EMF, SVG) or absent.

    `after` is the 1-based index of the paragraph it stands in within the reading's paragraphs.
    """
    head = package.read(part, most=64)
    kind = detect_raster(head or b"")
    if not kind:
        return None
    whole = package.may_hash(part, _MAX_HASHED)
    content = package.read(part, most=None if whole else _HEAD) or b""
    width, height = _SIZES[kind](content)
    glance = room.glance(content, kind, width, height) if whole else Glance()
    return Picture(
        name=part.rsplit("/", 1)[-1],
        kind=kind,
        sha256=hashlib.sha256(content).hexdigest() if whole else "",
        width=width,
        height=height,
        likeness=glance.likeness,
        drawn=glance.is_drawn,
        after=after,
    )


def detect_raster(head: bytes) -> str:
    """jpeg, png, gif, bmp, tiff, webp, heic or avif by its first bytes; "" for everything else."""
    if head[:3] == b"\xff\xd8\xff":
        return "jpeg"
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "gif"
    if head[:2] == b"BM" and len(head) >= 26:
        return "bmp"
    if head[:4] in {b"II*\0", b"MM\0*"}:
        return "tiff"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return (
            "heic"
            if head[8:12] in _HEIF_BRANDS
            else "avif"
            if head[8:12] in {b"avif", b"avis"}
            else ""
        )
    return ""


def _png(content: bytes) -> tuple[int, int]:
    return struct.unpack(">II", content[16:24]) if len(content) >= 24 else (0, 0)


def _gif(content: bytes) -> tuple[int, int]:
    return struct.unpack("<HH", content[6:10]) if len(content) >= 10 else (0, 0)


def _bmp(content: bytes) -> tuple[int, int]:
    if len(content) < 26:
        return 0, 0
    if content[14:18] == b"\x0c\0\0\0":  # BITMAPCOREHEADER
        return struct.unpack("<HH", content[18:22])
    width, height = struct.unpack("<ii", content[18:26])
    return abs(width), abs(height)


def _jpeg(content: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 <= len(content):
        if content[place] != 0xFF:
            return 0, 0
        marker = content[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return width, height
        if marker in {0xD9, 0xDA}:
            return 0, 0
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # no length
            place += 2
            continue
        place += 2 + max(2, int.from_bytes(content[place + 2 : place + 4], "big"))
    return 0, 0


def _tiff(content: bytes) -> tuple[int, int]:
    order = "<" if content[:2] == b"II" else ">"
    if len(content) < 8:
        return 0, 0
    (start,) = struct.unpack(order + "I", content[4:8])
    if start + 2 > len(content):
        return 0, 0
    (count,) = struct.unpack(order + "H", content[start : start + 2])
    found = {}
    for index in range(min(count, 200)):
        entry = content[start + 2 + 12 * index : start + 14 + 12 * index]
        if len(entry) < 12:
            break
        tag, form = struct.unpack(order + "HH", entry[:4])
        if tag in {256, 257}:
            found[tag] = struct.unpack(
                order + ("H" if form == 3 else "I"), entry[8 : 10 if form == 3 else 12]
            )[0]
    return found.get(256, 0), found.get(257, 0)


def _webp(content: bytes) -> tuple[int, int]:
    form = content[12:16]
    if form == b"VP8X" and len(content) >= 30:
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(
            content[27:30], "little"
        )
    if form == b"VP8L" and len(content) >= 25:
        bits = int.from_bytes(content[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 " and len(content) >= 30:
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _heif(content: bytes) -> tuple[int, int]:
    """The largest image spatial extents property (ISO/IEC 23008-12, 6.5.3): that of the picture,
    not of a tile."""
    best = (0, 0)
    place = content.find(b"ispe", 0, _HEAD)
    while place >= 0 and place + 16 <= len(content):
        width, height = struct.unpack(">II", content[place + 8 : place + 16])
        best = max(best, (width, height), key=lambda size: size[0] * size[1])
        place = content.find(b"ispe", place + 4, _HEAD)
    return best


_SIZES: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "jpeg": _jpeg, "png": _png, "gif": _gif, "bmp": _bmp, "tiff": _tiff, "webp": _webp, "heic": _heif, "avif": _heif,
}  # fmt: skip
