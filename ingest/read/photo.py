"""A photo as its bytes show it: kind, size, rotation, and whether it really decodes. Pure, memory bounded.

Pillow decides last. Sizes come from the header before anything is inflated (a 21 KB PNG can expand to 837 MB), PNG is
checked as a stream (photo_png), and a JPEG is decoded at an eighth of its size: every coefficient is read, and
200 megapixels need 10 MB. Pillow's plugins are called directly: `Image.open` would apply the process-wide
MAX_IMAGE_PIXELS, which is neither ours to change nor right for such phones.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Callable

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
from PIL.Image import Image
from PIL.ImageFile import ImageFile

from ingest.read.photo_boxes import read_boxes
from ingest.read.photo_formats import STILL_KINDS, Header, look
from ingest.read.photo_jpeg import Jpeg, scan_jpeg, without_metadata
from ingest.read.photo_metadata import animated, orientation
from ingest.read.photo_png import png_damage
from redaksi.model import File, Photo, Safety

# What Pillow's plugins raise on bytes that are not what they promise (seen in its own tests and fuzz corpora).
DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, EOFError, struct.error,
    zlib.error, NotImplementedError, RuntimeError, MemoryError, AssertionError,
)  # fmt: skip
_PLUGINS: dict[str, Callable[[io.BytesIO], ImageFile]] = {
    "jpeg": JpegImagePlugin.JpegImageFile,
    "tiff": TiffImagePlugin.TiffImageFile,
    "gif": GifImagePlugin.GifImageFile,
    "bmp": BmpImagePlugin.BmpImageFile,
    "webp": WebPImagePlugin.WebPImageFile,
    "avif": AvifImagePlugin.AvifImageFile,
}
_MOST_JPEG_PIXELS = 400_000_000  # 200-megapixel phones are real, more is not
_MOST_COEFFICIENTS = 128_000_000  # libjpeg keeps those of a progressive picture in memory, 2 bytes each


def read_photo(file: File, safety: Safety) -> Photo:
    """`file` as a photo. Whatever the bytes are, there is an answer; `damage` is empty when the photo is intact.

    Not a picture at all (kind "psd", "pdf", "raw", "video", …): width 0 and `judged` False, for the rule about formats.
    """
    content = file.load()
    header = look(content)
    kind = header.kind or file.kind
    if kind not in STILL_KINDS or not header.kind:
        return _unjudged(file, content, kind)
    damage, notes = _verdict(content, header, safety)
    extra = ("animated",) if kind in ("png", "gif", "webp") and animated(content, kind) else ()
    sized = header.width > 0 and header.height > 0
    return Photo(
        name=file.name, kind=kind, sha256=file.sha256, size=file.size, width=header.width if sized else 0,
        height=header.height if sized else 0, orientation=orientation(content, kind), intact=not damage,
        damage=damage, judged="unsupported" not in notes, origin=file.origin, notes=(*notes, *extra),
    )  # fmt: skip


def _unjudged(file: File, content: bytes, kind: str) -> Photo:
    """A file that is no picture we can look into: asked for if its kind is known, broken if it is nothing at all."""
    damage = ""
    if not content:
        damage = "the file is empty"
    elif not any(content[:4096]):
        damage = "the file holds nothing but zeros"
    elif kind in STILL_KINDS or kind in ("", "unknown"):
        damage = "the file does not begin as a picture does"
    return Photo(
        name=file.name, kind=kind or "unknown", sha256=file.sha256, size=file.size, intact=not damage, damage=damage,
        judged=bool(damage), origin=file.origin,
    )  # fmt: skip


def _verdict(content: bytes, header: Header, safety: Safety) -> tuple[str, tuple[str, ...]]:
    """(damage, notes) of a still picture."""
    if not header.width or not header.height:
        return "the header gives no size", ()
    pixels = header.width * header.height
    if header.kind == "jpeg":
        return _jpeg_verdict(content, scan_jpeg(content), pixels)
    if header.kind == "heic":
        return ("" if read_boxes(content).complete else "the file ends before its last box"), ("not-decoded",)
    if pixels > safety.max_pixels:
        return "", ("too-many-pixels",)
    if header.kind == "png":
        return png_damage(content), ()
    return _decoded_verdict(content, header.kind)


def _jpeg_verdict(content: bytes, jpeg: Jpeg, pixels: int) -> tuple[str, tuple[str, ...]]:
    """A picture that would need too much memory even so is judged by its segments alone."""
    coefficients = pixels * jpeg.components if jpeg.progressive else 0
    if not jpeg.scans:
        return "the file ends before the picture begins", ()
    if pixels > _MOST_JPEG_PIXELS or coefficients > _MOST_COEFFICIENTS:
        return ("" if jpeg.ended else "the file ends before the picture does"), ("not-decoded",)
    try:
        _open_jpeg(content, jpeg, 8).close()
    except DECODER_ERRORS as error:
        return _named(error), ()
    return "", ()


def _open_jpeg(content: bytes, jpeg: Jpeg, shrink: int) -> Image:
    """The first picture, decoded at 1/`shrink` (libjpeg scales by 1, 2, 4 or 8 while it decodes)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        image = JpegImagePlugin.JpegImageFile(io.BytesIO(without_metadata(content, jpeg)))
        image.draft(None, (max(1, image.width // shrink), max(1, image.height // shrink)))
        image.load()
    return image


def _decoded_verdict(content: bytes, kind: str) -> tuple[str, tuple[str, ...]]:
    """TIFF, GIF, BMP, WebP and AVIF: the first frame decoded. What Pillow has no decoder for is left to an editor."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags; the decoding itself speaks by exceptions
        try:
            image = _PLUGINS[kind](io.BytesIO(content))
        except DECODER_ERRORS:
            return _unopened(content, kind)
        try:
            image.load()
        except DECODER_ERRORS as error:
            return _named(error), ()
        finally:
            image.close()
    return "", ()


def _unopened(content: bytes, kind: str) -> tuple[str, tuple[str, ...]]:
    """Pillow would not begin: cut off (when the file's own structure says so), else a variety it does not know."""
    if kind == "avif" and not read_boxes(content).complete:
        return "the file ends before its last box", ()
    if kind == "webp" and len(content) < 8 + int.from_bytes(content[4:8], "little"):
        return "the file ends before the picture does", ()
    return "", ("unsupported",)


def _named(error: BaseException) -> str:
    """A decoder's exception as one English line that people may read."""
    words = " ".join(str(error).split())
    if "truncated" in words or isinstance(error, EOFError | struct.error):
        return "the file ends before the picture does"
    return f"the picture does not decode ({words[:80]})" if words else "the picture does not decode"
