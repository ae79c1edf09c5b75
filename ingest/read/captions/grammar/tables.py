"""Captions in rows: a table of HTML or Word, tabs, pipes (Markdown), comma-separated values.

No | Nama file    | Keterangan                [picture] | [picture]
1  | IMG_4101.jpg | Warga bergotong royong …  Warga …   | Kaum ibu …
"""

import re
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from ingest.read.captions.grammar.designators import Designator, Known
from ingest.read.captions.grammar.items import read_item
from ingest.read.captions.grammar.marks import Mark, read_opening, read_whole
from ingest.read.captions.grammar.prose import is_credit, is_letter, tells_something
from ingest.read.captions.grammar.words import CAPTION, EXTENSION, PHOTO

_QUOTED = re.compile(r'\s*"(?P<in>[^"]*(?:""[^"]*)*)"\s*(?:[,;]|$)|(?P<out>[^,;]*)(?:[,;]|$)')
_CSV = re.compile(
    rf"\s*(?:\"[^\"]{{1,200}}\"\s*[,;]|\d{{1,3}}\s*[,;]\s*[\w .()-]{{1,120}}{EXTENSION}\s*[,;]|[\w .()-]{{1,120}}{EXTENSION}\"?\s*[,;])",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s|:+=-]+")
_HEAD = re.compile(rf"(?:{CAPTION}|isi|uraian)\b.*", re.IGNORECASE)
_HEAD_FILE = re.compile(
    rf"(?:(?:nama|judul|kode|nomor|no)\s*\.?\s*)?(?:file|berkas|{PHOTO})\b.*|no\.?|nomor|#|urutan",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r"\[(?:image|cid|gambar|inline image|img)\s?:\s*(?P<name>[^\[\]]{1,200})\]", re.IGNORECASE
)
_FIELD = re.compile(r"\s*[:=]")
_MOST_CELLS, _FEWEST = 30, 3


class Row(Struct, frozen=True):
    """The cells of a line; `at` is the line's index."""

    at: int
    cells: tuple[str, ...]


class Read(Struct, frozen=True, kw_only=True):
    """`marks` by the line they stand on; `taken` lines; whether anything in the table may be a
    caption that was not taken."""

    marks: tuple[tuple[int, Mark], ...] = ()
    taken: tuple[int, ...] = ()


def split_cells(line: str) -> tuple[str, ...]:
    """The cells of a row, () for a line that is none. Empty cells at the ends are dropped."""
    if "\t" in line.strip():
        cells = line.split("\t")
    elif line.count("|") >= (1 if "|" in line.strip(" |") else 3):
        cells = line.split("|")
    elif _CSV.match(line):
        cells = _split_quoted(line)
    else:
        return ()
    tidy = [cell.strip(" \"'*_") if '"' in cell else cell.strip() for cell in cells[:_MOST_CELLS]]
    while tidy and not tidy[-1]:
        tidy.pop()
    while tidy and not tidy[0]:
        tidy.pop(0)
    if len(tidy) < 2 or (len(tidy) == 2 and _FIELD.match(tidy[1])):
        return ()  # "Nama : Siti" set with a tab is a form's field
    return tuple(tidy)


def _split_quoted(line: str) -> list[str]:
    cells: list[str] = []
    at = 0
    while at < len(line) and len(cells) < _MOST_CELLS:
        found = _QUOTED.match(line, at)
        if found is None or found.end() == at:
            break
        cells.append(found["in"].replace('""', '"') if found["in"] is not None else found["out"])
        at = found.end()
    head, rest = cells[:1], cells[1:]
    if head and not line.lstrip().startswith('"'):  # commas are the words' own behind the name
        key = 2 if head[0].strip().isdigit() else 1
        return [*cells[:key], re.split(r"[,;]", line, maxsplit=key)[-1].strip(' "')]
    return [*head, *rest]


def find_tables(raw: Sequence[str]) -> list[list[Row]]:
    """The rows of each table in the lines; rules of Markdown are skipped."""
    tables: list[list[Row]] = []
    last = -2
    for at, line in enumerate(raw):
        if is_rule(line) and last == at - 1:
            last = at
            continue
        cells = split_cells(line) if _may_be_row(line) else ()
        if not cells:
            continue
        if last == at - 1:
            tables[-1].append(Row(at, cells))
        else:
            tables.append([Row(at, cells)])
        last = at
    return tables


def _may_be_row(line: str) -> bool:
    return "\t" in line or "|" in line or "," in line or ";" in line


def is_rule(line: str) -> bool:
    """ "|---|---|"."""
    return _RULE.fullmatch(line) is not None and "-" in line


def read_rows(rows: Sequence[Row], known: Known) -> Read:
    """The captions of the rows of one table."""
    if _is_head(rows[0].cells):
        return _read_headed(rows[0], rows[1:], known)
    marks: list[tuple[int, Mark]] = []
    taken: list[int] = []
    at = 0
    while at < len(rows):
        found = _read_pictures(rows[at], rows[at + 1 : at + 2])
        length = 2 if found else 1
        found = found or _read_keyed(rows[at], known)
        if found:
            marks += [(rows[at].at, mark) for mark in found]
            taken += [row.at for row in rows[at : at + length]]
        at += length
    return Read(marks=tuple(marks), taken=tuple(taken))


def _is_head(cells: Sequence[str]) -> bool:
    """ "No | Nama file | Keterangan"."""
    short = all(len(cell.split()) <= 4 for cell in cells)
    return (
        short
        and any(_HEAD.fullmatch(cell.strip(" *_:")) for cell in cells)
        and any(_HEAD_FILE.fullmatch(cell.strip(" *_:")) for cell in cells)
    )


def _read_headed(head: Row, rows: Sequence[Row], known: Known) -> Read:
    """A table whose first row says which column is the caption."""
    column = max(
        (i for i, cell in enumerate(head.cells) if _HEAD.fullmatch(cell.strip(" *_:"))), default=0
    )
    marks, taken = [], [head.at]
    for row in rows:
        text = row.cells[column] if column < len(row.cells) else row.cells[-1]
        others = [cell for cell in row.cells if cell != text]
        key = _best_key(others, known)
        name = key.keys if key else ("",)
        if not tells_something("x", text):
            continue
        kind = key.kind if key else ""
        marks.append((row.at, Mark(keys=name, kind=kind, text=text, led=True, strong=True)))
        taken.append(row.at)
    return Read(marks=tuple(marks), taken=tuple(taken)) if marks else Read()


def _best_key(cells: Sequence[str], known: Known) -> Designator | None:
    """What names the photo in a row: a file's name before a number."""
    found = [key for cell in cells if (key := read_cell(cell, known)) is not None]
    order = ("name", "camera", "number", "position", "shared")
    return min(found, key=lambda key: order.index(key.kind or "shared"), default=None)


def read_cell(cell: str, known: Known) -> Designator | None:
    """A cell that is a designator and nothing else; a picture's place is its file's name."""
    if picture := PICTURE.fullmatch(cell.strip()):
        return Designator(keys=(picture["name"].strip(),), kind="name", end=len(cell))
    return read_whole(cell, known) if len(cell) <= 160 else None


def _read_keyed(row: Row, known: Known) -> list[Mark]:
    """A row with a key in one cell and words in another; or each cell with both."""
    key = _best_key(row.cells, known)
    words = [cell for cell in row.cells if read_cell(cell, known) is None]
    if key is not None and words:
        text = max(words, key=len)
        fewest = 1 if key.kind == "name" else _FEWEST
        if len(text.split()) < fewest or not tells_something("x", text) or is_credit(text):
            return []
        if key.kind == "number" and (is_letter(text) or len(words) > 1):
            return []  # a list of anything that is numbered
        opening = read_opening(text, known)
        if opening and opening.text and opening.kind == "number":
            text = opening.text
        return [
            Mark(
                keys=key.keys,
                kind=key.kind,
                text=text,
                sure=key.kind != "number",
                led=True,
                strong=True,
            )
        ]
    each = [_read_both(cell, known) for cell in row.cells]
    return [mark for mark in each if mark] if all(each) else []


def _read_both(cell: str, known: Known) -> Mark | None:
    """ "Foto 1: Warga …" or a picture with its words, in one cell."""
    picture = PICTURE.match(cell)
    if picture:
        text = cell[picture.end() :].strip()
        if len(text.split()) < _FEWEST:
            return None
        name = picture["name"].strip()
        return Mark(keys=(name,), kind="name", text=_bare(text, known), led=True, strong=True)
    mark = read_opening(cell, known)
    return mark if mark and mark.text and mark.led else None


def _bare(text: str, known: Known) -> str:
    """The words without a designator of their own before them."""
    mark = read_opening(text, known)
    if mark and mark.text and mark.led:
        return mark.text
    item = read_item(text, listing=False)
    return item.text if item and item.style != "bullet" else text


def _read_pictures(row: Row, below: Sequence[Row]) -> list[Mark]:
    """Pictures side by side, their words in the row below."""
    if not below or len(below[0].cells) != len(row.cells):
        return []
    names = [PICTURE.fullmatch(cell.strip()) for cell in row.cells]
    texts = below[0].cells
    if not all(names) or not all(len(text.split()) >= _FEWEST for text in texts):
        return []
    return [
        Mark(keys=(name["name"].strip(),), kind="name", text=text, led=True, strong=True)
        for name, text in zip(names, texts, strict=True)
        if name
    ]


def strip_key(mark: Mark, known: Known) -> Mark:
    """A caption whose words begin with a designator of their own, without it."""
    return msgspec.structs.replace(mark, text=_bare(mark.text, known))
