"""The segments of a JPEG file (ITU-T T.81, annex B), read without decoding it."""

import re
from collections.abc import Iterator

from msgspec import Struct

from redaksi.reasons import Reason, ReasonCode, explain

_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length: TEM, RST0..7
_MARKER = re.compile(rb"\xff[^\xff]")  # fill bytes may stand before it (B.1.1.2)
_MARKER_IN_SCAN = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # neither a stuffed zero nor a restart
# APPn but Adobe's APP14 (it says CMYK or YCCK), and COM
_METADATA = frozenset({*range(0xE0, 0xEE), 0xEF, 0xFE})
_MOST_SEGMENTS = 5000  # a camera's file has 10 to 50


class Segment(Struct, frozen=True, kw_only=True, gc=False):
    """One marker segment: `start` at its 0xFF, `body` after the length, `end` exclusive (a
    scan's data included)."""

    marker: int
    start: int
    body: int
    end: int


class Jpeg(Struct, frozen=True, kw_only=True):
    """The first picture of a file. `ended`: its EOI was found; `end`: where the first picture
    stops."""

    width: int = 0
    height: int = 0
    components: int = 0
    progressive: bool = False
    scans: int = 0
    ended: bool = False
    end: int = 0
    segments: tuple[Segment, ...] = ()


_last: list[tuple[bytes, Jpeg]] = []  # what was scanned last, by identity: a hash reads it all


def scan_jpeg(content: bytes) -> Jpeg:
    """Walk the segments of the first picture; what follows its EOI (MPF, a motion photo's video)
    is left alone. The last answer is kept: everybody who looks at a photo begins here."""
    if _last and _last[0][0] is content:
        return _last[0][1]
    scanned = _scan(content)
    _last[:] = [(content, scanned)]
    return scanned


def _scan(content: bytes) -> Jpeg:
    width = height = components = scans = 0
    progressive = ended = False
    segments: list[Segment] = []
    for segment in _segments(content):
        if segment.marker == 0xD9:
            ended = True
            break
        segments.append(segment)
        if segment.marker in _FRAMES and not width and segment.end - segment.body >= 6:
            height = int.from_bytes(content[segment.body + 1 : segment.body + 3], "big")
            width = int.from_bytes(content[segment.body + 3 : segment.body + 5], "big")
            components = content[segment.body + 5]
            progressive = segment.marker in _PROGRESSIVE
        elif segment.marker == 0xDA:
            scans += 1
    end = segments[-1].end if segments else 2
    return Jpeg(
        width=width,
        height=height,
        components=components,
        progressive=progressive,
        scans=scans,
        ended=ended,
        end=min(end + 2 * ended, len(content)),
        segments=tuple(segments),
    )


def _segments(content: bytes) -> Iterator[Segment]:
    """Segments after SOI, EOI included. Stray bytes between segments are skipped, as decoders
    do."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        found = _MARKER.search(content, at)
        if found is None:
            return
        start, at = found.span()
        marker = content[at - 1]
        if marker == 0 or marker in _BARE:
            continue
        if marker in (0xD8, 0xD9):
            yield Segment(marker=marker, start=start, body=at, end=at)
            if marker == 0xD9:
                return
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        end = at + max(length, 2)
        if marker == 0xDA:
            following = _MARKER_IN_SCAN.search(content, min(end, len(content)))
            end = following.start() if following else len(content)
        yield Segment(marker=marker, start=start, body=at + 2, end=min(end, len(content)))
        at = end


def has_begun(content: bytes, jpeg: Jpeg) -> bool:
    """Whether any of the picture itself is there: coded data behind the header of a scan (B.2.3).
    What ends before that is a cut file whatever its kind, and no decoder need be asked."""
    return any(
        s.end > s.body - 2 + int.from_bytes(content[s.body - 2 : s.body], "big")
        for s in jpeg.segments
        if s.marker == 0xDA
    )


_AFTER_A_SCAN = frozenset({0xC4, 0xDA, 0xDB, 0xDC, 0xDD, 0xCC, 0xD9, 0xFE, *range(0xE0, 0xF0)})
_HOLE = bytes(4096)
_TAIL = bytes(16)
_SECTOR = 512


def find_interruption(content: bytes, jpeg: Jpeg) -> Reason | None:
    """Damage within the coded data that libjpeg glosses over with grey: a marker that cannot
    stand there (B.2.1), or whole sectors of zeros, as a broken download leaves them. None when
    there is none."""
    for scan, following in zip(jpeg.segments, jpeg.segments[1:], strict=False):
        if scan.marker == 0xDA and following.marker not in _AFTER_A_SCAN:
            share = 100 * scan.end // len(content)
            return explain(ReasonCode.PICTURE_INTERRUPTED, share=share)
    if not jpeg.ended and content.endswith(_TAIL):
        share = 100 * len(content.rstrip(_TAIL)) // len(content)
        return explain(ReasonCode.ZEROS_AFTER, share=share)
    first = next((s for s in jpeg.segments if s.marker == 0xDA), None)
    at = content.find(_HOLE, first.body, jpeg.end) if first else -1
    if at < 0:
        return None
    end = at + len(_HOLE)
    while end < jpeg.end and not content[end]:
        end += 1
    # Flat areas can be coded as zeros too, but they do not begin and end with a disk sector.
    aligned = -at % _SECTOR <= 2 and end % _SECTOR <= 2
    return explain(ReasonCode.ZEROS_AFTER, share=100 * at // len(content)) if aligned else None


def strip_metadata(content: bytes, jpeg: Jpeg) -> bytes:
    """The first picture alone, without EXIF, XMP, ICC and comments: what a decoder needs."""
    kept = [
        content[s.start : s.end]
        for s in jpeg.segments
        if s.marker not in _METADATA and s.marker != 0xD8
    ]
    return b"".join([b"\xff\xd8", *kept, b"\xff\xd9" if jpeg.ended else b""])
