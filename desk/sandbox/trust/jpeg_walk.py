"""A JPEG walked by its markers (ITU-T T.81, B): whether it is one of ours, and how large, without
decoding a pixel. Linear. Pure.

What is shown to people is made by the child, in the one form that libjpeg writes for us
(ingest.read.photo.derivatives): grey or three components of 8 bits, no profile, no comment.
"""

import re
from mmap import mmap

_SOI, _EOI, _SOS, _DQT, _DHT, _DRI = 0xD8, 0xD9, 0xDA, 0xDB, 0xC4, 0xDD
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive; Huffman
_OTHERS = frozenset({_DQT, _DHT, _DRI, 0xE0, 0xEE})  # JFIF's and Adobe's own segments among them
_COMPONENTS = frozenset({1, 3})
# behind the coded data of a scan: a marker that is neither a stuffed byte nor a restart
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]")


def walk_jpeg(octets: bytes | mmap) -> tuple[int, int] | None:
    """(width, height) in pixels; None for what is no JPEG of ours."""
    size: tuple[int, int] | None = None
    at, has_scan = 2, False
    if octets[:2] != bytes((0xFF, _SOI)):
        return None
    while octets[at : at + 1] == b"\xff" and at + 2 <= len(octets):
        marker = octets[at + 1]
        if marker == _EOI:
            return size if has_scan and at + 2 == len(octets) else None
        length = int.from_bytes(octets[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(octets):
            return None
        if marker in _FRAMES:
            found = _read_frame(octets[at + 4 : end])
            if size is not None or found is None:
                return None
            size = found
        elif marker == _SOS:
            behind = _NEXT_MARKER.search(octets, end)
            if size is None or behind is None:
                return None
            has_scan, end = True, behind.start()
        elif marker not in _OTHERS:
            return None
        at = end
    return None


def _read_frame(body: bytes) -> tuple[int, int] | None:
    """Precision, height, width, and three bytes for each component (B.2.2)."""
    if len(body) < 6 or body[0] != 8 or body[5] not in _COMPONENTS or len(body) != 6 + 3 * body[5]:
        return None
    height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
    return (width, height) if width and height else None
