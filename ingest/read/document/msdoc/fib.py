"""The file information block, at the start of the WordDocument stream ([MS-DOC] 2.5): where
everything else is."""

import struct

from msgspec import Struct

from redaksi.errors import Hostile, Unreadable
from redaksi.reasons import ReasonCode

WORD_97 = 0x00C1
# wIdent (2.5.2): of Word 97 and later, of Word 6 and 95, and of these in Chinese, Japanese, Korean
_WORD = frozenset({0xA5EC, 0xA5DC, 0xA697, 0xA698, 0xA699})
_MAX_CHARACTERS = 4_000_000  # of all stories; a book has one million

# FibRgFcLcb97 (2.5.6): the place of each pair of offset and size.
STSHF, PLCF_FND_REF, PLCF_FND_TXT, PLCF_SED, PLCF_HDD = 1, 2, 3, 6, 11
PLCF_BTE_CHPX, PLCF_BTE_PAPX, STTBF_FFN, DOP, CLX = 12, 13, 15, 31, 33
PLC_SPA_MOM, PLC_SPA_HDR, DGG_INFO, PLCF_TXBX_TXT = 40, 41, 50, 56


class Fib(Struct, frozen=True, kw_only=True):
    """What of the FIB is needed. `counts` are characters of the stories in the order they lie in
    (2.5.4): main text, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of
    headers."""

    nfib: int
    table: str  # the name of the table stream
    counts: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]  # offset in the table stream, size

    def part(self, which: int, table: bytes) -> bytes:
        """A structure of the table stream; b"" when the document has none.

        Raises Unreadable of kind "broken" when it lies outside the stream.
        """
        if which >= len(self.pairs):
            return b""
        offset, size = self.pairs[which]
        if not size:
            return b""
        if offset + size > len(table):
            raise Unreadable("broken", ReasonCode.STRUCTURE_OUTSIDE, structure=which)
        return table[offset : offset + size]


def read_fib(word: bytes) -> Fib:
    """The FIB of a WordDocument stream.

    Raises Unreadable of kind "broken", "word95" (any version before Word 97) or "encrypted", and
    Hostile of kind "bomb" for more text than any document has.
    """
    if len(word) < 68:
        raise Unreadable("broken", ReasonCode.INFORMATION_BLOCK_CUT)
    ident, nfib, flags = struct.unpack_from("<HH6xH", word)
    if ident not in _WORD:
        raise Unreadable("broken", ReasonCode.DOCUMENT_START, magic=f"0x{ident:04x}")
    if nfib < WORD_97:
        raise Unreadable("word95", ReasonCode.OLD_WORD, kind="word95", version=nfib)
    if flags & 0x0100:  # fEncrypted; fObfuscated (0x8000) says how
        raise Unreadable("encrypted", ReasonCode.DOCUMENT_ENCRYPTED)
    try:
        at = 34 + 2 * struct.unpack_from("<H", word, 32)[0]  # FibRgW97 (2.5.3)
        numbers = struct.unpack_from("<H", word, at)[0]
        # FibRgLw97 from ccpText on (2.5.4)
        counts = struct.unpack_from("<8i", word, at + 2 + 4 * 3)
        at += 2 + 4 * numbers
        pairs = min(struct.unpack_from("<H", word, at)[0], 1000)
        flat = struct.unpack_from(f"<{2 * pairs}I", word, at + 2)
    except struct.error as fault:
        raise Unreadable("broken", ReasonCode.INFORMATION_BLOCK_CUT) from fault
    if numbers < 11 or pairs <= CLX or min(counts) < 0:
        raise Unreadable("broken", ReasonCode.INFORMATION_BLOCK_CONTRADICTS)
    if sum(counts) > _MAX_CHARACTERS:
        raise Hostile("bomb", ReasonCode.CHARACTERS_LIMIT, most=_MAX_CHARACTERS)
    return Fib(
        nfib=nfib,
        table="1Table" if flags & 0x0200 else "0Table",  # fWhichTblStm
        counts=counts,
        pairs=tuple(zip(flat[::2], flat[1::2], strict=True)),
    )
