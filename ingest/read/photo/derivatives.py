"""Pictures for people, of one that is decoded already: a copy for the screen, a thumbnail, a JPEG of
full size from formats that the rules only tidy, and what is published. All upright, sRGB or grey, on white,
without metadata. Deterministic."""

import io
from collections.abc import Collection
from typing import Literal

from msgspec import Struct
from PIL.Image import Image, Resampling, Transpose
from PIL.Image import new as new_image
from PIL.ImageOps import contain

from ingest.read.photo.colour import convert_to_srgb, read_profile
from ingest.read.photo.decode import DECODER_ERRORS, NotDecoded, NotOpened, decode
from ingest.read.photo.formats import STILL_KINDS, look
from ingest.read.photo.metadata import read_orientation
from redaksi.errors import Unreadable
from redaksi.limits import MOST_PUBLISHED, MOST_SCREEN, MOST_THUMBNAIL, SCREEN, THUMBNAIL
from redaksi.reasons import ReasonCode

DerivedRole = Literal["screen", "thumbnail", "jpeg"]
_LOWER = (70, 50, 30)  # qualities tried where a picture of pure noise takes too many bytes
_NEARLY = 1200  # pixels: libjpeg's own scale is good enough from here, and costs nothing
_EIGHTHS = (8, 4, 2, 1, 7, 6, 5, 3)  # those first for which libjpeg-turbo has vector code
_SCALABLE = ("RGB", "RGBX", "RGBA", "L", "LA", "CMYK")
_TURNS = {  # EXIF 0x0112 -> what brings the picture upright
    2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM, 5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
}  # fmt: skip


class Shown(Struct, frozen=True):
    """A picture's pixels, upright, RGB, RGBX or grey: at most SCREEN pixels a side, and the same
    reduced to less than twice THUMBNAIL."""

    screen: Image
    reduced: Image


def find_scale(longest: int) -> int:
    """To how many pixels the longer side of a JPEG is best decoded for the screen copy: libjpeg
    scales by eighths while it decodes, for little; any other size costs as much as the decode."""
    eighths = (-(-longest * eighth // 8) for eighth in _EIGHTHS)
    return next((side for side in eighths if _NEARLY <= side <= SCREEN), min(longest, SCREEN))


def make_derivatives(
    image: Image, content: bytes, kind: str, roles: Collection[DerivedRole]
) -> tuple[Shown, dict[DerivedRole, bytes]]:
    """(the pixels, JPEG by role) of `image`, which was decoded from `content` and is of no use
    afterwards. Raises what Pillow raises."""
    profile = read_profile(content, kind, image)
    made: dict[DerivedRole, bytes] = {}
    if "jpeg" in roles:
        made["jpeg"] = _save(_upright(image, content, kind, profile), 92)
    screen = _fit_screen(image, content, kind, profile, Resampling.HAMMING)
    if "screen" in roles:
        made["screen"] = _save(screen, 85, MOST_SCREEN)
    shown = Shown(screen, _reduce(screen))
    if "thumbnail" in roles:
        made["thumbnail"] = _save(_shrink(shown.reduced), 82, MOST_THUMBNAIL)
    return shown, made


def make_published(image: Image, content: bytes, kind: str) -> bytes:
    """The JPEG that readers get of `image`, which was decoded from `content` to no less than SCREEN
    pixels where it has them, and is of no use afterwards. Raises what Pillow raises."""
    profile = read_profile(content, kind, image)
    shown = _fit_screen(image, content, kind, profile, Resampling.LANCZOS)
    return _save(shown, 82, MOST_PUBLISHED)


def _fit_screen(image: Image, content: bytes, kind: str, profile: bytes, how: Resampling) -> Image:
    """Upright and in sRGB or grey, at most SCREEN pixels a side."""
    if image.mode in _SCALABLE:  # less to convert, to turn and to lay on white
        image.thumbnail((SCREEN, SCREEN), how, reducing_gap=2.0)
    screen = _upright(image, content, kind, profile)
    screen.thumbnail((SCREEN, SCREEN), how, reducing_gap=2.0)
    return screen


def _shrink(reduced: Image) -> Image:
    """To THUMBNAIL pixels where it is larger."""
    if max(reduced.size) <= THUMBNAIL:
        return reduced
    return contain(reduced, (THUMBNAIL, THUMBNAIL), Resampling.HAMMING)


def _reduce(screen: Image) -> Image:
    """By a whole number, to no less than THUMBNAIL pixels: means of squares, at little cost."""
    steps = max(screen.size) // THUMBNAIL
    return screen.reduce(steps) if steps > 1 else screen


def decode_upright(content: bytes, longest: int, most_pixels: int) -> Image:
    """A picture decoded for a glance: RGB or grey, upright, a JPEG scaled to no less than `longest`
    pixels. Raises Unreadable when it cannot be, or has more than `most_pixels`."""
    header = look(content)
    if not 0 < header.width * header.height <= most_pixels:
        raise Unreadable(header.kind or "unknown", ReasonCode.TOO_MANY_PIXELS)
    if header.kind not in STILL_KINDS:
        raise Unreadable(header.kind, ReasonCode.NO_DECODER)
    try:
        image = decode(content, header.kind, longest)
        return _upright(image, content, header.kind, b"")
    except (NotOpened, NotDecoded, *DECODER_ERRORS) as error:
        raise Unreadable(header.kind, ReasonCode.NOT_DECODED, line=error) from error


def _upright(image: Image, content: bytes, kind: str, profile: bytes) -> Image:
    """In sRGB or grey, on white, turned as EXIF asks."""
    flat = convert_to_srgb(image, profile) if image.mode == "CMYK" else image
    flat = convert_to_srgb(_flatten(flat), profile)
    # Pillow turns TIFF itself, libheif HEIC (irot, imir)
    turn = _TURNS.get(read_orientation(content, kind)) if kind not in ("tiff", "heic") else None
    return flat.transpose(turn) if turn is not None else flat


def _flatten(image: Image) -> Image:
    """In RGB, RGBX or grey with 8 bits a sample; what shines through shows white."""
    if image.mode in ("RGB", "RGBX", "L"):
        return image if "transparency" not in image.info else _lay_on_white(image.convert("RGBA"))
    if image.mode.startswith(("I", "F")):
        return _scale_to_eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return _lay_on_white(image.convert("RGBA"))
    return image.convert("RGB")


def _lay_on_white(image: Image) -> Image:
    ground = new_image("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _scale_to_eight_bits(image: Image) -> Image:
    """16- and 32-bit grey, stretched from its own darkest to its own lightest: scientific ranges
    differ."""
    wide = image.convert("F")
    extrema = wide.getextrema()
    low, high = (float(value) for value in extrema if isinstance(value, int | float))
    scale = 255.0 / (high - low) if high > low else 0.0
    return wide.point(lambda value: value * scale - low * scale).convert("L")


def _save(image: Image, quality: int, most: int = 0) -> bytes:
    """As JPEG, of lower quality where it would take more than `most` bytes; 0 = any."""
    for tried in (quality, *_LOWER):
        target = io.BytesIO()
        # what Pillow would write of its own accord: profile, comment, EXIF
        image.info = {}
        image.save(target, "JPEG", quality=tried)
        if not most or target.tell() <= most:
            break
    return target.getvalue()
