"""Word 97 documents made by hand: an OLE container ([MS-CFB]) and in it the structures of [MS-DOC].

Only what the reader needs is there. Offsets in the WordDocument stream: the FIB, the text at 2048,
then one page of character formatting and one of paragraph formatting for each range asked for.
"""

import struct
from collections.abc import Sequence

from msgspec import Struct

from ingest.read.document import doc
from ingest.read.document.reading import Reading
from redaksi.limits import Safety

TEXT = 2048
_FREE, _END, _FAT, _DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
TIMES_12 = bytes.fromhex("434a1800")  # sprmCHps 24; font 0 is Times New Roman


def hps(half_points: int) -> bytes:
    """sprmCHps"""
    return struct.pack("<HH", 0x4A43, half_points)


def font(place: int) -> bytes:
    """sprmCRgFtc0 and its two companions"""
    return b"".join(struct.pack("<HH", sprm, place) for sprm in (0x4A4F, 0x4A50, 0x4A51))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors; streams are padded to 4,096 bytes, so that none is a
    small one."""
    padded = {name: octets + bytes(max(0, 4096 - len(octets))) for name, octets in streams.items()}
    sectors: list[bytes] = []
    fat: list[int] = []
    starts: dict[str, int] = {}

    def add(octets: bytes) -> int:
        first, count = len(sectors), -(-len(octets) // 512)
        sectors.extend(
            octets[512 * each : 512 * each + 512].ljust(512, b"\0") for each in range(count)
        )
        fat.extend([*range(first + 1, first + count), _END])
        return first

    for name, octets in padded.items():
        starts[name] = add(octets)
    entries = [_entry("Root Entry", 5, child=1)]
    names = list(padded)
    for index, name in enumerate(names):
        right = index + 2 if index + 1 < len(names) else _FREE
        entries.append(_entry(name, 2, right=right, start=starts[name], size=len(padded[name])))
    directory = add(b"".join(entries))
    tables, more = 1, 0
    while tables * 128 < len(sectors) + tables + more:
        tables += 1
        # sectors that name the tables the header has no room for (2.5)
        more = -(-max(0, tables - 109) // 127)
    first = len(sectors)
    fat.extend([_FAT] * tables + [_DIFAT] * more)
    fat.extend([_FREE] * (tables * 128 - len(fat)))
    slots = [*range(first, first + tables)] + [_FREE] * (109 - tables)
    difat = b""
    for index in range(more):
        some = slots[109 + 127 * index : 236 + 127 * index]
        follows = first + tables + index + 1 if index + 1 < more else _END
        difat += struct.pack("<128I", *some, *[_FREE] * (127 - len(some)), follows)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0)
    header += struct.pack("<IIIII", 4096, _END, 0, first + tables if more else _END, more)
    header += struct.pack("<109I", *slots[:109])
    return header + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat) + difat


def _entry(
    name: str,
    kind: int,
    *,
    right: int = _FREE,
    child: int = _FREE,
    start: int = _END,
    size: int = 0,
) -> bytes:
    encoded = name.encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


class StyleOf(Struct, frozen=True):
    """A style to write: kind 1 paragraph, 2 character, 3 table."""

    name: str
    kind: int = 1
    based: int = 0xFFF
    block: bytes = b""
    character: bytes = b""
    table: bytes = b""


NORMAL = StyleOf("Normal", character=TIMES_12)


def stsh(styles: Sequence[StyleOf | None]) -> bytes:
    """An STSH whose standard font is the first of the font table."""
    stshif = struct.pack("<HHHHHHHHH", len(styles), 10, 1, 91, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(stshif)) + stshif + b"".join(_std(each) for each in styles)


def _std(style: StyleOf | None) -> bytes:
    if style is None:
        return b"\0\0"
    block = struct.pack("<H", 0) + style.block
    parts = {
        1: [block, style.character],
        2: [style.character],
        3: [style.table, block, style.character],
    }[style.kind]
    std = struct.pack("<HHHHH", 0x0FFE, style.kind | style.based << 4, len(parts), 0, 0)
    std += struct.pack("<H", len(style.name)) + style.name.encode("utf-16-le") + b"\0\0"
    for part in parts:
        std += b"\0" * (len(std) & 1) + struct.pack("<H", len(part)) + part
    std += b"\0" * (len(std) & 1)
    return struct.pack("<H", len(std)) + std


def fonts(names: Sequence[str]) -> bytes:
    """An SttbfFfn."""
    written = b""
    for name in names:
        encoded = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        written += bytes([len(encoded)]) + encoded
    return struct.pack("<HH", len(names), 0) + written


def chpx_page(runs: Sequence[tuple[int, bytes]], end: int) -> bytes:
    """A ChpxFkp: (where a run begins, its grpprl), and where the last ends."""
    page = bytearray(512)
    page[511] = len(runs)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _ in runs), end)
    at = 510
    for index, (_, grpprl) in enumerate(runs):
        if grpprl:
            at = (at - len(grpprl) - 1) & ~1
            page[at : at + 1 + len(grpprl)] = bytes([len(grpprl)]) + grpprl
            page[4 * (len(runs) + 1) + index] = at // 2
    return bytes(page)


def papx_page(runs: Sequence[tuple[int, int, bytes]], end: int) -> bytes:
    """A PapxFkp: (where a paragraph begins, its istd, its grpprl), and where the last ends."""
    page = bytearray(512)
    page[511] = len(runs)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _, _ in runs), end)
    at = 510
    for index, (_, istd, grpprl) in enumerate(runs):
        papx = struct.pack("<H", istd) + grpprl
        papx += b"\0" * (len(papx) & 1)
        at = at - len(papx) - 2
        page[at : at + 2 + len(papx)] = bytes([0, len(papx) // 2]) + papx
        page[4 * (len(runs) + 1) + 13 * index] = at // 2
    return bytes(page)


class Made(Struct, kw_only=True):
    """A document to write. Positions in `runs` and `blocks` are character positions in `text`,
    which is Windows-1252 in one piece unless `pieces` say (start, Prm) of several; `prcs` are
    the grpprls that Prms of the second form name. `counts` are the characters of the stories
    behind the main text."""

    text: str = "Halo\r"
    runs: tuple[tuple[int, bytes], ...] = ((0, b""),)
    blocks: tuple[tuple[int, int, bytes], ...] = ((0, 0, b""),)
    styles: tuple[StyleOf | None, ...] = (NORMAL,)
    fonts: tuple[str, ...] = ("Times New Roman", "Calibri", "Symbol")
    pieces: tuple[tuple[int, int], ...] = ((0, 0),)
    prcs: tuple[bytes, ...] = ()
    counts: dict[int, int] = {}  # place among the eight counts -> characters
    parts: dict[int, bytes] = {}  # place in FibRgFcLcb97 -> structure of the table stream
    elsewhere: bytes = b""
    flags: int = 0x0200
    nfib: int = 0x00C1
    ident: int = 0xA5EC
    offsets: dict[int, tuple[int, int]] = {}  # place in FibRgFcLcb97 -> a lie


def streams(made: Made) -> dict[str, bytes]:
    """The streams of a document."""
    text = made.text.encode("cp1252")
    end = TEXT + len(text)
    body = text + bytes(-len(text) % 512)
    page = (TEXT + len(body)) // 512
    body += chpx_page([(TEXT + at, grpprl) for at, grpprl in made.runs], end)
    body += papx_page([(TEXT + at, istd, grpprl) for at, istd, grpprl in made.blocks], end)
    positions = [start for start, _ in made.pieces] + [len(text)]
    pcds = b"".join(
        struct.pack("<HIH", 0, (TEXT + start) * 2 | 0x40000000, prm) for start, prm in made.pieces
    )
    plc = struct.pack(f"<{len(positions)}I", *positions) + pcds
    clx = b"".join(b"\x01" + struct.pack("<h", len(each)) + each for each in made.prcs)
    clx += b"\x02" + struct.pack("<I", len(plc)) + plc
    parts = {
        1: stsh(made.styles),
        12: struct.pack("<III", TEXT, end, page),
        13: struct.pack("<III", TEXT, end, page + 1),
        15: fonts(made.fonts),
        33: clx,
    } | made.parts
    table, pairs = b"", [(0, 0)] * 93
    for place, octets in parts.items():
        pairs[place] = (len(table), len(octets))
        table += octets
    for place, lie in made.offsets.items():
        pairs[place] = lie
    counts = [0] * 8
    counts[0] = len(text) - sum(made.counts.values())
    for place, count in made.counts.items():
        counts[place] = count
    fib = struct.pack("<HHHHHH", made.ident, made.nfib, 0, 0x0421, 0, made.flags | 0x1000).ljust(
        32, b"\0"
    )
    fib += struct.pack("<H", 14) + bytes(28)
    fib += struct.pack("<H", 22) + bytes(12) + struct.pack("<8i", *counts) + bytes(88 - 44)
    fib += struct.pack("<H", len(pairs)) + b"".join(struct.pack("<II", *pair) for pair in pairs)
    found = {"WordDocument": fib.ljust(TEXT, b"\0") + body, "1Table": table}
    if made.elsewhere:
        found["Data"] = made.elsewhere
    return found


def document(made: Made) -> bytes:
    """The bytes of a document."""
    return compound(streams(made))


def read(made: Made) -> Reading:
    """The reading of a document."""
    return doc.read(document(made), Safety())


def looks(reading: Reading) -> list[list[tuple[str, str, float]]]:
    """(text, font, size) of every run, paragraph by paragraph."""
    return [[(run.text, run.font, run.size) for run in each.runs] for each in reading.paragraphs]
