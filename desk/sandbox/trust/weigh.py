"""How many values a MessagePack body makes, before any is made: one byte of it can become a struct
of a hundred. https://github.com/msgpack/msgpack/blob/master/spec.md"""

# What may be decoded unweighed: even if every byte becomes a struct, that is some 25 MB.
LIGHT = 256 * 1024
# Of each at most some 60 MB. The densest document met (3 MB of answer) makes 500,000 and 45,000.
MOST_VALUES, MOST_MAPS = 1_000_000, 200_000

# First byte -> bytes that follow it in all, bytes of a length that is told, or neither.
_FIXED = {
    0xC0: 0, 0xC2: 0, 0xC3: 0, 0xCA: 4, 0xCB: 8, 0xCC: 1, 0xCD: 2, 0xCE: 4, 0xCF: 8,
    0xD0: 1, 0xD1: 2, 0xD2: 4, 0xD3: 8, 0xD4: 2, 0xD5: 3, 0xD6: 5, 0xD7: 9, 0xD8: 17,
}  # fmt: skip
_TOLD = {0xC4: 1, 0xC5: 2, 0xC6: 4, 0xD9: 1, 0xDA: 2, 0xDB: 4}  # bytes, text
_EXTENDED = {0xC7: 1, 0xC8: 2, 0xC9: 4}  # a type beside the length
_MANY = {0xDC, 0xDD, 0xDE, 0xDF}  # arrays, maps: their length alone; their values follow


def is_too_heavy(body: bytes) -> bool:
    """Whether it makes more than MOST_VALUES values, or than MOST_MAPS structs. Linear, and over at
    the first too many. What is no MessagePack is not told here: the decoder refuses it."""
    if len(body) <= LIGHT:
        return False
    at, end, count, maps = 0, len(body), 0, 0
    while at < end and count <= MOST_VALUES and maps <= MOST_MAPS:
        maps += 0x80 <= body[at] <= 0x8F or body[at] in (0xDE, 0xDF)
        at += _measure(body, at)
        count += 1
    return count > MOST_VALUES or maps > MOST_MAPS


def _measure(body: bytes, at: int) -> int:
    """Bytes of the value at `at`; of an array or a map, those before its first."""
    first = body[at]
    if first < 0xA0 or first >= 0xE0:  # small numbers, maps and arrays
        return 1
    if first < 0xC0:
        return 1 + first - 0xA0
    if first in _FIXED:
        return 1 + _FIXED[first]
    width = _TOLD.get(first) or _EXTENDED.get(first)
    if width is None:
        return 1 + (4 if first in (0xDD, 0xDF) else 2) if first in _MANY else 1
    told = int.from_bytes(body[at + 1 : at + 1 + width], "big")
    return 1 + width + told + (first in _EXTENDED)
