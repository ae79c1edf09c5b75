"""What modifiers do to the properties of characters and paragraphs ([MS-DOC] 2.6.1, 2.6.2)."""

import struct
from collections.abc import Sequence

from msgspec import Struct

from ingest.read.document.msdoc import sprms
from ingest.read.document.msdoc.sprms import Prl, read_prls

_AUTOMATIC = 240  # twips of a single line


class Character(Struct):
    """Properties of a character (2.6.1); those no verdict needs are left out. Fonts are places
    in the font table, sizes half points. Changed only where it is made."""

    ascii: int = 0
    east: int = 0
    other: int = 0
    bidi: int = 0
    size: int = 20
    size_bidi: int = 20
    bold: int = 0
    bold_bidi: int = 0
    hidden: int = 0
    deleted: int = 0
    inserted: int = 0
    special: int = 0
    embedded: int = 0  # an OLE object, of either generation
    binary: int = 0  # sprmCFData: not a picture, though it looks like one
    right_to_left: int = 0
    complex_script: int = 0
    hint: int = 0
    east_language: int = 0
    picture: int | None = None  # offset in the Data stream
    symbol: tuple[int, int] | None = None  # font, character


class Block(Struct):
    """Properties of a paragraph (2.6.2), and of the row it ends (2.6.3). Changed only where it
    is made."""

    line: int = _AUTOMATIC  # twips, or 240ths of a line
    multiple: int = 1
    in_table: int = 0
    row_end: int = 0
    inner_row_end: int = 0
    inner_cell_end: int = 0
    depth: int = 0
    list: int = 0
    alignment: int = 0
    table_style: int = 0
    table_look: int = 0
    bands_horizontal: int = 0  # rows of a band; 0: the style has no bands
    bands_vertical: int = 0


_FLAGS = {
    sprms.C_RM_DELETED: "deleted", sprms.C_RM_INSERTED: "inserted", sprms.C_SPEC: "special", sprms.C_DATA: "binary",
    sprms.C_OLE2: "embedded", sprms.C_OBJ: "embedded",
}  # fmt: skip
_TOGGLES = {
    sprms.C_BOLD: "bold", sprms.C_BOLD_BI: "bold_bidi", sprms.C_VANISH: "hidden", sprms.C_BIDI: "right_to_left",
    sprms.C_COMPLEX: "complex_script",
}  # fmt: skip
_WORDS = {
    sprms.C_FTC0: "ascii", sprms.C_FTC1: "east", sprms.C_FTC2: "other", sprms.C_FTC_BI: "bidi", sprms.C_HPS: "size",
    sprms.C_HPS_BI: "size_bidi", sprms.C_LANGUAGE_EAST: "east_language", sprms.C_LANGUAGE_EAST_80: "east_language",
}  # fmt: skip
_OF_STYLES = ("ascii", "east", "other", "bidi", "size", "size_bidi", "bold", "bold_bidi", "hidden")
_BYTES = {
    sprms.P_IN_TABLE: "in_table", sprms.P_TTP: "row_end", sprms.P_INNER_TTP: "inner_row_end",
    sprms.P_INNER_CELL: "inner_cell_end",
    sprms.P_JC: "alignment", sprms.P_JC_80: "alignment", sprms.T_BANDS_HORIZONTAL: "bands_horizontal",
    sprms.T_BANDS_VERTICAL: "bands_vertical",
}  # fmt: skip


_FAR = frozenset((sprms.P_HUGE, sprms.P_HUGE_OLD, sprms.P_TABLE_PROPS))
_MOST_FAR = 4  # a paragraph has one such list, a row another


def change_character(character: Character, changes: Sequence[Prl], style: Character) -> None:
    """Applies modifiers; `style` is what the styles alone give, which toggles and resets refer
    to."""
    for sprm, operand in changes:
        if sprm in _TOGGLES:  # 2.9.327 ToggleOperand
            name, value = _TOGGLES[sprm], operand[0]
            if value & 0x80:
                value = getattr(style, name) ^ (value & 1)
            setattr(character, name, value & 1)
        elif sprm in _WORDS:
            setattr(character, _WORDS[sprm], operand[0] | operand[1] << 8)
        elif sprm in _FLAGS:
            setattr(character, _FLAGS[sprm], operand[0] & 1)
        elif sprm in _RARE:
            _RARE[sprm](character, operand, style)


def _picture(character: Character, operand: bytes, _style: Character) -> None:
    """sprmCPicLocation makes the character special as well."""
    character.picture, character.special = int.from_bytes(operand, "little"), 1


def _object(character: Character, _operand: bytes, _style: Character) -> None:
    character.embedded = 1


def _symbol(character: Character, operand: bytes, _style: Character) -> None:
    """2.9.50 CSymbolOperand."""
    character.symbol, character.special = struct.unpack("<HH", operand), 1


def _plain(character: Character, _operand: bytes, style: Character) -> None:
    """sprmCPlain: as the styles say."""
    for name in _OF_STYLES:
        setattr(character, name, getattr(style, name))


def _majority(character: Character, operand: bytes, style: Character) -> None:
    """sprmCMajority: what equals the properties in the operand goes back to the styles (2.9.35)."""
    stated = Character()
    change_character(
        stated, [prl for prl in read_prls(operand[1:]) if prl[0] != sprms.C_MAJORITY], Character()
    )
    for name in _OF_STYLES:
        if getattr(character, name) == getattr(stated, name):
            setattr(character, name, getattr(style, name))


def _hint(character: Character, operand: bytes, _style: Character) -> None:
    character.hint = operand[0]


_RARE = {
    sprms.C_PICTURE: _picture, sprms.C_OBJECT: _object, sprms.C_SYMBOL: _symbol, sprms.C_PLAIN: _plain,
    sprms.C_MAJORITY: _majority, sprms.C_OBJECT: _object, sprms.C_HINT: _hint,
}  # fmt: skip


def fetch_far(changes: Sequence[Prl], elsewhere: bytes) -> list[Prl]:
    """The same modifiers, and in their place those that lie in the Data stream, `elsewhere`
    (sprmPHugePapx): of the first _MOST_FAR lists, and none that these name in turn."""
    found: list[Prl] = []
    left = _MOST_FAR
    for each in changes:
        if each[0] in _FAR and left:
            left -= 1
            found += [far for far in read_far(each[1], elsewhere) if far[0] not in _FAR]
        elif each[0] not in _FAR:
            found.append(each)
    return found


def change_block(block: Block, changes: Sequence[Prl]) -> None:
    """Applies modifiers."""
    for sprm, operand in changes:
        if sprm in _BYTES:
            setattr(block, _BYTES[sprm], operand[0])
        elif sprm == sprms.P_LINE:  # 2.9.137 LSPD
            block.line, block.multiple = struct.unpack("<hh", operand)
        elif sprm == sprms.P_ILFO:
            block.list = operand[0] | operand[1] << 8
        elif sprm == sprms.P_ITAP:
            block.depth = max(0, struct.unpack("<i", operand)[0])
        elif sprm == sprms.P_DTAP:
            block.depth = max(0, block.depth + struct.unpack("<i", operand)[0])
        elif sprm == sprms.T_ISTD:
            block.table_style = operand[0] | operand[1] << 8
        elif sprm == sprms.T_LOOK:
            # 2.9.321 TLP: the number of an autoformat, then what of the style holds
            block.table_look = operand[2] | operand[3] << 8


def read_far(operand: bytes, elsewhere: bytes) -> tuple[Prl, ...]:
    """The modifiers of a PrcData in the Data stream (2.9.210)."""
    at = int.from_bytes(operand, "little")
    size = int.from_bytes(elsewhere[at : at + 2], "little")
    return read_prls(elsewhere[at + 2 : at + 2 + size])
