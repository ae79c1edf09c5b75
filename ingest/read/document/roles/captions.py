"""Caption lines inside a document: under a heading, marked one by one, in Word's Caption style, or
under a picture.

A false caption takes words out of the article, a missed one asks for what is there: a line is a
caption when it is marked as one, and an ordinary sentence that begins with "Foto" is not.
"""

import re
from typing import Literal

from ingest.read.captions.grammar.headings import weigh_heading
from ingest.read.captions.grammar.items import read_item
from ingest.read.captions.grammar.marks import read_opening
from ingest.read.captions.grammar.prose import is_credit
from ingest.read.captions.labels import find_labels
from ingest.read.captions.series import find_series
from ingest.read.captions.unread import may_be_caption
from ingest.read.document.roles.byline import parse_keyed, parse_lone_key
from ingest.read.document.roles.caption_cells import (
    find_unread_cells,
    take_behind,
    take_cells,
    take_over,
)
from ingest.read.document.roles.caption_lines import (
    NOBODY,
    PHOTO_FIRST,
    SHORT_WORDS,
    Taken,
    goes_on_below,
    is_key_above,
    is_marked,
    is_over_key,
    is_placeholder,
    is_speech,
    is_under_key,
    make_label,
    place_of,
    take_line,
    take_with_next,
)
from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.role_map import Sheet, is_heading, is_prose
from redaksi.arrival import Unread
from redaksi.model import Label
from redaksi.text import clean

Head = Literal["", "captions", "photos", "word"]

_ITEM = re.compile(r"(?:\d{1,2}\s*[.):]|[-•*–▪·]\s)\s*\S")
_SIGN_OFF = re.compile(
    r"(?:demikian|terima\s*kasih|terimakasih|salam|hormat|wassalam|editor|penyunting|kontak|email|e-mail|no\.?\s*hp"
    r"|sumber|catatan|tentang penulis|profil penulis|biodata|data penulis)\b",
    re.IGNORECASE,
)
_LONGEST, _MOST_WORDS, _LONG_WORDS, _KEY_WORDS = 600, 80, 25, 6
_MOST_UNREAD, _MOST_UNREAD_WORDS = 20, 60
_LONGEST_HEADING = 60  # characters
_MOST_ABOVE = 4  # captions above the article under a heading without marks


def find_captions(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """Give caption lines their role; their labels in order. `numbers` are the paragraphs'
    numbers by index."""
    found = [*take_cells(sheet, numbers), *take_over(sheet, numbers)]
    found += take_behind(sheet, numbers)
    in_article = False  # article text stands above
    index = 0
    while index < len(sheet.lines):
        line = sheet.lines[index]
        if sheet.roles[index] is not None or len(line.text) > _LONGEST:
            in_article = in_article or sheet.is_prose(index)
            index += 1
            continue
        taken = _take(sheet, index, numbers, in_article=in_article)
        if taken is None:
            in_article = in_article or is_prose(line) or is_heading(line)
            index += 1
            continue
        labels, index = taken
        found += labels
    return found + _take_series(sheet, numbers)


def _take_series(sheet: Sheet, numbers: list[int]) -> list[Label]:
    """The lines, or cells beside each other, that are captions by their company."""
    texts: list[str] = []
    for at, line in enumerate(sheet.lines):
        beside = _cell_beside(sheet, at)
        texts.append(f"{line.text} {beside}" if beside else line.text)
    free = [sheet.is_free(at) for at in range(len(sheet.lines))]
    labels: list[Label] = []
    for caption in find_series(texts, NOBODY, free=free):
        for at in (caption.at, caption.at + 1)[: 1 + bool(_cell_beside(sheet, caption.at))]:
            sheet.give(at, "caption")
        mark = caption.mark
        label = make_label(mark.text, mark.keys[0], place_of(sheet, caption.at, numbers))
        labels.append(label)
    return labels


def _cell_beside(sheet: Sheet, at: int) -> str:
    """The text of the next cell, where one of the two is no more than a designator."""
    if at + 1 >= len(sheet.lines) or not sheet.is_free(at + 1):
        return ""
    here, beside = sheet.lines[at], sheet.lines[at + 1]
    if here.story != "table" or beside.story != "table":
        return ""
    short = min(here.words, beside.words)
    return beside.text if short <= _KEY_WORDS < max(here.words, beside.words) + 3 else ""


def _take(sheet: Sheet, index: int, numbers: list[int], *, in_article: bool) -> Taken | None:
    """The captions that begin at a line: a block under a heading, a line that says itself what it
    is, lines under a picture."""
    taken = _take_block(sheet, index, numbers, in_article=in_article)
    if taken is None:
        taken = take_line(sheet, index, numbers)
    if taken is not None:
        return taken
    if sheet.lines[index].pictures and (in_article or _is_under_bold(sheet, index)):
        return _take_under_pictures(sheet, index, numbers)
    return None


def _take_block(sheet: Sheet, index: int, numbers: list[int], *, in_article: bool) -> Taken | None:
    """A heading and the captions under it. "Keterangan" alone is a weak one: it may head anything."""
    text = sheet.lines[index].text
    head = _read_heading(text)
    if not head or is_placeholder(text):
        return None
    labels, end = _gather(sheet, index + 1, numbers, head=head, in_article=in_article)
    below = range(index + 1, end)
    if not labels and head == "captions" and not in_article:
        labels, end = _gather_above(sheet, index + 1, numbers)
    empty = not labels and (head == "word" or not in_article)
    if empty or (head == "word" and _goes_on_as_article(sheet, below)):
        for i in below:
            sheet.roles[i] = None
        return None
    sheet.give(index, "label")
    return labels, end


def _read_heading(text: str) -> Head:
    """What a line heads: captions, photos, or by the word "Keterangan" anything."""
    weight = weigh_heading(text)
    if not weight or ((mark := read_opening(text, NOBODY)) and mark.keys[0]):
        return ""
    if weight == "strong":
        return "captions"
    return "photos" if PHOTO_FIRST.match(text) else "word"


def _gather(sheet: Sheet, at: int, numbers: list[int], *, head: Head, in_article: bool) -> Taken:
    """The caption lines of a block, from `at` on."""
    found: list[Label] = []
    marked = False
    while sheet.is_free(at):
        line = sheet.lines[at]
        if _read_heading(line.text) or _ends_block(line):
            break
        if is_key_above(sheet, at):
            labels, at = take_with_next(sheet, at, numbers)
            found += labels
            marked = True
            continue
        opens = is_marked(line.text) or bool(_ITEM.match(line.text)) or _is_item(line)
        if not opens and not (
            _is_plain(sheet, at, head, found)
            and _goes_on(line, marked=marked, in_article=in_article)
        ):
            break
        heading = "Keterangan foto:" if head != "photos" or not opens else "Foto:"
        found += find_labels(f"{heading}\n{line.text}", "document", place_of(sheet, at, numbers))
        marked = marked or opens
        sheet.give(at, "caption")
        at += 1
    return found, at


def _gather_above(sheet: Sheet, at: int, numbers: list[int]) -> Taken:
    """The captions under a heading that stands above the article's text: a few short lines set
    alike, down to a long one or one set otherwise. At the very top the edge must be the title's."""
    end = at
    while end <= at + _MOST_ABOVE and _is_like_first(sheet, at, end):
        end += 1
    if not at < end <= at + _MOST_ABOVE or not sheet.is_free(end):
        return [], at
    edge, first = sheet.lines[end], sheet.lines[at]
    apart = not edge.is_set_like(first) or is_heading(edge)
    if not apart and (edge.words <= _LONG_WORDS or at == 1):
        return [], at
    labels = [
        make_label(sheet.lines[i].text, "", place_of(sheet, i, numbers)) for i in range(at, end)
    ]
    for i in range(at, end):
        sheet.give(i, "caption")
    return labels, end


def _is_like_first(sheet: Sheet, first: int, index: int) -> bool:
    """A short line set as the first of the block is."""
    if not sheet.is_free(index):
        return False
    line = sheet.lines[index]
    if not 3 <= line.words <= _LONG_WORDS or _ends_block(line) or is_heading(line):
        return False
    alike = line.is_set_like(sheet.lines[first]) and line.font == sheet.lines[first].font
    return alike and not is_speech(line.text) and not weigh_heading(line.text)


def _is_item(line: Line) -> bool:
    """An item by a letter or a sign of its own."""
    item = read_item(line.text, listing=True)
    return item is not None and len(item.text.split()) >= 3


def _is_plain(sheet: Sheet, at: int, head: Head, found: list[Label]) -> bool:
    """May a line without a mark stand under such a heading? No long one after short ones; under one
    of photos, none that the article goes on with."""
    line = sheet.lines[at]
    long = line.words > _LONG_WORDS
    if is_speech(line.text):
        return False
    if head == "captions":
        short_above = any(len(label.text.split()) <= _LONG_WORDS for label in found)
        return line.words <= _MOST_WORDS and not (long and short_above)
    if head != "photos" or long:
        return False
    return not (is_prose(line) and goes_on_below(sheet, at + 1))


def _goes_on_as_article(sheet: Sheet, block: range) -> bool:
    """No line of the block speaks of a photo, and article text follows."""
    if any(is_marked(sheet.lines[i].text) for i in block):
        return False
    return goes_on_below(sheet, block.stop)


def _ends_block(line: Line) -> bool:
    return (
        bool(_SIGN_OFF.match(line.text))
        or parse_keyed(line.text) is not None
        or bool(parse_lone_key(line.text))
    )


def _goes_on(line: Line, *, marked: bool, in_article: bool) -> bool:
    """May an unmarked line stand in a block? Not after marked ones, unless it is a credit in
    brackets."""
    if marked:
        return line.listed or (line.text.startswith("(") and line.words <= 8)
    return in_article or line.listed


def _is_under_bold(sheet: Sheet, index: int) -> bool:
    """A plain line under a photo under a bold title: no title itself."""
    line = sheet.lines[index]
    above = sheet.lines[max(0, index - 3) : index]
    return not (line.bold or line.capitals) and any(
        each.bold and not each.capitals for each in above
    )


def _take_under_pictures(sheet: Sheet, index: int, numbers: list[int]) -> Taken | None:
    """Lines right under pictures, set as captions are; in a table one for each picture of the row
    above."""
    first = sheet.lines[index]
    most = first.pictures if first.story == "table" else 1
    found: list[Label] = []
    at = index
    while at < index + most and sheet.is_free(at):
        line = sheet.lines[at]
        if line.story != first.story or (at > index and line.pictures):
            break
        if not _is_set_as_caption(sheet, line):
            break
        if not is_credit(line.text):
            found.append(make_label(line.text, "", place_of(sheet, at, numbers)))
        sheet.give(at, "caption")
        at += 1
    return (found, at) if at > index else None


def _is_set_as_caption(sheet: Sheet, line: Line) -> bool:
    """Of a caption's length, set apart, and nothing else by its own words."""
    if not 3 <= line.words <= SHORT_WORDS or not _is_set_apart(sheet, line):
        return False
    return not _ends_block(line) and not is_heading(line)


def _is_set_apart(sheet: Sheet, line: Line) -> bool:
    """Centred, in a table, smaller or in another font than what stands around it, or a few words
    that end no sentence."""
    if line.centered or line.story == "table":
        return True
    smaller = 0 < line.size < sheet.usual_size
    if smaller or (line.font and line.font != sheet.usual_font):
        return True
    plain = not line.bold and not line.listed
    return plain and 4 <= line.words <= 25 and line.text[-1] not in ".!?:;,"


def find_unread_lines(sheet: Sheet, numbers: list[int]) -> list[Unread]:
    """The lines that are counted as article and may be captions: by their first word, their end, a
    file's name in them, or as a list below everything else."""
    listed = _find_closing_list(sheet) | find_unread_cells(sheet)
    found: list[Unread] = []
    for index, line in enumerate(sheet.lines):
        if not sheet.is_free(index) or line.words > _MOST_UNREAD_WORDS:
            continue
        beside = _is_below_key(sheet, index) or is_over_key(sheet, index)
        if index in listed or beside or may_be_caption(line.text, NOBODY):
            place = place_of(sheet, index, numbers)
            text = clean.line(line.text, 200)
            found.append(Unread(may_be="caption", kind="line", text=text, place=place))
    return found[:_MOST_UNREAD]


def _is_below_key(sheet: Sheet, index: int) -> bool:
    """Under "Foto 1", or under a heading of captions that nothing was taken under."""
    if is_under_key(sheet, index):
        return True
    if index == 0 or sheet.roles[index - 1] not in (None, "label"):
        return False
    above, line = sheet.lines[index - 1].text, sheet.lines[index]
    if len(above) > _LONGEST_HEADING or is_placeholder(above):
        return False
    if not 3 <= line.words <= _LONG_WORDS or is_speech(line.text):
        return False
    return _read_heading(above) in ("captions", "photos")


def _find_closing_list(sheet: Sheet) -> set[int]:
    """The items that a document ends with, below its byline: perhaps captions without a
    heading."""
    found: set[int] = set()
    for index in range(len(sheet.lines) - 1, -1, -1):
        item = read_item(sheet.lines[index].text, listing=True)
        if item is None or not sheet.is_free(index):
            break
        found.add(index)
    above = min(found, default=0) - 1
    below_byline = above >= 0 and sheet.roles[above] in ("byline", "label")
    return found if below_byline and len(found) > 1 else set()
