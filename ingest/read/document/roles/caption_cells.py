"""Captions in a document's tables: the file's name, a number or "Foto 1" in one cell, the words in the
next, with or without a head row.

    No | Nama file    | Keterangan
    1  | IMG_4101.jpg | Warga bergotong royong …

And those with a key behind or under them, which as a row alone are no references of the article's:

    Warga bergotong royong … (Foto 1)        Warga bergotong royong …
    Lurah memberi sambutan … (Foto 2)        (IMG_2041.jpg)
"""

import re
from itertools import pairwise

import msgspec

from ingest.read.captions.grammar.designators import Designator
from ingest.read.captions.grammar.headings import weigh_heading
from ingest.read.captions.grammar.items import read_item
from ingest.read.captions.grammar.marks import Mark
from ingest.read.captions.grammar.passages import goes_on_below, read_behind
from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.tables import read_cell
from ingest.read.captions.grammar.words import CAMERA, CAPTION, EXTENSION, NAMED_FILE, PHOTO
from ingest.read.captions.labels import tidy_caption
from ingest.read.document.roles.caption_lines import (
    HINT,
    NOBODY,
    make_label,
    may_follow,
    place_of,
    read_alone,
)
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet
from redaksi.model import Label

_HEAD = re.compile(
    rf"(?:no\.?|nomor|(?:nama\s+)?(?:file|berkas)|(?:nama\s+|nomor\s+|no\.?\s+)?{PHOTO}|{CAPTION}(?:\s+{PHOTO})?)\s*:?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(rf"(?:{CAPTION}(?:\s+{PHOTO})?|{PHOTO})", re.IGNORECASE)
# not the head "Keterangan" of any table
_KEYS = re.compile(
    rf"[\W_]*(?:{PHOTO}|{CAPTION}\s*(?:{PHOTO}|\d|:)|{CAMERA}|[\w .()-]{{1,100}}{EXTENSION})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[(\[]?\d{1,2}[.)\]]?")
_FEWEST_ROW, _ROW_WORDS = 2, 30  # captions whose keys stand under them; words of each
_MOST_BEHIND_WORDS, _MOST_KEY_WORDS = 45, 6
_FEWEST, _MOST_WORDS, _MOST_CELLS = 3, 50, 8


def take_cells(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Give the cells of caption tables their roles; the captions in order."""
    found: list[Label] = []
    at = 0
    while at < len(sheet.lines):
        end = at
        while end < len(sheet.lines) and sheet.lines[end].story == "table" and sheet.is_free(end):
            end += 1
        if end > at:
            found += _take_table(sheet, at, end, numbers)
        at = max(end, at + 1)
    return found


def _take_table(sheet: Sheet, at: int, end: int, numbers: list[int]) -> list[Label]:
    """The captions of the cells `at` to `end`: each row is told by its key, in front or behind."""
    head = _count_head(sheet, at, end)
    told = _is_told(sheet, at, head) or (at > 0 and weigh_heading(sheet.lines[at - 1].text) != "")
    keys = _find_keys(sheet, at + head, end, numbered=told)
    if not keys:
        return []
    rows = _rows(sheet, at + head, end, keys)
    if not rows:
        return []
    labels: list[Label] = []
    for words, key in rows:
        place = place_of(sheet, words, numbers)
        text = tidy_caption(_join(sheet, words, end, keys))
        labels += [Label(text=text, key=each, kind=key.kind, place=place) for each in key.keys]
    taken = {i for words, _ in rows for i in _span(sheet, words, end, keys)}
    for i in range(at, end):
        if i in taken:
            sheet.give(i, "caption")
        elif i < at + head or i in keys or _NUMBER.fullmatch(sheet.lines[i].text):
            sheet.give(i, "label")
    return labels


def _join(sheet: Sheet, words: int, end: int, keys: dict[int, Designator]) -> str:
    """The words with the lines of their cell that they go on in."""
    return " ".join(sheet.lines[i].text for i in _span(sheet, words, end, keys))


def _span(sheet: Sheet, words: int, end: int, keys: dict[int, Designator]) -> range:
    """The lines of a caption: a sentence cut in two is one."""

    def joins(above: int) -> bool:
        both = above in keys or above + 1 in keys
        return not both and goes_on_below(sheet.lines[above].text, sheet.lines[above + 1].text)

    first, last = words, words
    while (
        first > 0 and sheet.is_free(first - 1) and words - first < _MOST_CELLS and joins(first - 1)
    ):
        first -= 1
    while last + 1 < end and last - words < _MOST_CELLS and joins(last):
        last += 1
    return range(first, last + 1)


def _count_head(sheet: Sheet, at: int, end: int) -> int:
    """How many cells the head row has."""
    count = 0
    while at + count < end and _HEAD.fullmatch(sheet.lines[at + count].text):
        count += 1
    return count if count > 1 else 0


def _is_told(sheet: Sheet, at: int, head: int) -> bool:
    """Whether the head row speaks of photos or captions, so that bare numbers are photos'."""
    return any(_SPEAKS.fullmatch(line.text) for line in sheet.lines[at : at + head])


def _find_keys(sheet: Sheet, at: int, end: int, *, numbered: bool) -> dict[int, Designator]:
    """The cells that are designators and nothing else; a number beside a name says nothing."""
    found: dict[int, Designator] = {}
    for i in range(at, end):
        text = sheet.lines[i].text
        bare = _NUMBER.fullmatch(text) is not None
        if len(text) > 160 or (bare and not numbered):
            continue
        key = read_cell(text, NOBODY)
        if key is None or (key.kind in ("position", "shared") and not numbered):
            continue
        if bare and any(other.kind != "number" for other in found.values()):
            continue
        found[i] = key
    named = {i: key for i, key in found.items() if not _NUMBER.fullmatch(sheet.lines[i].text)}
    return named or found


def _rows(
    sheet: Sheet, at: int, end: int, keys: dict[int, Designator]
) -> list[tuple[int, Designator]]:
    """Words and key of each row. The words stand behind the key, unless nothing stands behind the
    last."""
    places = sorted(keys)
    edges = [*places, end]
    below = [_find_words(sheet, a + 1, b) for a, b in zip(places, edges[1:], strict=True)]
    if below[-1] >= 0:
        return [(w, keys[p]) for w, p in zip(below, places, strict=True) if w >= 0]
    starts = [at, *(place + 1 for place in places)]
    above = [_find_words(sheet, a, b) for a, b in zip(starts, places, strict=False)]
    whole = all(words >= 0 for words in above)
    return [(w, keys[p]) for w, p in zip(above, places, strict=True)] if whole else []


def _find_words(sheet: Sheet, at: int, end: int) -> int:
    """The longest cell of a caption's length, -1 when there is none, or more than a row's cells."""
    if end - at > _MOST_CELLS:
        return -1
    lines = [(i, sheet.lines[i]) for i in range(at, end) if _may_be_words(sheet.lines[i])]
    return max(lines, key=lambda each: each[1].words)[0] if lines else -1


def _may_be_words(line: Line) -> bool:
    return _FEWEST <= line.words <= _MOST_WORDS and read_cell(line.text, NOBODY) is None


def take_behind(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Lines right below one another that end in "(Foto 1)", each in another photo's: one alone may
    refer to a figure."""
    marks = {i: mark for i in range(len(sheet.lines)) if (mark := _read_behind(sheet, i))}
    found: list[Label] = []
    for run in _find_runs(list(marks)):
        keys = [marks[i].keys for i in run]
        if len(run) < _FEWEST_ROW or len(set(keys)) < len(run):
            continue
        for i in run:
            sheet.give(i, "caption")
            place = place_of(sheet, i, numbers)
            found += [make_label(marks[i].text, key, place, marks[i].kind) for key in marks[i].keys]
    return found


def _read_behind(sheet: Sheet, index: int) -> Mark | None:
    line = sheet.lines[index]
    if not sheet.is_free(index) or not 0 < line.words <= _MOST_BEHIND_WORDS:
        return None
    item = read_item(line.text, listing=False)
    mark = read_behind(item.text if item else line.text, NOBODY)
    return mark if mark and ". " not in mark.text[:-1] else None


def _find_runs(indices: list[int]) -> list[list[int]]:
    """Those that follow one another."""
    runs = [[i] for i in indices[:1]]
    for above, index in pairwise(indices):
        if index == above + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def take_over(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Keys that stand under their words, all of them: "Warga …" / "(IMG_1.jpg)"."""
    free = [i for i in range(len(sheet.lines)) if sheet.is_free(i)]
    keys = [i for i in free if HINT.match(mend(sheet.lines[i].text)) and read_alone(sheet, i)]
    if len(keys) < _FEWEST_ROW or may_follow(sheet, keys[-1] + 1):
        return []
    if not all(may_follow(sheet, i - 1) and sheet.lines[i - 1].words <= _ROW_WORDS for i in keys):
        return []
    # numbers here and there below paragraphs are photos' places
    is_list = all(below - above == 2 for above, below in pairwise(keys))
    if not is_list and not all(NAMED_FILE.search(sheet.lines[i].text) for i in keys):
        return []
    found: list[Label] = []
    for i in keys:
        mark = read_alone(sheet, i) or Mark()
        text, place = sheet.lines[i - 1].text, place_of(sheet, i - 1, numbers)
        sheet.give(i - 1, "caption")
        sheet.give(i, "label")
        labels = [make_label(text, key, place, mark.kind) for key in mark.keys]
        sure = sheet.lines[i].text[0] in "(["  # brackets belong to what stands before them
        found += [msgspec.structs.replace(label, sure=sure) for label in labels]
    return found


def find_unread_cells(sheet: Sheet) -> set[int]:
    """The cells with words that no one took, of tables that speak of photos: a heading of captions
    above, a photo's word or a file's name in a cell."""
    found: set[int] = set()
    at = 0
    while at < len(sheet.lines):
        end = at
        while end < len(sheet.lines) and sheet.lines[end].story == "table":
            end += 1
        if end > at and _speaks_of_photos(sheet, at, end):
            cells = (i for i in range(at, end) if sheet.is_free(i))
            found.update(i for i in cells if _FEWEST <= sheet.lines[i].words <= _MOST_WORDS)
        at = max(end, at + 1)
    return found


def _speaks_of_photos(sheet: Sheet, at: int, end: int) -> bool:
    if at > 0 and weigh_heading(sheet.lines[at - 1].text):
        return True
    return any(
        line.words <= _MOST_KEY_WORDS and _KEYS.match(mend(line.text))
        for line in sheet.lines[at:end]
    )
