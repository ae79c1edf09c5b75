"""Where a paragraph stands in its table, and so which conditions of the table style hold
([MS-DOC] 2.4.3, 2.9.41)."""

from collections.abc import Sequence

from msgspec import Struct

from ingest.read.document.msdoc.formatting import Within
from ingest.read.document.msdoc.properties import Block
from ingest.read.document.msdoc.stylesheet import Styles

# Bits of CNFOperand (2.9.41)
_FIRST_ROW, _LAST_ROW, _FIRST_COLUMN, _LAST_COLUMN = 0x0001, 0x0002, 0x0004, 0x0008
_ODD_COLUMN, _EVEN_COLUMN, _ODD_ROW, _EVEN_ROW = 0x0010, 0x0020, 0x0040, 0x0080
_TOP_RIGHT, _TOP_LEFT, _BOTTOM_RIGHT, _BOTTOM_LEFT = 0x0100, 0x0200, 0x0400, 0x0800
# Bits of a TLP (2.9.321): what of the style the table takes
_TAKES_FIRST_ROW, _TAKES_LAST_ROW, _TAKES_FIRST_COLUMN, _TAKES_LAST_COLUMN = (
    0x0020,
    0x0040,
    0x0080,
    0x0100,
)
_NO_ROW_BANDS, _NO_COLUMN_BANDS = 0x0200, 0x0400


class Mark(Struct, frozen=True):
    """The end of a paragraph: its formatting without any table style, and whether a cell or row
    ends there."""

    block: Block
    cell: bool


class _Row(Struct):
    cells: list[list[int]]
    style: int
    look: int


def find_places(marks: Sequence[Mark], styles: Styles) -> dict[int, Within]:
    """By index, the paragraphs in tables whose style bears on text, and what of it holds for
    them."""
    found: dict[int, Within] = {}
    if not any(
        mark.block.table_style and styles.may_shape_text(mark.block.table_style) for mark in marks
    ):
        return found
    tables: dict[int, list[_Row]] = {}  # rows of the open table of each depth
    cells: dict[int, list[list[int]]] = {}  # cells of the open row
    for index, mark in enumerate(marks):
        depth = depth_of(mark.block)
        for deeper in [each for each in tables if each > depth]:
            _close(tables.pop(deeper), styles, found)
            cells.pop(deeper, None)
        if not depth:
            continue
        rows, row = tables.setdefault(depth, []), cells.setdefault(depth, [[]])
        if is_row_end(mark.block):
            style = mark.block.table_style
            if rows and rows[-1].style != style:
                _close(rows, styles, found)
                rows.clear()
            rows.append(_Row([cell for cell in row if cell], style, mark.block.table_look))
            cells[depth] = [[]]
            continue
        row[-1].append(index)
        if mark.cell or mark.block.inner_cell_end:
            row.append([])
    for rows in tables.values():
        _close(rows, styles, found)
    return found


def depth_of(block: Block) -> int:
    """How many tables a paragraph stands in; 0 outside of all."""
    return max(block.depth, 1) if block.in_table else block.depth


def is_row_end(block: Block) -> bool:
    """Is this the mark of a row, no paragraph?"""
    return bool(block.inner_row_end if block.depth > 1 else block.row_end)


def _close(rows: list[_Row], styles: Styles, found: dict[int, Within]) -> None:
    for number, row in enumerate(rows):
        if not row.style or not styles.may_shape_text(row.style):
            continue
        bands = styles.table(row.style)
        for column, cell in enumerate(row.cells):
            conditions = _conditions(row.look, (number, len(rows)), (column, len(row.cells)), bands)
            for index in cell:
                found[index] = Within(row.style, conditions)


def _conditions(
    look: int, row: tuple[int, int], column: tuple[int, int], bands: Block
) -> tuple[int, ...]:
    """The bits that hold in a cell, weakest first, in the order of Word ([MS-OI29500] 2.1.251)."""
    first_row = bool(look & _TAKES_FIRST_ROW) and row[0] == 0
    last_row = bool(look & _TAKES_LAST_ROW) and row[0] == row[1] - 1
    first_column = bool(look & _TAKES_FIRST_COLUMN) and column[0] == 0
    last_column = bool(look & _TAKES_LAST_COLUMN) and column[0] == column[1] - 1
    holding = []
    if bands.bands_horizontal and not look & _NO_ROW_BANDS and not first_row and not last_row:
        band = (row[0] - bool(look & _TAKES_FIRST_ROW)) // bands.bands_horizontal
        holding.append(_EVEN_ROW if band % 2 else _ODD_ROW)
    if (
        bands.bands_vertical
        and not look & _NO_COLUMN_BANDS
        and not first_column
        and not last_column
    ):
        band = (column[0] - bool(look & _TAKES_FIRST_COLUMN)) // bands.bands_vertical
        holding.append(_EVEN_COLUMN if band % 2 else _ODD_COLUMN)
    corners = (
        (_FIRST_COLUMN, first_column),
        (_LAST_COLUMN, last_column),
        (_FIRST_ROW, first_row),
        (_LAST_ROW, last_row),
        (_TOP_RIGHT, first_row and last_column),
        (_TOP_LEFT, first_row and first_column),
        (_BOTTOM_RIGHT, last_row and last_column),
        (_BOTTOM_LEFT, last_row and first_column),
    )
    return (*holding, *(bit for bit, holds in corners if holds))
