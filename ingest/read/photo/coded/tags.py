"""EXIF and TIFF tags (TIFF 6.0, section 2; EXIF 2.32), read without a library: camera files
break them in every way, and a broken tag must never make a photo broken."""

import struct

from msgspec import Struct, field

_SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_INTEGERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
_MOST_ENTRIES = 1000
_MOST_BYTES = 64 * 1024  # of one tag's value
_MOST_PAGES = 16
_MOST_NUMBERS = 16  # of one tag; sizes, turns and kinds need one
WIDTH, HEIGHT, COMPRESSION, DESCRIPTION, ORIENTATION = 0x100, 0x101, 0x103, 0x10E, 0x112
XP_TITLE, XP_COMMENT, XP_SUBJECT, IPTC, XMP, DNG_VERSION, CFA_PATTERN = (
    0x9C9B,
    0x9C9C,
    0x9C9F,
    0x83BB,
    0x2BC,
    0xC612,
    0x828E,
)
_CFA, _LINEAR_RAW = 32803, 34892  # values of PhotometricInterpretation


class Tags(Struct, frozen=True, kw_only=True):
    """IFD 0: integers by tag, and the bytes of all other values."""

    numbers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    values: dict[int, bytes] = field(default_factory=dict)
    complete: bool = False  # the directory and all its values lie within the file
    following: int = 0  # where the next directory stands; 0 = this is the last

    def number(self, tag: int) -> int:
        """The first integer of a tag, 0 when absent."""
        return next(iter(self.numbers.get(tag, ())), 0)

    @property
    def width(self) -> int:
        return self.number(WIDTH)

    @property
    def height(self) -> int:
        return self.number(HEIGHT)

    @property
    def orientation(self) -> int:
        """EXIF 0x0112, 1 when absent or absurd."""
        value = self.number(ORIENTATION)
        return value if 1 <= value <= 8 else 1

    @property
    def is_reduced(self) -> bool:
        """Says of itself that it is a smaller copy of another picture of the file."""
        return bool(self.number(0xFE) & 1)

    @property
    def is_raw(self) -> bool:
        """A camera's raw file: DNG says so; NEF, ARW and PEF keep a thumbnail in IFD 0, the
        sensor in sub-IFDs."""
        if DNG_VERSION in self.values or DNG_VERSION in self.numbers:
            return True
        if self.number(0x106) in (_CFA, _LINEAR_RAW):
            return True
        reduced = self.number(0xFE) == 1
        return reduced and 0x14A in self.numbers and 0x10F in self.values


def read_tags(content: bytes, base: int, pointer: int = 0) -> Tags:
    """The tags of IFD 0 of the TIFF structure that starts at `base`, or of the directory that
    `pointer` leads to; what cannot be read is left out."""
    head = content[base : base + 16]
    if len(head) < 8 or head[:2] not in (b"II", b"MM"):
        return Tags()
    order = "<" if head[:2] == b"II" else ">"
    version = struct.unpack(order + "H", head[2:4])[0]
    big = version == 43
    if big and len(head) < 16:
        return Tags()
    first = head[8:16] if big else head[4:8]
    at = base + (pointer or int.from_bytes(first, "little" if order == "<" else "big"))
    width, entry = (8, 20) if big else (2, 12)
    if at + width > len(content) or at < base:
        return Tags()
    count = int.from_bytes(content[at : at + width], "little" if order == "<" else "big")
    numbers: dict[int, tuple[int, ...]] = {}
    values: dict[int, bytes] = {}
    complete = at + width + count * entry + (8 if big else 4) <= len(content)
    for i in range(min(count, _MOST_ENTRIES)):
        start = at + width + i * entry
        if start + entry > len(content):
            complete = False
            break
        complete &= _read_entry(
            content, base, content[start : start + entry], order, numbers, values
        )
    after = at + width + count * entry
    following = int.from_bytes(
        content[after : after + (8 if big else 4)], "little" if order == "<" else "big"
    )
    return Tags(numbers=numbers, values=values, complete=complete, following=following)


def find_page(content: bytes) -> tuple[int, Tags]:
    """(number of the page, its tags): the first; the largest where the first says that it is a
    reduced copy of another (NewSubfileType, TIFF 6.0, section 8)."""
    page = read_tags(content, 0)
    pages, seen = [page], {0}
    if not page.is_reduced:
        return 0, page
    while page.following not in seen and len(pages) < _MOST_PAGES:
        seen.add(page.following)
        page = read_tags(content, 0, page.following)
        pages.append(page)
    whole = [number for number, each in enumerate(pages) if not each.is_reduced]
    best = max(whole, key=lambda number: pages[number].width * pages[number].height, default=0)
    return best, pages[best]


def _read_entry(
    content: bytes,
    base: int,
    entry: bytes,
    order: str,
    numbers: dict[int, tuple[int, ...]],
    values: dict[int, bytes],
) -> bool:
    """Put one directory entry where it belongs; the first of two equal tags stands. False: its
    value is cut off."""
    big = len(entry) == 20
    tag, form = struct.unpack(order + "HH", entry[:4])
    count = struct.unpack(order + ("Q" if big else "I"), entry[4 : 12 if big else 8])[0]
    inline = entry[12:] if big else entry[8:]
    unit = _SIZES.get(form, 0)
    if not unit or not count or tag in numbers or tag in values:
        return True
    # XP strings are arrays of bytes
    letter = _INTEGERS.get(form) if form != 1 or count <= _MOST_NUMBERS else None
    length = unit * count
    start = (
        0
        if length <= len(inline)
        else base + struct.unpack(order + ("Q" if big else "I"), inline)[0]
    )
    kept = min(length, unit * _MOST_NUMBERS if letter else _MOST_BYTES)
    value = inline[:kept] if length <= len(inline) else content[start : start + kept]
    if letter:
        whole = len(value) // unit
        numbers[tag] = struct.unpack(f"{order}{whole}{letter}", value[: whole * unit])
    else:
        values[tag] = value
    return bool(length <= len(inline) or start + length <= len(content))
