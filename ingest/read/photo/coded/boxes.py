"""The boxes of HEIC, AVIF and CR3 (ISO/IEC 14496-12), as far as a picture's size and
completeness need them."""

import struct
from collections.abc import Iterator

from msgspec import Struct

_MOST_BOXES = 4096
# bytes before the first child (FullBox: version and flags)
_CONTAINERS = {
    b"meta": 4,
    b"iprp": 0,
    b"ipco": 0,
}


class Boxes(Struct, frozen=True, kw_only=True):
    """`width`/`height`: the largest `ispe` (the whole picture; tiles and thumbnails are
    smaller), 0 = none. `complete`: every top-level box lies within the file."""

    brand: bytes = b""
    minor: bytes = b""  # minor_version: of "mif3" (ISO/IEC 23008-12, minimised) the codec's brand
    compatible: tuple[bytes, ...] = ()
    width: int = 0
    height: int = 0
    complete: bool = False


def read_boxes(content: bytes) -> Boxes:
    """Read the brands, the size (ISO/IEC 23008-12, 6.5.3) and whether the file ends where its
    boxes say."""
    brand = minor = b""
    compatible: tuple[bytes, ...] = ()
    complete = bool(content)
    for kind, start, end, whole in _walk(content, 0, len(content)):
        complete = complete and whole
        if kind == b"ftyp":
            brand, minor = content[start : start + 4], content[start + 4 : start + 8]
            words = content[start + 8 : min(end, start + 8 + 4 * 64)]
            compatible = tuple(words[i : i + 4] for i in range(0, len(words) - 3, 4))
    width, height = max(_extents(content), key=lambda size: size[0] * size[1], default=(0, 0))
    return Boxes(
        brand=brand,
        minor=minor,
        compatible=compatible,
        width=width,
        height=height,
        complete=complete,
    )


def _walk(content: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int, bool]]:
    """(type, start of body, end, lies within) of each box between `start` and `stop`."""
    for _ in range(_MOST_BOXES):
        if start >= stop:
            return
        if start + 8 > stop:
            yield b"", start, stop, False
            return
        size, kind = struct.unpack(">I4s", content[start : start + 8])
        body = start + 8
        if size == 1:
            size = int.from_bytes(content[body : body + 8], "big")
            body += 8
        end = stop if size == 0 else start + size
        if end < body:  # a size smaller than its own header: nothing after it can be trusted
            yield kind, body, stop, False
            return
        yield kind, body, min(end, stop), end <= stop
        start = end


def _extents(content: bytes) -> Iterator[tuple[int, int]]:
    """Every image spatial extents property within meta/iprp/ipco."""
    waiting = [(0, len(content))]
    for _ in range(64):
        if not waiting:
            return
        for kind, body, end, _whole in _walk(content, *waiting.pop()):
            if kind in _CONTAINERS:
                waiting.append((min(body + _CONTAINERS[kind], end), end))
            elif kind == b"ispe" and end - body >= 12:
                width, height = struct.unpack(">II", content[body + 4 : body + 12])
                yield width, height
