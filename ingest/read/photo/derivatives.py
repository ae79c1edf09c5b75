"""Pictures for people: thumbnails for the queue, and JPEG from formats that the rules only tidy.
Deterministic."""

import io

from PIL.Image import Image, Resampling, Transpose
from PIL.Image import new as new_image

from ingest.read.photo.decode import NotDecoded, NotOpened, decode
from ingest.read.photo.formats import look
from ingest.read.photo.jpeg import scan_jpeg
from ingest.read.photo.metadata import read_orientation
from redaksi.errors import Unreadable
from redaksi.reasons import ReasonCode

_MOST_PIXELS = 60_000_000
_MOST_JPEG_PIXELS = 400_000_000
_MOST_PROGRESSIVE_PIXELS = 42_000_000
_TURNS = {  # EXIF 0x0112 -> what brings the picture upright
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
}  # fmt: skip


def make_thumbnail(content: bytes, side: int = 480) -> bytes | None:
    """A JPEG of at most `side` pixels a side, upright, on white; None when there is nothing to
    show."""
    try:
        image = decode_upright(content, side)
    except Unreadable:
        return None
    image.thumbnail((side, side), Resampling.LANCZOS, reducing_gap=2.0)
    return _saved(image, 82)


def convert_to_jpeg(content: bytes, most_pixels: int = _MOST_PIXELS) -> bytes:
    """The picture as an upright JPEG of its full size, its colour profile kept.

    Raises redaksi.errors.Unreadable when it cannot be decoded here (raw, damaged, above
    `most_pixels`).
    """
    return _saved(decode_upright(content, 0, most_pixels), 92)


def decode_upright(content: bytes, longest: int, most_pixels: int = _MOST_PIXELS) -> Image:
    """Decoded, in RGB or grey, turned as EXIF asks."""
    header = look(content)
    pixels = header.width * header.height
    if not pixels or pixels > _limit(content, header.kind, longest, most_pixels):
        raise Unreadable(header.kind or "unknown", ReasonCode.TOO_MANY_PIXELS)
    try:
        image = decode(content, header.kind, longest)
    except KeyError:
        raise Unreadable(header.kind, ReasonCode.NO_DECODER) from None
    except (NotOpened, NotDecoded) as error:
        raise Unreadable(header.kind, ReasonCode.NOT_DECODED, line=error) from error
    profile = image.info.get("icc_profile")
    if longest and image.mode in ("RGB", "RGBA", "L", "LA", "CMYK"):
        # less to turn and to lay on white
        image.thumbnail((2 * longest, 2 * longest), reducing_gap=2.0)
    flat = _flat(image)
    # Pillow turns TIFF itself, libheif HEIC (irot, imir)
    turn = (
        _TURNS.get(read_orientation(content, header.kind))
        if header.kind not in ("tiff", "heic")
        else None
    )
    turned = flat.transpose(turn) if turn is not None else flat
    turned.info = {"icc_profile": profile} if profile and image.mode in ("RGB", "RGBA") else {}
    return turned


def _limit(content: bytes, kind: str, longest: int, most_pixels: int) -> int:
    if kind != "jpeg" or not longest:
        return most_pixels
    return _MOST_PROGRESSIVE_PIXELS if scan_jpeg(content).progressive else _MOST_JPEG_PIXELS


def _flat(image: Image) -> Image:
    """In RGB or grey with 8 bits a sample; what shines through shows white."""
    if image.mode in ("RGB", "L"):
        return image if "transparency" not in image.info else _on_white(image.convert("RGBA"))
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _on_white(image.convert("RGBA"))
    return image.convert("RGB")


def _on_white(image: Image) -> Image:
    ground = new_image("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _eight_bits(image: Image) -> Image:
    """16- and 32-bit grey, stretched from its own darkest to its own lightest: scientific ranges
    differ."""
    wide = image.convert("F")
    extrema = wide.getextrema()
    low, high = (float(value) for value in extrema if isinstance(value, int | float))
    scale = 255.0 / (high - low) if high > low else 0.0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _saved(image: Image, quality: int) -> bytes:
    target = io.BytesIO()
    profile = image.info.get("icc_profile")
    options = {"icc_profile": profile} if isinstance(profile, bytes) and image.mode == "RGB" else {}
    image.save(target, "JPEG", quality=quality, optimize=False, **options)
    return target.getvalue()
