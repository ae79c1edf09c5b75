"""The frames of a GIF, as its blocks tell them (GIF89a, sections 18 to 26)."""

import struct
from collections.abc import Iterator
from itertools import islice

_MOST_BLOCKS = 200_000  # of 255 bytes each


def is_moving(content: bytes) -> bool:
    """More than one frame."""
    return len(list(islice(_walk_frames(content), 2))) > 1


def find_first_extent(content: bytes) -> tuple[int, int]:
    """(right, lower) edge of the first frame on the screen; (0, 0) when there is none."""
    left, top, width, height = next(_walk_frames(content), (0, 0, 0, 0))
    return left + width, top + height


def _walk_frames(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, width and height of each image descriptor."""
    at = 13 + (3 << (content[10] & 7) + 1 if len(content) > 10 and content[10] & 0x80 else 0)
    steps = 0
    while at < len(content) and steps < _MOST_BLOCKS:
        block = content[at]
        if block == 0x21:
            at += 2
        elif block == 0x2C and at + 9 < len(content):
            yield struct.unpack("<HHHH", content[at + 1 : at + 9])
            flags = content[at + 9]
            at += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        else:
            return
        steps += 1
        while at < len(content) and content[at] and steps < _MOST_BLOCKS:
            at += 1 + content[at]
            steps += 1
        at += 1
