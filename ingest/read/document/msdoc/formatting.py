"""Formatting resolved: styles, then what the text itself states, then what its piece states
([MS-DOC] 2.4.6)."""

from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.document.msdoc import sprms
from ingest.read.document.msdoc.properties import (
    Block,
    Character,
    change_block,
    change_character,
    fetch_far,
)
from ingest.read.document.msdoc.sprms import Prl, read_prls
from ingest.read.document.msdoc.stylesheet import Styles
from redaksi.model import Spacing

_TIMES = "Times New Roman"
_CENTERED = 1
_NO_LIST = 0xF801  # "in no list, though its style is" (2.6.2 sprmPIlfo)
_PERMUTE = 7  # bytes of a SPPOperand before the istds (2.9.254)
_CHINESE = 0x04  # primary language of a LID


class Shape(NamedTuple):
    """What a character looks like: what a run of the reading is made of."""

    font: str
    size: float
    bold: bool
    hidden: bool
    inserted: bool


class Look(Struct, frozen=True, eq=False):
    """The resolved formatting of a stretch of text, by the slot each character takes
    (`ooxml.fonts.slots`)."""

    slots: tuple[Shape, Shape, Shape]  # ascii, East Asian, other
    uniform: bool  # all slots look the same
    hint: bool
    chinese: bool


# a grpprl (of a paragraph, with the istd before it), and what its piece adds
Stated = tuple[bytes, tuple[Prl, ...]]


class Within(NamedTuple):
    """The table style a paragraph stands in, and the conditions of it that hold there; 0 and ()
    in none."""

    table: int = 0
    conditions: tuple[int, ...] = ()


class Formatted(Struct, frozen=True, eq=False):
    """A paragraph's formatting."""

    istd: int
    style: str
    block: Block
    spacing: Spacing
    centered: bool
    listed: bool


class Looks:
    """Every combination is resolved once."""

    def __init__(self, styles: Styles, fonts: tuple[str, ...], elsewhere: bytes) -> None:
        self.styles = styles
        self._fonts = fonts
        self._elsewhere = elsewhere
        self._paragraphs: dict[tuple[Stated, Within], Formatted] = {}
        self._directs: dict[Stated, Character] = {}
        self._looks: dict[tuple[int, Within], dict[Stated, Look]] = {}

    def paragraph(self, stated: Stated, within: Within) -> Formatted:
        """The formatting of a paragraph, from what its mark points at."""
        key = (stated, within)
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = self._formatted(*key)
        return found

    def _formatted(self, given: Stated, within: Within) -> Formatted:
        papx, changes = given
        istd = int.from_bytes(papx[:2], "little")
        stated = read_prls(papx[2:]) + changes
        for sprm, operand in stated:
            if sprm == sprms.P_ISTD:
                istd = operand[0] | operand[1] << 8
            elif sprm == sprms.P_ISTD_PERMUTE:
                istd = _permuted(istd, operand)
            elif sprm == sprms.P_INC_LVL and 1 <= istd <= 9:  # headings, up or down a level
                istd = min(9, max(1, istd + (operand[0] ^ 0x80) - 0x80))
        block = replace(self.styles.base(istd, *within).block)
        whole = fetch_far(stated, self._elsewhere)
        self.styles.spend(len(stated) + len(whole))
        change_block(block, whole)
        return Formatted(
            istd=istd,
            style=self.styles.name(istd),
            block=block,
            spacing=spacing_of(block),
            centered=block.alignment == _CENTERED,
            listed=block.list not in (0, _NO_LIST),
        )

    def direct(self, stated: Stated) -> Character:
        """What the text itself states: enough to tell special characters and tracked changes,
        which no style has."""
        found = self._directs.get(stated)
        if found is None:
            found = self._directs[stated] = Character()
            changes = read_prls(stated[0]) + stated[1]
            self.styles.spend(len(changes))
            change_character(found, changes, Character())
        return found

    def resolved(self, istd: int, within: Within) -> dict[Stated, Look]:
        """What is resolved already of text in paragraphs of style `istd`; `look` adds to it."""
        return self._looks.setdefault((istd, within), {})

    def look(self, istd: int, within: Within, stated: Stated) -> Look:
        """The formatting of text in a paragraph of style `istd`."""
        known = self.resolved(istd, within)
        found = known.get(stated)
        if found is None:
            found = known[stated] = self._look(istd, within, *stated)
        return found

    def _look(self, istd: int, within: Within, grpprl: bytes, changes: tuple[Prl, ...]) -> Look:
        stated = read_prls(grpprl) + changes
        self.styles.spend(len(stated))
        named = 0
        for sprm, operand in stated:
            if sprm == sprms.C_ISTD:
                named = operand[0] | operand[1] << 8
            elif sprm == sprms.C_ISTD_PERMUTE:
                named = _permuted(named, operand)
        style = self.styles.base(istd, *within).character
        if named:
            style = self.styles.character(style, named)
        character = replace(style)
        change_character(character, stated, style)
        return self._shaped(character)

    def _shaped(self, character: Character) -> Look:
        complex_script = character.right_to_left or character.complex_script
        if character.symbol is not None and character.special:
            fonts = [self._font(character.symbol[0])] * 3
        elif complex_script:
            fonts = [self._font(character.bidi)] * 3
        else:
            fonts = [
                self._font(each) for each in (character.ascii, character.east, character.other)
            ]
            if fonts[1] == _TIMES and fonts[0] == fonts[2]:
                fonts[1] = fonts[0]  # [MS-OI29500] 2.1.88: Times New Roman is no East Asian font
        size = character.size_bidi if complex_script else character.size
        bold = character.bold_bidi if complex_script else character.bold
        first, east, other = (
            Shape(font, size / 2, bool(bold), bool(character.hidden), bool(character.inserted))
            for font in fonts
        )
        return Look(
            slots=(first, east, other),
            uniform=first == east == other,
            hint=character.hint == 1,
            chinese=character.east_language & 0x3FF == _CHINESE,
        )

    def _font(self, place: int) -> str:
        return self._fonts[place] if place < len(self._fonts) else ""


def spacing_of(block: Block) -> Spacing:
    """2.9.137 LSPD: 240ths of a line, or twips: at least when positive, exactly when negative."""
    if block.multiple:
        return Spacing(value=block.line / 240 if block.line > 0 else 1.0)
    if block.line < 0:
        return Spacing(rule="exact", value=-block.line / 20)
    return Spacing(rule="atLeast", value=block.line / 20) if block.line else Spacing()


def _permuted(istd: int, operand: bytes) -> int:
    """2.9.254 SPPOperand: styles from the first to the last become those listed."""
    if len(operand) < _PERMUTE:
        return istd
    first, last = operand[3] | operand[4] << 8, operand[5] | operand[6] << 8
    at = _PERMUTE + 2 * (istd - first)
    if first <= istd <= last and at + 2 <= len(operand):
        return operand[at] | operand[at + 1] << 8
    return istd
