"""Rows and cells of a table, and which conditions of its style hold in each (ECMA-376 part 1,
17.4.56, 17.7.6)."""

from collections.abc import Iterator

from lxml import etree

from ingest.read.document.ooxml.names import FALSE, VAL, W
from ingest.read.document.ooxml.styles import Styles

# Bits of w:tblLook/@w:val; Word reads them if, and only if, there is none of the attributes
# ([MS-OI29500] 2.1.157).
_LOOK = {
    "firstRow": 0x0020,
    "lastRow": 0x0040,
    "firstColumn": 0x0080,
    "lastColumn": 0x0100,
    "noHBand": 0x0200,
    "noVBand": 0x0400,
}
# 17.4.56: without a look all bits are 0, which leaves the bands
_NONE = dict.fromkeys(_LOOK, False)
_TRANSPARENT = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_ROW, _CELL = W + "tr", W + "tc"


def find_table_style(table: "etree._Element", styles: Styles) -> str:
    """The id of the style a table is in: its own, or the document's default table style."""
    named = table.find(f"{W}tblPr/{W}tblStyle")
    identifier = "" if named is None else named.get(VAL, "")
    style = styles.find_style(identifier) if identifier else None
    return (
        identifier
        if style is not None and style.kind == "table"
        else styles.default.get("table", "")
    )


def walk_cells(
    table: "etree._Element", styles: Styles
) -> Iterator[tuple["etree._Element", str, tuple[str, ...]]]:
    """Each shown cell of a table with the table's style and the conditions of it that hold
    there, weakest first, in the order of Word ([MS-OI29500] 2.1.251), which differs from that of
    the standard."""
    style = find_table_style(table, styles)
    look = _look(table.find(f"{W}tblPr/{W}tblLook"))
    row_band, column_band = styles.bands(style) if style else (0, 0)
    rows = [row for row in _members(table, _ROW) if row.find(f"{W}trPr/{W}del") is None]
    last_row = len(rows) - 1
    headings = next((index for index, row in enumerate(rows) if not _heading(row)), len(rows))
    for row_index, row in enumerate(rows):
        columns = [
            cell for cell in _members(row, _CELL) if cell.find(f"{W}tcPr/{W}cellDel") is None
        ]
        last_column = len(columns) - 1
        exception = row.find(f"{W}tblPrEx/{W}tblLook")
        here = look if exception is None else _look(exception)
        for column_index, cell in enumerate(columns):
            first_row = here["firstRow"] and (row_index == 0 or row_index < headings)
            last = here["lastRow"] and row_index == last_row
            first_column = here["firstColumn"] and column_index == 0
            final = here["lastColumn"] and column_index == last_column
            holding: list[str] = []
            if row_band and not here["noHBand"] and not first_row and not last:
                band = (row_index - here["firstRow"]) // row_band % 2
                holding.append(f"band{band + 1}Horz")
            if column_band and not here["noVBand"] and not first_column and not final:
                band = (column_index - here["firstColumn"]) // column_band % 2
                holding.append(f"band{band + 1}Vert")
            holding += _edges(first_row, last, first_column, final)
            yield cell, style, tuple(holding)


def _edges(first_row: bool, last_row: bool, first_column: bool, last_column: bool) -> list[str]:  # noqa: FBT001
    held = {
        "firstCol": first_column,
        "lastCol": last_column,
        "firstRow": first_row,
        "lastRow": last_row,
    }
    held |= {
        "nwCell": first_row and first_column,
        "neCell": first_row and last_column,
        "swCell": last_row and first_column,
        "seCell": last_row and last_column,
    }
    return [condition for condition, holds in held.items() if holds]


def _members(parent: "etree._Element", tag: str) -> Iterator["etree._Element"]:
    """Rows of a table or cells of a row, through content controls, custom XML and insertions,
    however deep these stand in one another."""
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            waiting.append(iter(child))


def _heading(row: "etree._Element") -> bool:
    """Is the row repeated on every page? Such rows look like the first (17.18.89)."""
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(VAL) not in FALSE


def _look(element: "etree._Element | None") -> dict[str, bool]:
    if element is None:
        return _NONE
    stated = {name: element.get(W + name) for name in _LOOK}
    if any(value is not None for value in stated.values()):
        return {name: value is not None and value not in FALSE for name, value in stated.items()}
    try:
        bits = int(element.get(VAL, "0"), 16)
    except ValueError:
        bits = 0
    return {name: bool(bits & bit) for name, bit in _LOOK.items()}
