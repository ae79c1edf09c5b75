"""Whether two pictures are one picture at two sizes or compressed anew: a difference hash of 128
bits, which of two neighbours is clearly brighter, by rows and by columns (docs/photo-notes.md has
the rates).

A picture with hardly any contrast has none: fog is like fog. Hashes of another length, as earlier
versions stored them, are like nothing.
"""

from typing import TYPE_CHECKING

from redaksi.likeness import LENGTH

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 8  # twice its square is likeness.BITS
_CLEARLY = 2  # levels of grey: less is the noise of compression
_LEAST_DEVIATION = 20  # levels of grey: below it a picture is not comparable


def hash_picture(picture: "Image") -> str:
    """The hash of an upright picture, in hexadecimal; "" when it is not comparable."""
    from PIL import Image, ImageStat  # noqa: PLC0415 - hashes are compared where none is opened

    grey = picture.convert("L") if picture.mode != "L" else picture
    small = grey.resize((8 * _SIDE, 8 * _SIDE), Image.Resampling.BOX)
    if ImageStat.Stat(small).stddev[0] < _LEAST_DEVIATION:
        return ""
    across = grey.resize((_SIDE + 1, _SIDE), Image.Resampling.BOX).tobytes()
    down = grey.resize((_SIDE, _SIDE + 1), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            at, above = row * (_SIDE + 1) + column, row * _SIDE + column
            bits = bits << 1 | (across[at] > across[at + 1] + _CLEARLY)
            bits = bits << 1 | (down[above] > down[above + _SIDE] + _CLEARLY)
    return f"{bits:0{LENGTH}x}"
