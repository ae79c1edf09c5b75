"""What a decoder would take for a picture, told from its header: a file of 34 bytes must not take
900 MB. Measured as resident memory of a child (tests/hostile/test_photo_memory.py)."""

from ingest.read.photo.coded.tags import Tags, find_page
from ingest.read.photo.formats import Header

# libwebp's animation decoder keeps two canvases, Pillow a copy and the picture: 16 bytes a pixel
_MOST_WEBP_PIXELS = 30_000_000
_MOST_TIFF_BYTES = 512 * 1024 * 1024  # of the samples
_MOST_TILE_BYTES = 64 * 1024 * 1024  # of one tile, which libtiff unpacks whole
_BITS, _SAMPLES, _TILE_WIDTH, _TILE_HEIGHT, _SUB_PICTURES = 0x102, 0x115, 0x142, 0x143, 0x14A


def count_pixels(header: Header, longest: int) -> int:
    """How many pixels a decode gives: a JPEG is scaled by eighths to no less than `longest`, every
    other kind comes whole."""
    if header.kind != "jpeg" or longest <= 0:
        return header.width * header.height
    eighths = max(1, min(8, -(-8 * longest // max(header.width, header.height, 1))))
    return -(-header.width * eighths // 8) * -(-header.height * eighths // 8)


def needs_too_much(content: bytes, header: Header) -> bool:
    """Whether the picture is left to an editor for what decoding it would take, or because the
    picture is not where a decoder looks."""
    if header.kind == "webp":
        return header.width * header.height > _MOST_WEBP_PIXELS
    if header.kind == "tiff":
        return _tiff_needs_too_much(find_page(content)[1])
    return False


def _tiff_needs_too_much(tags: Tags) -> bool:
    bits = max(tags.numbers.get(_BITS, (1,)), default=1) * max(1, tags.number(_SAMPLES))
    if tags.is_reduced and _SUB_PICTURES in tags.numbers:
        return True  # the picture itself is in a sub-directory, which Pillow does not open
    pixels = tags.width * tags.height
    tile = tags.number(_TILE_WIDTH) * tags.number(_TILE_HEIGHT)
    return pixels * bits // 8 > _MOST_TIFF_BYTES or tile * bits // 8 > _MOST_TILE_BYTES
