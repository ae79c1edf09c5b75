"""What a picture's first bytes say: its kind and its size in pixels, before anything is decoded.

Pure and bounds-checked: any bytes give an answer, none raises. Sizes are those stored, before EXIF
rotation. Sources: ITU-T T.81 annex B (JPEG), PNG 3rd edition, GIF89a, TIFF 6.0, RFC 9649 (WebP),
ISO/IEC 14496-12 (boxes), ISO/IEC 23008-12 (HEIF).
"""

import struct
from collections.abc import Callable

from msgspec import Struct

from ingest.read.photo.coded.boxes import Boxes, read_boxes
from ingest.read.photo.coded.gif import find_first_extent
from ingest.read.photo.coded.tags import find_page, read_tags
from ingest.read.photo.jpeg import scan_jpeg

STILL_KINDS = frozenset({"jpeg", "png", "tiff", "gif", "bmp", "webp", "avif", "heic"})


class Header(Struct, frozen=True, kw_only=True):
    """A picture's kind and size as its header gives them. kind "" = no picture we know; 0 = size
    not found."""

    kind: str
    width: int = 0
    height: int = 0


def look(content: bytes) -> Header:
    """The kind of a picture and its stored size in pixels."""
    for recognise in _RECOGNISERS:
        header = recognise(content)
        if header is not None:
            return header
    return Header(kind="")


def _jpeg(content: bytes) -> Header | None:
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    frame = scan_jpeg(content)
    return Header(kind="jpeg", width=frame.width, height=frame.height)


def _png(content: bytes) -> Header | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        return None
    if content[12:16] != b"IHDR" or len(content) < 24:
        return Header(kind="png")
    width, height = struct.unpack(">II", content[16:24])
    return Header(kind="png", width=width, height=height)


def _gif(content: bytes) -> Header | None:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack("<HH", content[6:10].ljust(4, b"\0"))
    right, low = find_first_extent(content)  # decoders make room for a picture beyond the screen
    return Header(kind="gif", width=max(width, right), height=max(height, low))


def _bmp(content: bytes) -> Header | None:
    """BITMAPFILEHEADER and BITMAPINFOHEADER (or the 12-byte BITMAPCOREHEADER); a negative height
    is top-down."""
    if not content.startswith(b"BM") or len(content) < 26:
        return None
    size = struct.unpack("<I", content[14:18])[0]
    if size == 12:
        width, height = struct.unpack("<HH", content[18:22])
    elif 16 <= size <= 256:
        width, height = struct.unpack("<ii", content[18:26])
    else:
        return None
    return Header(kind="bmp", width=abs(width), height=abs(height))


def _webp(content: bytes) -> Header | None:
    """RFC 9649, section 2: the first chunk is VP8X (canvas), VP8L or VP8 (key frame header of
    RFC 6386)."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    chunk, body = content[12:16], content[20:30].ljust(10, b"\0")
    if chunk == b"VP8X":
        width = 1 + int.from_bytes(body[4:7], "little")
        height = 1 + int.from_bytes(body[7:10], "little")
    elif chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif chunk == b"VP8 ":
        width, height = (value & 0x3FFF for value in struct.unpack("<HH", body[6:10]))
    else:
        width = height = 0
    return Header(kind="webp", width=width, height=height)


_RAW_BRANDS = frozenset({b"crx "})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIC_BRANDS = frozenset(
    {
        b"heic",
        b"heix",
        b"heim",
        b"heis",
        b"hevc",
        b"hevx",
        b"hevm",
        b"hevs",
        b"mif1",
        b"msf1",
        b"mif2",
        b"mif3",
    }
)


def _boxed(content: bytes) -> Header | None:
    """ISO base media: HEIF and AVIF are pictures, Canon's CR3 is a raw file, all other brands
    are video."""
    if content[4:8] != b"ftyp":
        return None
    boxes = read_boxes(content)
    return Header(kind=_boxed_kind(boxes), width=boxes.width, height=boxes.height)


def _boxed_kind(boxes: Boxes) -> str:
    """The major brand speaks first; "mif1" says only "a HEIF file", so that the compatible
    brands are asked too, and of "mif3" the minor version."""
    brands = {boxes.brand, *boxes.compatible, *((boxes.minor,) if boxes.brand == b"mif3" else ())}
    if boxes.brand in _RAW_BRANDS:
        return "raw"
    if boxes.brand in _AVIF_BRANDS or (
        boxes.brand in {b"mif1", b"msf1", b"mif3"} and brands & _AVIF_BRANDS
    ):
        return "avif"
    if boxes.brand in _HEIC_BRANDS:
        return "heic"
    return "video"


_RAW_HEADS = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW", b"FOVb")


def _tiff(content: bytes) -> Header | None:
    """TIFF and BigTIFF, and the raw files that are TIFF inside (CR2, NEF, DNG, ARW, PEF, SRW,
    ORF, RW2)."""
    if content.startswith(_RAW_HEADS):
        return Header(kind="raw")
    if content[:4] not in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return None
    if content[8:10] == b"CR" or read_tags(content, 0).is_raw:
        return Header(kind="raw")
    _, tags = find_page(content)
    return Header(kind="tiff", width=tags.width, height=tags.height)


def is_starved(content: bytes, kind: str) -> bool:
    """The file is shorter than its own structure says. For formats whose pixels could not be
    reached."""
    size = len(content)
    if kind == "tiff":
        return not read_tags(content, 0).complete
    if kind == "webp":
        return size < 8 + int.from_bytes(content[4:8], "little")
    if kind == "bmp":
        return size < int.from_bytes(content[10:14], "little") or size < 54
    if kind == "gif":
        palette = 3 << (content[10] & 7) + 1 if size > 10 and content[10] & 0x80 else 0
        return size < 13 + palette + 11
    return False


def _layered(content: bytes) -> Header | None:
    """Pictures we can name but not judge."""
    if content.startswith(b"8BPS"):
        return Header(kind="psd")
    if content.startswith(b"%PDF-"):
        return Header(kind="pdf")
    if content.startswith((b"\0\0\0\x0cjP  \r\n\x87\n", b"\xff\x4f\xff\x51")):
        return Header(kind="jp2")
    if content.startswith((b"\0\0\0\x0cJXL \r\n\x87\n", b"\xff\x0a")):
        return Header(kind="jxl")
    return None


_RECOGNISERS: tuple[Callable[[bytes], Header | None], ...] = (
    _jpeg, _png, _gif, _bmp, _webp, _boxed, _tiff, _layered,
)  # fmt: skip
