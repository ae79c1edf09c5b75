"""Streams of an OLE compound file ([MS-CFB]).

olefile reads the header, the allocation table and the directory. Before it may, every chain it will
follow is walked here, for it trusts sizes and would go round in circles; the streams' own chains
are walked as well.
"""

import io
import struct
from array import array
from collections.abc import Sequence
from typing import Any

import olefile

from redaksi.errors import Unreadable
from redaksi.reasons import ReasonCode

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # the first sector number that is none (2.1)
_HEADER_SLOTS = 109  # FAT sectors the header itself names (2.2)
_MAX_DIRECTORY = 1 << 20  # bytes: 8,192 entries; Word writes a few dozen
# what olefile says of a directory that goes in circles
_TWICE = (
    "referenced more than once",
    "double reference",
)


class Compound:
    """An opened compound file. Every Unreadable it raises is of kind "broken"."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 1536 or not content.startswith(_SIGNATURE):
            raise _broken(ReasonCode.NOT_COMPOUND)
        self._content = content
        (shift, small) = struct.unpack_from("<HH", content, 30)
        (self._first_mini, self._mini_sectors) = struct.unpack_from("<II", content, 60)
        (self._cutoff,) = struct.unpack_from("<I", content, 56)
        if shift not in (9, 12) or small != 6 or self._cutoff != 4096:
            raise _broken(ReasonCode.SECTOR_SIZES)
        self._size = 1 << shift
        self._sectors = (len(content) + self._size - 1) // self._size  # at most
        self._fat = self._allocation()
        (directory,) = struct.unpack_from("<I", content, 48)
        self._chain(self._fat, directory, _MAX_DIRECTORY // self._size, "directory", to_end=True)
        if self._mini_sectors > self._sectors:
            raise _broken(ReasonCode.SECTORS_EXCEED_FILE)
        try:
            ole: Any = olefile.OleFileIO(io.BytesIO(content))
        except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError) as fault:
            raise _broken(ReasonCode.NOT_COMPOUND, line=type(fault).__name__) from fault
        if any(said in str(issue[1]) for issue in ole.parsing_issues for said in _TWICE):
            raise _broken(ReasonCode.DIRECTORY_CIRCLE)
        # entries of its tree; the typeshed knows few of their attributes
        self._root: Any = ole.root
        self._ministream: tuple[bytes, Sequence[int]] | None = None

    def exists(self, *path: str) -> bool:
        """Is there a stream or storage of this path? Case does not matter (2.6.4)."""
        return self._entry(path) is not None

    def holds_deeper(self, name: str) -> bool:
        """Is there a stream of this name inside a storage, as an embedded document has it?"""
        waiting = [kid for kid in self._root.kids if kid.kids]
        while waiting:
            storage = waiting.pop()
            if any(kid.name.casefold() == name.casefold() for kid in storage.kids):
                return True
            waiting += [kid for kid in storage.kids if kid.kids]
        return False

    def stream(self, name: str, *, whole: bool = True) -> bytes:
        """The bytes of a stream of the root storage; b"" when there is none. Unless it must be
        `whole`, it may end where a file that was cut short ends."""
        found, size = self._stream(name)
        if whole and len(found) < size:
            raise _broken(ReasonCode.STREAM_CUT, stream=name)
        return found

    def _stream(self, name: str) -> tuple[bytes, int]:
        entry = self._entry((name,))
        if entry is None or entry.entry_type == olefile.STGTY_ROOT or not entry.size:
            return b"", 0
        if entry.size > len(self._content):
            raise _broken(ReasonCode.STREAM_EXCEEDS_FILE, stream=name)
        if entry.size >= self._cutoff:
            return self._regular(entry.isectStart, entry.size, name), entry.size
        if self._ministream is None:
            root = self._root
            if root.size > len(self._content):
                raise _broken(ReasonCode.STREAM_EXCEEDS_FILE, stream="small-streams")
            table = self._regular(self._first_mini, self._mini_sectors * self._size, "small-table")
            self._ministream = (
                self._regular(root.isectStart, root.size, "small-streams"),
                _numbers(table),
            )
        small, minifat = self._ministream
        chain = self._chain(minifat, entry.isectStart, (entry.size + 63) // 64, name)
        return b"".join([small[64 * each : 64 * each + 64] for each in chain])[
            : entry.size
        ], entry.size

    def _entry(self, path: Sequence[str]) -> Any:
        entry = self._root
        for name in path:
            entry = entry.kids_dict.get(name.lower())
            if entry is None:
                return None
        return entry

    def _regular(self, first: int, size: int, what: str) -> bytes:
        """Sectors that follow one another in the file are taken in one piece."""
        if size > len(self._content) + self._size:
            raise _broken(ReasonCode.STREAM_EXCEEDS_FILE, stream=what)
        chain = self._chain(self._fat, first, (size + self._size - 1) // self._size, what)
        parts = []
        at, left = 0, size
        while at < len(chain):
            end = at + 1
            while end < len(chain) and chain[end] == chain[end - 1] + 1:
                end += 1
            start = (chain[at] + 1) * self._size
            parts.append(self._content[start : start + min(left, (end - at) * self._size)])
            left -= (end - at) * self._size
            at = end
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _chain(
        self, table: Sequence[int], first: int, most: int, what: str, *, to_end: bool = False
    ) -> list[int]:
        """The sectors of a chain, `most` at most (2.3). `to_end`: there must not be more of
        them."""
        chain: list[int] = []
        sector = first
        while len(chain) < most and sector < len(table):
            chain.append(sector)
            sector = table[sector]
        if len(set(chain)) < len(chain):
            raise _broken(ReasonCode.SECTORS_CIRCLE, stream=what)
        if to_end and sector < _LAST:
            raise _broken(ReasonCode.SECTORS_ENDLESS, stream=what)
        return chain

    def _allocation(self) -> "array[int]":
        """The FAT: the sectors named in the header and in the chain of DIFAT sectors (2.3, 2.5)."""
        content, size = self._content, self._size
        (count,) = struct.unpack_from("<I", content, 44)
        (difat, difats) = struct.unpack_from("<II", content, 68)
        if count > self._sectors or difats > self._sectors:
            raise _broken(ReasonCode.SECTORS_EXCEED_FILE)
        named = list(_numbers(content[76 : 76 + 4 * _HEADER_SLOTS]))
        seen: set[int] = set()
        for _ in range(difats):
            if difat in seen or difat >= self._sectors:
                raise _broken(ReasonCode.TABLE_OF_TABLES)
            seen.add(difat)
            slots = _numbers(content[(difat + 1) * size : (difat + 2) * size])
            named += slots[:-1]
            difat = slots[-1] if len(slots) else _LAST
        named = [each for each in named if each < _LAST][:count]
        if len(set(named)) < len(named) or any(each >= self._sectors for each in named):
            raise _broken(ReasonCode.ALLOCATION_TABLE)
        return _numbers(
            b"".join([content[(each + 1) * size : (each + 2) * size] for each in named])
        )


def _numbers(octets: bytes) -> "array[int]":
    """Little-endian 32-bit numbers."""
    found = array("I")
    found.frombytes(octets[: len(octets) & ~3])
    if struct.pack("=I", 1) != struct.pack("<I", 1):
        found.byteswap()
    return found


def _broken(code: ReasonCode, /, **facts: object) -> Unreadable:
    return Unreadable("broken", code, **facts)
