"""A zip that was made to attack, told by its directory and its entries' own headers. Nothing is
inflated.

Asked before how many files there are and whether they can be opened: a bomb of 250 files, or a
locked one, is a bomb. Damage is none: only entries count that their own headers bear out (APPNOTE
4.3.7 and 4.3.9), for a bit that fell over in a directory looks like any bomb's size.
"""

import struct
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import Struct

from ingest.read.files.directories.entry import Mark
from ingest.read.files.directories.zip_directory import walk_zip
from redaksi.errors import Hostile
from redaksi.limits import MB, Safety
from redaksi.reasons import ReasonCode

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# signature, flags, sizes packed and unpacked, lengths of name and extra field
_LOCAL = struct.Struct("<4s2xH10xIIHH")
_DESCRIPTOR = struct.Struct("<4s4xII")  # signature, sizes packed and unpacked
_BEHIND = 0x08  # the sizes stand behind the data
_UTF8 = 0x800
_IN_EXTRA = 0xFFFF_FFFF  # a size that stands in the extra field (4.5.3)
_MOST_TIMES = 2  # that bytes are spoken for by entries
_MOST_WALKED = 5000  # entries of a directory that is too long to be read


class _Place(Struct, frozen=True, order=True):
    """Where an entry lies, as its own header says: `end` is no further than its last byte."""

    start: int
    end: int


def refuse_bomb(octets: bytes, found: Sequence[zipfile.ZipInfo], safety: Safety, room: int) -> None:
    """Raise Hostile where the files of a zip, of which `room` octets may come, break a bound on
    sizes or ratios, or share compressed bytes."""
    sound = [entry for entry in found if _is_borne_out(octets, entry)]
    if any(_is_dense(entry, safety) for entry in sound):
        raise Hostile("zip", ReasonCode.ARCHIVE_RATIO_LIMIT, most=safety.max_ratio)
    if sum(entry.file_size for entry in sound) > room:
        raise Hostile("zip", ReasonCode.ARCHIVE_SIZE_LIMIT, most=safety.max_unpacked // MB)
    if _is_spoken_for(sound, len(octets)) or _is_shared(octets, sound):
        raise Hostile("zip", ReasonCode.ENTRIES_OVERLAP)


def refuse_endless(octets: bytes, safety: Safety) -> None:
    """Raise Hostile where a zip, whose directory is too long to be read, unpacks past the bound by
    the first entries of it."""
    walk = islice(walk_zip(octets) or (), _MOST_WALKED)
    if sum(entry[1] for entry in walk if not isinstance(entry, Mark)) > safety.max_unpacked:
        raise Hostile("zip", ReasonCode.ARCHIVE_SIZE_LIMIT, most=safety.max_unpacked // MB)


def is_too_much(found: Iterable[zipfile.ZipInfo], safety: Safety, room: int) -> bool:
    """Whether a directory says more than may be unpacked, true or not."""
    entries = tuple(found)
    total = sum(entry.file_size for entry in entries)
    return total > room or any(_is_dense(entry, safety) for entry in entries)


def _is_dense(entry: zipfile.ZipInfo, safety: Safety) -> bool:
    return entry.file_size > max(MB, safety.max_ratio * max(1, entry.compress_size))


def _is_borne_out(octets: bytes, entry: zipfile.ZipInfo) -> bool:
    """Whether what lies where the directory points to says the same sizes; where it says none, the
    directory is believed."""
    at = entry.header_offset
    if entry.compress_type not in _METHODS or not 0 <= at <= len(octets) - _LOCAL.size:
        return False
    mark, flags, packed, size, name, extra = _LOCAL.unpack_from(octets, at)
    if mark != b"PK\x03\x04" or entry.compress_size > len(octets):
        return False
    if flags & _BEHIND:
        behind = at + _LOCAL.size + name + extra + entry.compress_size
        packed, size = _read_descriptor(octets, behind)
    if (packed, size) == (0, 0) or _IN_EXTRA in (packed, size):
        return True
    return bool(packed == entry.compress_size and size in (entry.file_size, 0))


def _read_descriptor(octets: bytes, at: int) -> tuple[int, int]:
    """The sizes behind the data (4.3.9); of Zip64's, which are twice as wide, the second is 0.
    Zeros where they bear no signature."""
    if at > len(octets) - _DESCRIPTOR.size:
        return 0, 0
    mark, packed, size = _DESCRIPTOR.unpack_from(octets, at)
    return (packed, size) if mark == b"PK\x07\x08" else (0, 0)


def _is_spoken_for(entries: Sequence[zipfile.ZipInfo], length: int) -> bool:
    """Whether more entries speak for the same bytes than one damaged entry makes of a sound
    archive."""
    begins = Counter(entry.header_offset for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return packed > _MOST_TIMES * length or max(begins.values(), default=0) > _MOST_TIMES


def _is_shared(octets: bytes, entries: Iterable[zipfile.ZipInfo]) -> bool:
    """Whether an entry begins before another's end, both by their own headers and names."""
    last = 0
    for place in sorted(filter(None, (_find_place(octets, entry) for entry in entries))):
        if place.start < last:
            return True
        last = max(last, place.end)
    return False


def _find_place(octets: bytes, entry: zipfile.ZipInfo) -> _Place | None:
    """None where the entry's own header bears another name, or tells no size: then only the
    directory says where it ends."""
    at = entry.header_offset
    _, flags, packed, _, name, _ = _LOCAL.unpack_from(octets, at)
    start = at + _LOCAL.size
    codec = "utf-8" if flags & _UTF8 else "cp437"
    named = octets[start : start + name].decode(codec, "replace")
    if named != entry.orig_filename or packed != entry.compress_size:
        return None
    return _Place(at, start + name + packed)
