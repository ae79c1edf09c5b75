"""Is a PNG whole? Chunk by chunk and in constant memory (PNG 3rd edition, sections 5 and 13).

Pillow reads neither the checksums of IDAT nor zlib's, and would need all pixels in memory; the
stream itself tells more, cheaper.
"""

import struct
import zlib
from collections.abc import Iterator

from msgspec import Struct

from redaksi.reasons import Reason, ReasonCode, explain

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # samples a pixel by colour type (table 8)
_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_NEEDED = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"})
_MOST_CHUNKS = 50_000  # encoders write IDAT in pieces of 8 KB, a few of 1 KB
_STEP = 1 << 16


class Chunk(Struct, frozen=True, kw_only=True, gc=False):
    """One chunk; `start` at its length field, `body` and `end` of its contents."""

    kind: bytes
    start: int
    body: int
    end: int
    whole: bool  # contents and checksum lie within the file


def walk_chunks(content: bytes) -> Iterator[Chunk]:
    """The chunks up to IEND or the end of the file."""
    at = 8
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(content):
            return
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        end = at + 8 + length
        yield Chunk(
            kind=kind,
            start=at,
            body=at + 8,
            end=min(end, len(content)),
            whole=end + 4 <= len(content),
        )
        if kind == b"IEND" or end + 4 > len(content):
            return
        at = end + 4


def find_png_damage(content: bytes) -> Reason | None:
    """Why the picture cannot be shown whole; None when it can. Its size must
    have been checked."""
    header = next(walk_chunks(content), None)
    if header is None or header.kind != b"IHDR" or header.end - header.body < 13:
        return explain(ReasonCode.PNG_HEADER_MISSING)
    width, height, depth, colour, _method, _filter, interlace = struct.unpack(
        ">IIBBBBB", content[header.body : header.body + 13]
    )
    if (
        not width
        or not height
        or colour not in _CHANNELS
        or depth not in (1, 2, 4, 8, 16)
        or interlace > 1
    ):
        return explain(ReasonCode.PNG_HEADER_ODD)
    pieces = list(walk_chunks(content))
    broken = next(
        (
            c
            for c in pieces
            if c.kind in (b"IHDR", b"PLTE", b"IDAT") and _checksum_differs(content, c)
        ),
        None,
    )
    if broken is not None and broken.whole:
        return explain(ReasonCode.PNG_CHECKSUM, chunk=broken.kind.decode("ascii"))
    lines = _lines(width, height, depth * _CHANNELS[colour], interlaced=bool(interlace))
    damage = _stream_damage(content, [c for c in pieces if c.kind == b"IDAT"], lines)
    if damage is None or damage.code != ReasonCode.PNG_CUT or interlace:
        return damage
    return explain(damage.code, **damage.facts, from_top=damage.facts["share"])  # line by line


def _checksum_differs(content: bytes, chunk: Chunk) -> bool:
    if not chunk.whole:
        return True
    crc = zlib.crc32(memoryview(content)[chunk.body - 4 : chunk.end])
    return crc != int.from_bytes(content[chunk.end : chunk.end + 4], "big")


def _lines(width: int, height: int, bits: int, *, interlaced: bool) -> list[tuple[int, int]]:
    """(bytes a line with its filter byte, lines) of each pass."""
    if not interlaced:
        return [((width * bits + 7) // 8 + 1, height)]
    passes = []
    for left, top, across, down in _PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            passes.append(((columns * bits + 7) // 8 + 1, rows))
    return passes


def _stream_damage(
    content: bytes, idats: list[Chunk], lines: list[tuple[int, int]]
) -> Reason | None:
    """Inflate the pixels and count them; nothing is kept."""
    expected = sum(length * count for length, count in lines)
    if not idats:
        return explain(ReasonCode.PNG_PICTURE_MISSING)
    inflater = zlib.decompressobj()
    seen = 0
    view = memoryview(content)
    try:
        for chunk in idats:
            for start in range(chunk.body, chunk.end, _STEP):
                piece: bytes = bytes(view[start : min(start + _STEP, chunk.end)])
                while piece and seen <= expected and not inflater.eof:
                    seen += len(inflater.decompress(piece, 1 << 20))
                    piece = inflater.unconsumed_tail
    except zlib.error:
        return explain(ReasonCode.PNG_CORRUPT, share=_share(seen, expected))
    if seen < expected:
        return explain(ReasonCode.PNG_CUT, share=_share(seen, expected))
    return None


def _share(seen: int, expected: int) -> int:
    """Whole percent, 99 at most: something is missing."""
    return min(100 * seen // expected, 99)


def strip_extras(content: bytes) -> bytes:
    """Header, palette, transparency and the first picture alone: no animation, text, profile or
    EXIF."""
    kept = [content[c.start : c.end + 4] for c in walk_chunks(content) if c.kind in _NEEDED]
    return b"".join([content[:8], *kept])
