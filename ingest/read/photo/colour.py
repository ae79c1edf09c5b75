"""Colours for the screen: from a picture's own profile (ICC.1:2022) to sRGB. A profile that is
broken or of another colour space changes nothing."""

import io
import zlib
from functools import cache
from typing import Any

from PIL.Image import Image

from ingest.read.photo.coded.png import walk_chunks
from ingest.read.photo.jpeg import scan_jpeg

_MARK = b"ICC_PROFILE\0"
_MOST = 4 * 1024 * 1024  # bytes of a profile; printers' have up to 2 MB
_SPACES = {b"RGB ": "RGB", b"GRAY": "L", b"CMYK": "CMYK"}  # 7.2.6


def read_profile(content: bytes, kind: str, image: Image) -> bytes:
    """The ICC profile of a picture, b"" when it has none. From the file where the decoder was
    given the bare picture."""
    if kind == "jpeg":
        return _read_from_jpeg(content)
    if kind == "png":
        return _read_from_png(content)
    profile = image.info.get("icc_profile")
    return profile if isinstance(profile, bytes) and len(profile) <= _MOST else b""


def convert_to_srgb(image: Image, profile: bytes) -> Image:
    """`image` with sRGB's values; itself when `profile` is not of its colour space, says sRGB
    already, or cannot be used."""
    mode = "RGB" if image.mode == "RGBX" else image.mode
    if _SPACES.get(profile[16:20]) != mode or mode not in _SPACES.values():
        return image
    cms: Any = _load_cms()
    try:
        source = cms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in cms.getProfileDescription(source):
            return image
        plain = image if image.mode == mode else image.convert(mode)
        converted: Image | None = cms.profileToProfile(
            plain, source, _make_srgb(), outputMode="RGB"
        )
    except (cms.PyCMSError, OSError, ValueError, TypeError, MemoryError):
        return image
    return image if converted is None else converted


@cache
def _make_srgb() -> Any:
    cms = _load_cms()
    return cms.ImageCmsProfile(cms.createProfile("sRGB"))


def _load_cms() -> Any:
    from PIL import ImageCms  # noqa: PLC0415 - few photos have a profile that is not sRGB

    return ImageCms


def _read_from_jpeg(content: bytes) -> bytes:
    """From its APP2 segments, each numbered (ICC.1, B.4)."""
    pieces: dict[int, bytes] = {}
    for segment in scan_jpeg(content).segments:
        if segment.marker == 0xE2 and content.startswith(_MARK, segment.body):
            at = segment.body + len(_MARK)
            pieces.setdefault(content[at] if at < segment.end else 0, content[at + 2 : segment.end])
    profile = b"".join(pieces[number] for number in sorted(pieces))
    return profile if len(profile) <= _MOST else b""


def _read_from_png(content: bytes) -> bytes:
    """iCCP: a name, a zero, the method, the deflated profile (PNG, 11.3.2.3)."""
    chunk = next((c for c in walk_chunks(content) if c.kind in (b"iCCP", b"IDAT")), None)
    if chunk is None or chunk.kind != b"iCCP":
        return b""
    packed = content[chunk.body : chunk.end].partition(b"\0")[2][1:]
    try:
        return zlib.decompressobj().decompress(packed, _MOST)
    except zlib.error:
        return b""
