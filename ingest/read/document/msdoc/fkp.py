"""Formatted disk pages: which direct formatting rules at an offset of the WordDocument stream ([MS-DOC] 2.9.33 and
2.9.175: ChpxFkp and PapxFkp, 2.8.5 and 2.8.6: the bin tables)."""

import struct
from bisect import bisect_right
from typing import NamedTuple

from ingest.read.document.msdoc.plc import plc
from redaksi.errors import Unreadable

_PAGE = 512
_BX = {False: 1, True: 13}  # bytes of what points at a run's formatting: rgb, BxPap (2.9.23)


class _Page(NamedTuple):
    limits: tuple[int, ...]
    grpprls: list[bytes]


_NONE = _Page((0,), [])


class Formatting:
    """A bin table and its pages, each read when it is first asked for.

    The bin table, not the page, says which page rules an offset: a page may hold runs that reach beyond its range,
    left over from before. A page that cannot be read, or has nothing of its range, states nothing and makes the
    document `damaged`.
    """

    def __init__(self, word: bytes, bins: bytes, *, paragraphs: bool) -> None:
        self._word = word
        self._paragraphs = paragraphs
        self._limits, self._numbers = plc(bins, 4)
        if not self._numbers:
            raise Unreadable("broken", "a bin table is missing")
        self._pages: dict[int, _Page] = {}
        self.damaged = False

    def at(self, offset: int) -> tuple[int, bytes]:
        """The offset where the run that `offset` lies in ends, and the run's formatting: a grpprl, for paragraphs
        with the istd before it; b"" where nothing is stated."""
        limits = self._limits
        which = bisect_right(limits, offset) - 1
        if which < 0:
            return limits[0], b""
        if which >= len(self._numbers):
            return 1 << 32, b""
        page = self._pages.get(which)
        if page is None:
            page = self._page(int.from_bytes(self._numbers[which], "little") & 0x3FFFFF)
            if page.limits[0] >= limits[which + 1] or page.limits[-1] <= limits[which]:
                page, self.damaged = _NONE, True
            self._pages[which] = page
        run = bisect_right(page.limits, offset) - 1
        if run < 0:
            return min(page.limits[0], limits[which + 1]), b""
        if run >= len(page.grpprls):
            return limits[which + 1], b""
        return min(page.limits[run + 1], limits[which + 1]), page.grpprls[run]

    def _page(self, number: int) -> _Page:
        page = self._word[number * _PAGE : (number + 1) * _PAGE]
        runs, width = page[-1] if len(page) == _PAGE else 0, _BX[self._paragraphs]
        start = 4 * (runs + 1)
        if not runs or start + runs * width >= _PAGE:
            return _NONE
        limits = struct.unpack_from(f"<{runs + 1}I", page)
        grpprl = _papx if self._paragraphs else _chpx
        return _Page(limits, [grpprl(page, 2 * page[start + width * run]) for run in range(runs)])


def _chpx(page: bytes, at: int) -> bytes:
    """2.9.32 Chpx: a byte of size, the grpprl."""
    return page[at + 1 : min(at + 1 + page[at], _PAGE - 1)] if at else b""


def _papx(page: bytes, at: int) -> bytes:
    """2.9.174 PapxInFkp: the size in words less half a word, or zero and then the size in words."""
    if not at or at + 2 > _PAGE:
        return b""
    if page[at]:
        return page[at + 1 : min(at + 2 * page[at], _PAGE - 1)]
    return page[at + 2 : min(at + 2 + 2 * page[at + 1], _PAGE - 1)]
