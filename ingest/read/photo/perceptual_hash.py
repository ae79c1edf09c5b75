"""Whether two photos are one picture at two sizes: a difference hash of 256 bits over a
thumbnail."""

import io
from itertools import pairwise

_SIDE = 16
_BITS = _SIDE * _SIDE
_CLEARLY = 2  # levels of grey: less is the noise of compression
ALIKE, UNLIKE = 10, 30  # bits that differ: one picture compressed anew; two pictures


def hash_thumbnail(thumbnail: bytes) -> str:
    """The hash of a thumbnail of ours, in hexadecimal: which of two neighbours in a grid is
    clearly brighter."""
    from PIL import Image  # noqa: PLC0415 - hashes are compared where no picture is opened

    with Image.open(io.BytesIO(thumbnail)) as picture:
        small = picture.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX)
    light = small.tobytes()
    rows = (light[at : at + _SIDE + 1] for at in range(0, len(light), _SIDE + 1))
    bits = "".join(
        "1" if left > right + _CLEARLY else "0" for row in rows for left, right in pairwise(row)
    )
    return f"{int(bits, 2):0{_BITS // 4}x}"


def measure_distance(one: str, other: str) -> int:
    """How many bits differ; all when either is not known."""
    return (int(one, 16) ^ int(other, 16)).bit_count() if one and other else _BITS
