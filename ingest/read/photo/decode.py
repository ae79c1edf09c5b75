"""Pillow and libheif, called so that hostile bytes cost little: plugin by plugin, the first frame,
and nothing but the picture.

`Image.open` would apply the process-wide MAX_IMAGE_PIXELS, which is neither ours to change nor
right for 200-megapixel phones; callers check the size that the header gives (photo_formats) before
they come here.
"""

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from PIL.Image import DecompressionBombError, Image
from PIL.ImageFile import ImageFile

from ingest.read.photo.coded.png import strip_extras
from ingest.read.photo.coded.tags import find_page
from ingest.read.photo.jpeg import scan_jpeg, strip_metadata

# What Pillow's plugins raise on bytes that are not what they promise (seen in its own tests and
# fuzz corpora).
DECODER_ERRORS = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, EOFError, struct.error,
    zlib.error, RuntimeError, MemoryError, AssertionError, DecompressionBombError,
)  # fmt: skip
_PLUGINS = {
    "jpeg": ("PIL.JpegImagePlugin", "JpegImageFile"),
    "png": ("PIL.PngImagePlugin", "PngImageFile"),
    "tiff": ("PIL.TiffImagePlugin", "TiffImageFile"),
    "gif": ("PIL.GifImagePlugin", "GifImageFile"),
    "bmp": ("PIL.BmpImagePlugin", "BmpImageFile"),
    "webp": ("PIL.WebPImagePlugin", "WebPImageFile"),
    "avif": ("PIL.AvifImagePlugin", "AvifImageFile"),
    "heic": ("pillow_heif", "HeifImageFile"),
}


class NotOpened(Exception):
    """The decoder did not begin: a variety it does not know, or a header that is cut off."""


class NotDecoded(Exception):
    """The decoder began and could not finish: the picture is damaged. The message is the
    decoder's own."""


def decode(content: bytes, kind: str, longest: int = 0) -> Image:
    """The first frame, decoded. `longest` > 0: a JPEG may come smaller, but not under that many
    pixels a side (libjpeg scales by 2, 4 or 8 while it decodes, and still reads every coefficient).

    Raises NotOpened and NotDecoded. The caller has checked the number of pixels.
    """
    plugin = _plugin(kind)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd tags; decoding itself speaks by exceptions
        try:
            image = plugin(io.BytesIO(_bare(content, kind)))
            if kind == "tiff" and (page := find_page(content)[0]):
                image.seek(page)
        except DECODER_ERRORS as error:
            raise NotOpened(_one_line(error)) from error
        try:
            if longest and kind == "jpeg":
                image.draft(None, _at_least(image.size, longest))
            image.load()
        except DECODER_ERRORS as error:
            image.close()
            # our memory's limit is no damage; libheif looks into the coded picture only now
            if isinstance(error, MemoryError) or (kind == "heic" and "nsupported" in str(error)):
                raise NotOpened(_one_line(error)) from error
            raise NotDecoded(_one_line(error)) from error
    return image


@cache
def _plugin(kind: str) -> Callable[[io.BytesIO], ImageFile]:
    """The decoder of a kind, loaded when the first such photo comes."""
    module, name = _PLUGINS[kind]
    plugin: Any = import_module(module)
    if kind == "heic":
        _calm(plugin.options)
    opened: Callable[[io.BytesIO], ImageFile] = getattr(plugin, name)
    return opened


def _calm(options: Any) -> None:
    """libheif would start threads of its own, look for depth maps and auxiliary pictures: not the
    picture, only its cost."""
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False


def _bare(content: bytes, kind: str) -> bytes:
    """Without metadata, which decoders stumble over, and without further frames."""
    if kind == "jpeg":
        return strip_metadata(content, scan_jpeg(content))
    return strip_extras(content) if kind == "png" else content


def _at_least(size: tuple[int, int], longest: int) -> tuple[int, int]:
    """`size` scaled down to `longest`; Pillow's draft keeps at least what is asked."""
    factor = min(1.0, longest / max(size))
    return max(1, int(size[0] * factor)), max(1, int(size[1] * factor))


def _one_line(error: BaseException) -> str:
    if isinstance(error, EOFError | struct.error):
        return "truncated"
    return " ".join(str(error).split())[:80]
