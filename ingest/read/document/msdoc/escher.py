"""Drawings ([MS-ODRAW]): records in records, shapes that refer to pictures, and the pictures
themselves."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_MAX_RECORDS = 200_000
_MAX_DEPTH = 16

# Record types (2.1.1)
BSTORE, DG, SPGR, SP, FBSE, FSP, FOPT = 0xF001, 0xF002, 0xF003, 0xF004, 0xF007, 0xF00A, 0xF00B
_PIB = 0x0104  # property: which picture of the store the shape shows (2.3.23.2)

# Raster pictures (2.2.23): type -> (kind, instances that carry two identifiers)
_RASTER = {
    0xF01D: ("jpeg", (0x46B, 0x6E3)),
    0xF01E: ("png", (0x6E1,)),
    0xF01F: ("bmp", (0x7A9,)),
    0xF029: ("tiff", (0x6E5,)),
    0xF02A: ("jpeg", (0x46B, 0x6E3)),
}


class Record(NamedTuple):
    """A record's header and where its content lies."""

    kind: int
    instance: int
    container: bool
    start: int
    end: int


class Raster(NamedTuple):
    """A raster picture and where its octets lie."""

    kind: str
    start: int
    end: int


class Budget:
    """How many records may still be looked at: drawings nest, and every record costs."""

    def __init__(self) -> None:
        self.left = _MAX_RECORDS


def read_records(octets: bytes, start: int, end: int, budget: Budget) -> Iterator[Record]:
    """The records that lie one after another from `start` to `end` (2.2.1
    OfficeArtRecordHeader)."""
    at, end = start, min(end, len(octets))
    while at + 8 <= end and budget.left > 0:
        budget.left -= 1
        version, kind, size = struct.unpack_from("<HHI", octets, at)
        if kind < 0xF000:
            return
        yield Record(kind, version >> 4, version & 15 == 15, at + 8, min(at + 8 + size, end))
        at += 8 + size


def walk_record(octets: bytes, record: Record, budget: Budget) -> Iterator[Record]:
    """A record and all that it contains, in order, _MAX_DEPTH deep."""
    waiting = [iter((record,))]
    while waiting:
        inner = next(waiting[-1], None)
        if inner is None:
            waiting.pop()
            continue
        yield inner
        if inner.container and len(waiting) <= _MAX_DEPTH:
            waiting.append(read_records(octets, inner.start, inner.end, budget))


def read_shape_number(octets: bytes, record: Record) -> int:
    """The identifier of a shape, from its FSP (2.2.40)."""
    return (
        struct.unpack_from("<I", octets, record.start)[0] if record.end - record.start >= 4 else 0
    )


def read_shown(octets: bytes, record: Record) -> int:
    """Which picture of the store an FOPT shows: 1-based, 0 for none (2.2.9)."""
    for index in range(min(record.instance, (record.end - record.start) // 6)):
        name, value = struct.unpack_from("<HI", octets, record.start + 6 * index)
        if name & 0x3FFF == _PIB and not name & 0x8000:
            return int(value)
    return 0


def read_raster(record: Record) -> Raster | None:
    """The picture in a blip record; None for a drawing (EMF, WMF, PICT)."""
    known = _RASTER.get(record.kind)
    if known is None:
        return None
    kind, doubled = known
    start = record.start + (33 if record.instance in doubled else 17)
    return Raster(kind, start, record.end) if start < record.end else None


def read_stored(
    octets: bytes, record: Record, delayed: bytes, budget: Budget
) -> tuple[bytes, Raster] | None:
    """The picture of a store's entry (2.2.32 FBSE): in the entry, or at a place in the `delayed`
    stream."""
    if record.kind != FBSE:
        found = read_raster(record)
        return (octets, found) if found is not None else None
    if record.end - record.start < 36:
        return None
    place = struct.unpack_from("<I", octets, record.start + 28)[0]
    name = octets[record.start + 33]
    for blip in read_records(octets, record.start + 36 + name, record.end, budget):
        found = read_raster(blip)
        return (octets, found) if found is not None else None
    if place == 0xFFFFFFFF:
        return None
    for blip in read_records(delayed, place, len(delayed), budget):
        found = read_raster(blip)
        return (delayed, found) if found is not None else None
    return None
