"""The piece table: where the characters lie, and what a fast save did to them ([MS-DOC] 2.9.38
Clx, 2.9.177 Pcd)."""

import struct
from typing import NamedTuple

from ingest.read.document.msdoc.plc import read_plc
from ingest.read.document.msdoc.sprms import PRM0, Prl, read_prls
from redaksi.errors import Unreadable
from redaksi.reasons import ReasonCode


class Piece(NamedTuple):
    """Characters `start` to `end` lie in the WordDocument stream from `offset` on, `width` bytes
    each."""

    start: int
    end: int
    offset: int
    width: int  # 1: compressed to Windows-1252 (2.9.73), 2: UTF-16
    # applied after the formatting of the character or paragraph (2.9.214 Prm)
    changes: tuple[Prl, ...]


class Modifiers(tuple[Prl, ...]):
    """The modifiers of a Prc, known by itself and not by its content: thousands of pieces may name
    one that holds thousands, and each is looked up by it."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def read_pieces(clx: bytes, size: int, most: int) -> list[Piece]:
    """The pieces of the first `most` characters. `size` is that of the WordDocument stream.

    Raises Unreadable of kind "broken" when there is no table, or when a piece lies outside the
    stream.
    """
    stated: list[tuple[Prl, ...]] = []  # RgPrc (2.9.209)
    at = 0
    while clx[at : at + 1] == b"\x01" and at + 3 <= len(clx):
        length = struct.unpack_from("<h", clx, at + 1)[0]
        if length < 0:
            raise Unreadable("broken", ReasonCode.PIECE_TABLE_CONTRADICTS)
        stated.append(Modifiers(read_prls(clx[at + 3 : at + 3 + length])))
        at += 3 + length
    if clx[at : at + 1] != b"\x02" or at + 5 > len(clx):
        raise Unreadable("broken", ReasonCode.NO_PIECE_TABLE)
    length = struct.unpack_from("<I", clx, at + 1)[0]
    positions, structures = read_plc(clx[at + 5 : at + 5 + length], 8)
    pieces = []
    for start, end, structure in zip(positions, positions[1:], structures, strict=False):
        if start >= most:
            break
        if end < start:
            raise Unreadable("broken", ReasonCode.PIECES_OUT_OF_ORDER)
        pieces.append(_piece(start, min(end, most), structure, stated, size))
    if not pieces or pieces[0].start != 0 or pieces[-1].end < most:
        raise Unreadable("broken", ReasonCode.PIECE_TABLE_SHORT)
    return pieces


def _piece(
    start: int, end: int, structure: bytes, stated: list[tuple[Prl, ...]], size: int
) -> Piece:
    place, prm = struct.unpack_from("<IH", structure, 2)
    compressed = place & 0x40000000
    offset = place & 0x3FFFFFFF
    width = 2
    if compressed:
        offset, width = offset // 2, 1
    if offset + (end - start) * width > size:
        raise Unreadable("broken", ReasonCode.PIECE_OUTSIDE)
    return Piece(start, end, offset, width, _changes(prm, stated))


def _changes(prm: int, stated: list[tuple[Prl, ...]]) -> tuple[Prl, ...]:
    """A Prm is one sprm with a one-byte operand (2.9.215 Prm0) or the number of a Prc (2.9.216
    Prm1)."""
    if prm & 1:
        return stated[prm >> 1] if prm >> 1 < len(stated) else ()
    sprm = PRM0.get(prm >> 1 & 0x7F)
    return ((sprm, bytes([prm >> 8])),) if sprm is not None else ()
