"""Styles ([MS-DOC] 2.9.271 STSH): what each states, and what it comes to with those it is based
on."""

import struct
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.document.msdoc import sprms
from ingest.read.document.msdoc.properties import Block, Character, change_block, change_character
from ingest.read.document.msdoc.sprms import Prl, read_prls
from redaksi.errors import Hostile, Unreadable
from redaksi.reasons import ReasonCode

PARAGRAPH, CHARACTER, TABLE = 1, 2, 3  # stk (2.9.260 StdfBase)
_NONE = 0x0FFF  # istd of no style
_MAX_CHAIN = 100
_STATED = (14, 16, 18)  # bytes of the Stshif up to each of the standard fonts (2.9.273)


class Style(Struct, frozen=True):
    """One STD (2.9.258). For a table style, `conditions` are its modifiers for parts of a table
    by the bit that names the part (2.9.41 CNFOperand)."""

    kind: int
    based: int
    name: str
    block: tuple[Prl, ...] = ()
    character: tuple[Prl, ...] = ()
    conditions: dict[int, tuple[tuple[Prl, ...], tuple[Prl, ...]]] = {}
    table: tuple[Prl, ...] = ()


class Base(Struct, frozen=True, eq=False):
    """What the styles give a paragraph and the characters in it."""

    block: Block
    character: Character


class Styles:
    """The stylesheet. `table` conditions are those bits of CNFOperand that hold, strongest last.
    `most`: modifiers that are applied of one document, by whoever asks `spend`."""

    def __init__(self, stsh: bytes, most: int) -> None:
        self._most = self._left = most
        if len(stsh) < 8:
            raise Unreadable("broken", ReasonCode.NO_STYLESHEET)
        size, count, fixed = struct.unpack_from("<HHH", stsh)
        standard = [
            struct.unpack_from("<H", stsh, end)[0] if size >= end and end + 2 <= len(stsh) else 0
            for end in _STATED
        ]
        bidi = struct.unpack_from("<H", stsh, 20)[0] if size >= 20 and len(stsh) >= 22 else 0
        self._default = Character(ascii=standard[0], east=standard[1], other=standard[2], bidi=bidi)
        self._fixed = fixed
        self._stated: list[bytes] = []
        self._styles: dict[int, Style | None] = {}  # read when first asked for
        at = 2 + size
        while len(self._stated) < count and at + 2 <= len(stsh):
            length = stsh[at] | stsh[at + 1] << 8
            self._stated.append(stsh[at + 2 : at + 2 + length])
            at += 2 + length
        self._bases: dict[tuple[int, int, tuple[int, ...]], Base] = {}
        self._tables: dict[int, bool] = {}

    def spend(self, count: int) -> None:
        """Before modifiers are applied. Few of them state what a document looks like; large ones
        in every combination are a bomb. Raises Hostile."""
        self._left -= count
        if self._left < 0:
            raise Hostile("bomb", ReasonCode.ELEMENTS_LIMIT, part="WordDocument", most=self._most)

    def name(self, istd: int) -> str:
        """The name of a style; "" when there is none."""
        style = self._style(istd)
        return style.name if style is not None else ""

    def chain(self, istd: int, kind: int) -> list[Style]:
        """A style and those it is based on, the root first; a style of another kind, or one
        seen, ends it."""
        found: list[Style] = []
        seen = set()
        while istd not in seen and len(found) < _MAX_CHAIN:
            style = self._style(istd)
            if style is None or style.kind != kind:
                break
            seen.add(istd)
            found.append(style)
            istd = style.based
        found.reverse()
        return found

    def base(self, istd: int, table: int = 0, conditions: tuple[int, ...] = ()) -> Base:
        """The formatting of a paragraph style, within a table style where `table` is not zero."""
        key = (istd, table, conditions)
        found = self._bases.get(key)
        if found is None:
            block, character = Block(), replace(self._default)
            for blocks, characters in self._of_table(table, conditions) if table else ():
                self.spend(len(blocks) + len(characters))
                change_block(block, blocks)
                change_character(character, characters, replace(character))
            standard, sized = self._default.size, character.size
            chain = self.chain(istd, PARAGRAPH)
            for style in chain:
                self.spend(len(style.block) + len(style.character))
                change_block(block, style.block)
                change_character(character, style.character, replace(character))
            if sized != standard and self._gives_way(chain):
                character.size = sized
            found = self._bases[key] = Base(block, character)
        return found

    def _of_table(
        self, table: int, conditions: tuple[int, ...]
    ) -> Iterator[tuple[tuple[Prl, ...], tuple[Prl, ...]]]:
        """What a table style states of paragraphs and characters, weakest first."""
        chain = self.chain(table, TABLE)
        for style in chain:
            yield style.block, style.character
        for condition in conditions:
            for style in chain:
                if condition in style.conditions:
                    yield style.conditions[condition]

    def _gives_way(self, chain: list[Style]) -> bool:
        """11 or 12 points of the style Normal give way to the size of a table style, as in .docx ([MS-DOCX],
        overrideTableStyleFontSizeAndJustification)."""
        stated = [
            (style, operand)
            for style in chain
            for sprm, operand in style.character
            if sprm == sprms.C_HPS
        ]
        return bool(stated) and all(
            style is self._style(0) and operand[0] in (22, 24) and not operand[1]
            for style, operand in stated
        )

    def table(self, istd: int) -> Block:
        """What a table style says of the table itself: the sizes of its bands."""
        block = Block()
        for style in self.chain(istd, TABLE):
            self.spend(len(style.table))
            change_block(block, style.table)
        return block

    def may_shape_text(self, istd: int) -> bool:
        """Does a table style bear on how text looks?"""
        if istd not in self._tables:
            self._tables[istd] = any(
                style.block or style.character or style.conditions
                for style in self.chain(istd, TABLE)
            )
        return self._tables[istd]

    def character(self, base: Character, istd: int) -> Character:
        """`base` with a character style on top."""
        chain = self.chain(istd, CHARACTER)
        if not chain:
            return base
        found = replace(base)
        for style in chain:
            self.spend(len(style.character))
            change_character(found, style.character, replace(found))
        return found

    def _style(self, istd: int) -> Style | None:
        if istd not in self._styles:
            self._styles[istd] = (
                _style(self._stated[istd], self._fixed) if istd < len(self._stated) else None
            )
        return self._styles[istd]


def _style(std: bytes, fixed: int) -> Style | None:
    """2.9.258: the fixed part of `fixed` bytes, the name, then the modifiers."""
    if len(std) < fixed + 2 or fixed < 10:
        return None
    second, third = struct.unpack_from("<HH", std, 2)
    kind, based = second & 15, second >> 4
    length = struct.unpack_from("<H", std, fixed)[0]
    name = std[fixed + 2 : fixed + 2 + 2 * length].decode("utf-16-le", "replace")
    at = fixed + 2 + 2 * length + 2
    parts = []
    for _ in range(third & 15):  # 2.9.259 LPUpx..., each on an even offset
        at += at & 1
        if at + 2 > len(std):
            break
        size = struct.unpack_from("<H", std, at)[0]
        parts.append(std[at + 2 : at + 2 + size])
        at += 2 + size
    parts += [b""] * (3 - len(parts))
    based = based if based != _NONE else 1 << 16
    if kind == PARAGRAPH:
        return Style(kind, based, name, read_prls(parts[0][2:]), read_prls(parts[1]))
    if kind == CHARACTER:
        return Style(kind, based, name, (), read_prls(parts[0]))
    if kind == TABLE:
        block, character = read_prls(parts[1][2:]), read_prls(parts[2])
        return Style(
            kind,
            based,
            name,
            tuple(each for each in block if each[0] != sprms.P_CNF),
            tuple(each for each in character if each[0] != sprms.C_CNF),
            _conditions(block, character),
            read_prls(parts[0]),
        )
    return Style(kind, based, name)


def _conditions(
    block: tuple[Prl, ...], character: tuple[Prl, ...]
) -> dict[int, tuple[tuple[Prl, ...], tuple[Prl, ...]]]:
    """sprmPCnf and sprmCCnf: a byte of size, the bit of the part, the modifiers for it (2.9.41)."""
    blocks = _by_part(block, sprms.P_CNF)
    characters = _by_part(character, sprms.C_CNF)
    return {
        part: (blocks.get(part, ()), characters.get(part, ()))
        for part in blocks.keys() | characters.keys()
    }


def _by_part(modifiers: tuple[Prl, ...], sprm: int) -> dict[int, tuple[Prl, ...]]:
    found: dict[int, list[Prl]] = {}
    for each, operand in modifiers:
        if each == sprm and len(operand) >= 3:
            part = struct.unpack_from("<H", operand, 1)[0]
            found.setdefault(part, []).extend(read_prls(operand[3:]))
    return {part: tuple(some) for part, some in found.items()}
