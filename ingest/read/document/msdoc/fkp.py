"""Formatted disk pages: which direct formatting rules at an offset of the WordDocument stream ([MS-DOC] 2.9.33 and
2.9.175: ChpxFkp and PapxFkp, 2.8.5 and 2.8.6: the bin tables)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ingest.read.document.msdoc.plc import read_plc
from redaksi.errors import Unreadable
from redaksi.reasons import ReasonCode

_PAGE = 512
_BX = {False: 1, True: 13}  # bytes of what points at a run's formatting: rgb, BxPap (2.9.23)


class _Page(NamedTuple):
    limits: tuple[int, ...]
    grpprls: list[bytes]


_NONE = _Page((0,), [])


class Formatting:
    """A bin table and its pages, each read when it is first asked for.

    The bin table, not the page, says which page rules an offset: a page may hold runs that reach
    beyond its range, left over from before. A page that cannot be read, or has nothing of its
    range, states nothing and makes the document `damaged`.
    """

    def __init__(self, word: bytes, bins: bytes, *, paragraphs: bool) -> None:
        self._word = word
        self._paragraphs = paragraphs
        self._limits, self._numbers = read_plc(bins, 4)
        if not self._numbers or any(low > high for low, high in pairwise(self._limits)):
            raise Unreadable("broken", ReasonCode.BIN_TABLE)
        self._pages: dict[int, _Page] = {}
        self.damaged = False

    def at(self, offset: int) -> bytes:
        """The formatting at an offset: a grpprl, for paragraphs with the istd before it; b""
        where none is stated."""
        which = bisect_right(self._limits, offset) - 1
        if which < 0 or which >= len(self._numbers):
            return b""
        page = self._pages.get(which) or self._opened(which)
        run = bisect_right(page.limits, offset) - 1
        return page.grpprls[run] if 0 <= run < len(page.grpprls) else b""

    def runs(self, offset: int, end: int) -> Iterator[tuple[int, bytes]]:
        """From `offset` to `end`: where each run ends, and its formatting."""
        limits = self._limits
        while offset < end:
            which = bisect_right(limits, offset) - 1
            if which < 0 or which >= len(self._numbers):
                stop, page = limits[0] if which < 0 else end, _NONE
            else:
                stop, page = limits[which + 1], self._pages.get(which) or self._opened(which)
            stop = min(max(stop, offset + 1), end)
            starts = page.limits
            run = bisect_right(starts, offset) - 1
            if run < 0:
                offset = min(starts[0], stop)
                yield offset, b""
                run = 0
            for limit, grpprl in zip(starts[run + 1 :], page.grpprls[run:], strict=False):
                if limit >= stop:
                    if offset < stop:
                        offset = stop
                        yield offset, grpprl
                    break
                if limit > offset:
                    offset = limit
                    yield offset, grpprl
            if offset < stop:
                offset = stop
                yield offset, b""

    def _opened(self, which: int) -> _Page:
        limits = self._limits
        page = self._page(int.from_bytes(self._numbers[which], "little") & 0x3FFFFF)
        if page.limits[0] >= limits[which + 1] or page.limits[-1] <= limits[which]:
            page, self.damaged = _NONE, True
        self._pages[which] = page
        return page

    def _page(self, number: int) -> _Page:
        page = self._word[number * _PAGE : (number + 1) * _PAGE]
        runs, width = page[-1] if len(page) == _PAGE else 0, _BX[self._paragraphs]
        start = 4 * (runs + 1)
        if not runs or start + runs * width >= _PAGE:
            return _NONE
        limits = struct.unpack_from(f"<{runs + 1}I", page)
        places = [2 * each for each in page[start : start + runs * width : width]]
        if self._paragraphs:
            return _Page(limits, [_papx(page, at) for at in places])
        # 2.9.32 Chpx: a byte of size, the grpprl
        return _Page(limits, [page[at + 1 : at + 1 + page[at]] if at else b"" for at in places])


def _papx(page: bytes, at: int) -> bytes:
    """2.9.174 PapxInFkp: the size in words less half a word, or zero and then the size in words."""
    if not at or at + 2 > _PAGE:
        return b""
    if page[at]:
        return page[at + 1 : min(at + 2 * page[at], _PAGE - 1)]
    return page[at + 2 : min(at + 2 + 2 * page[at + 1], _PAGE - 1)]
