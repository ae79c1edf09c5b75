"""JPEG decoded by libjpeg-turbo through simplejpeg, which hands on what libjpeg warns of: a picture
of grey blocks is no success here, as it is to Pillow.

One decode gives the warning and the pixels that stand. Every coefficient is read at any scale.
simplejpeg brings numpy and is loaded with the first JPEG.
"""

import re
from itertools import islice

from msgspec import Struct
from PIL.Image import Image, frombuffer

from ingest.read.photo.jpeg import Jpeg

# What libjpeg only warns of (jerror.h, JWRN_*): the picture was decoded to its end, with gaps.
_WARNINGS = (
    "Corrupt JPEG data",
    "Premature end of JPEG file",
    "Inconsistent progression sequence",
    "Invalid SOS parameters",
    "Unknown Adobe color transform",
    "Warning: unknown JFIF revision",
)
# Encoders write some bytes too many before a marker, scan parameters that a sequential picture does
# not have, a transform nobody knows: all of the picture is there.
_HARMLESS = ("Invalid SOS parameters", "Unknown Adobe color transform", "Warning: unknown JFIF")
_STRAY = re.compile(r"(\d{1,9}) extraneous bytes before marker")
_MOST_STRAY = 16
# with what another picture begins; one changed bit makes none of them of a stuffed zero
_FOREIGN = re.compile(rb"\xff[\xc0-\xc4\xd8\xda\xdb\xdd\xe0-\xef]")
_RESTART = re.compile(rb"\xff([\xd0-\xd7])")
_MOST_RESTARTS = 250_000  # looked at; a camera writes one a line or one a block
_MOST_PIXELS = 64_000_000  # of the scaled picture
_ZEROS = re.compile(rb"\0{256}")
_GREY = 128  # libjpeg fills with it what it has no data for
SMALLEST = 8  # pixels: asks for the verdict, not for a picture
_BLOCK_ROWS = 4  # at an eighth: no block is taller than 32 pixels
_LAST = 2  # pixels at the end of a line, in grey
_LEAST_ROWS = 40  # of the scaled picture: fewer give no honest per cent


class Coded(Struct, frozen=True, kw_only=True):
    """The pixels (RGBX, as Pillow keeps colours, or grey; rows without padding) and what libjpeg
    warned of first, "" = nothing."""

    pixels: bytearray
    width: int
    height: int
    mode: str
    warning: str = ""

    zeros: bool = False  # libjpeg warned, and a run of zeros stands in the coded data

    @property
    def image(self) -> Image:
        """The pixels as a picture, not copied."""
        return frombuffer(self.mode, (self.width, self.height), self.pixels, "raw", self.mode, 0, 1)

    @property
    def is_damaged(self) -> bool:
        """Whether the warning is of a part that is missing or wrong."""
        if not self.warning or self.warning.startswith(_HARMLESS):
            return False
        stray = _STRAY.search(self.warning)
        return stray is None or int(stray[1]) > _MOST_STRAY or self.zeros


def decode_strictly(bare: bytes, jpeg: Jpeg, longest: int) -> Coded | None:
    """The picture at libjpeg's smallest scale whose longer side is at least `longest`; with SMALLEST an
    eighth in grey. None where this decoder does not serve: CMYK, a rare variety, a file it refuses."""
    from simplejpeg import (  # noqa: PLC0415 - numpy comes with it
        decode_jpeg,
        decode_jpeg_header,
    )

    asked = {"min_width" if jpeg.width >= jpeg.height else "min_height": max(1, longest)}
    try:
        height, width, colours, _ = decode_jpeg_header(bare, strict=False, **asked)
    except (ValueError, KeyError):  # KeyError: of a header without a scan
        return None
    if colours not in ("Gray", "RGB", "YCbCr") or width * height > _MOST_PIXELS:
        return None
    grey = colours == "Gray" or longest <= SMALLEST  # the verdict alone needs no colours
    mode, bands, wanted = ("L", 1, "GRAY") if grey else ("RGBX", 4, "RGBX")
    pixels = bytearray(int(width) * int(height) * bands)
    warning = ""
    try:
        decode_jpeg(bare, wanted, buffer=pixels, strict=True, **asked)
    except ValueError as error:
        warning = str(error)
        if not warning.startswith(_WARNINGS):
            return None
    return Coded(
        pixels=pixels,
        width=int(width),
        height=int(height),
        mode=mode,
        warning=warning,
        zeros=bool(warning) and _ZEROS.search(bare, max(bare.find(b"\xff\xda"), 0)) is not None,
    )


def find_share_from_top(bare: bytes, jpeg: Jpeg) -> int | None:
    """Per cent of the picture, from the top, that stand before the damage; None when the file does
    not show where that begins.

    It shows it by its end, by a run of zeros, the beginning of another picture or a restart marker
    out of turn. What comes before is decoded; below it libjpeg leaves grey.
    """
    start = bare.find(b"\xff\xda")
    length = int.from_bytes(bare[start + 2 : start + 4], "big")
    # all components in one scan, line by line; else what is missing is missing everywhere
    if start < 0 or jpeg.progressive or bare[start + 4 : start + 5] != bytes([jpeg.components]):
        return None
    begins = _find_suspect(bare, start + 2 + length)
    if begins is None:
        if jpeg.ended:
            return None
        begins = len(bare)
    standing = decode_strictly(bare[:begins].rstrip(b"\xff") + b"\xff\xd9", jpeg, 1)
    if standing is None or standing.height < _LEAST_ROWS:
        return None
    rows = _count_standing_rows(standing)
    return 100 * rows // standing.height if rows < standing.height else None


def _find_suspect(bare: bytes, start: int) -> int | None:
    """Where in the scan from `start` on something stands that no encoder writes."""
    found = [m.start() for m in (_ZEROS.search(bare, start), _FOREIGN.search(bare, start)) if m]
    turn = 0
    for restart in islice(_RESTART.finditer(bare, start), _MOST_RESTARTS):
        if restart[1][0] & 7 != turn:
            found.append(restart.start())
            break
        turn = (turn + 1) & 7
    return min(found, default=None)


def _count_standing_rows(coded: Coded) -> int:
    """Rows above the grey that fills the rest, the row of blocks in which it begins not counted."""
    row = len(coded.pixels) // coded.height
    grey = bytes([_GREY]) * row
    standing = coded.height
    while standing and coded.pixels[(standing - 1) * row : standing * row] == grey:
        standing -= 1
    for _ in range(_BLOCK_ROWS if standing < coded.height else 0):
        if standing and coded.pixels[standing * row - _LAST : standing * row] == grey[:_LAST]:
            standing -= 1
    return standing
