"""A document as lines: a paragraph is one line, or several where its author pressed Shift+Enter.

Roles are found by line: offices write title and place, caption and credit, or the byline's two
lines into one paragraph.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct

from redaksi.model import Paragraph, Picture, Story
from redaksi.text.counting import count, is_visible

_BREAK = re.compile(r"[\n\v\x0c\r\u2028]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")


class Line(Struct, frozen=True, kw_only=True):
    """One visible line: where it is, its words with one space between them, and how it looks."""

    paragraph: int  # index in the reading
    start: int  # in the paragraph's visible text
    end: int
    text: str
    weight: int  # characters without spaces
    words: int
    story: Story
    style: str  # casefolded
    centered: bool
    listed: bool
    bold: bool
    size: float
    font: str = ""
    pictures: int = 0  # raster pictures right before it, with no line between
    blank: bool = False  # an empty paragraph or line stands before it

    @property
    def capitals(self) -> bool:
        return self.text.isupper()

    def is_set_like(self, other: "Line") -> bool:
        """Bold, centred, in capitals and of a size alike."""
        if self.bold != other.bold or self.centered != other.centered:
            return False
        return self.size == other.size and self.capitals == other.capitals

    @property
    def has_letter(self) -> bool:
        return any(c.isalpha() for c in self.text)


def lines_of(
    paragraphs: Sequence[Paragraph], pictures: Sequence[Picture], stories: frozenset[Story]
) -> list[Line]:
    """The visible lines of `stories`, in order."""
    hung: dict[int, int] = {}
    for picture in pictures:
        hung[picture.after] = hung.get(picture.after, 0) + 1
    found: list[Line] = []
    before, blank = 0, False
    for index, paragraph in enumerate(paragraphs):
        if paragraph.story not in stories:
            continue
        before += hung.get(index + 1, 0)
        text = paragraph.text
        if not is_visible(text):
            blank = True
            continue
        places = list(
            accumulate((0 if run.hidden else len(run.text) for run in paragraph.runs), initial=0)
        )
        for start, end in _spans(text):
            part = text[start:end]
            if not is_visible(part):
                blank = True
                continue
            found.append(_line(paragraph, part, (index, start, end), places, before, blank=blank))
            before, blank = 0, False
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the lines of a paragraph begin and end."""
    if not _BREAK.search(text):
        return [(0, len(text))]
    cuts = [match.start() for match in _BREAK.finditer(text)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _line(
    paragraph: Paragraph,
    part: str,
    where: tuple[int, int, int],
    places: list[int],
    pictures: int,
    *,
    blank: bool,
) -> Line:
    """`part` stands in the paragraph of that index from start to end (`where`); `places` are its
    runs' beginnings."""
    index, start, end = where
    text = " ".join((part if part.isascii() else _INVISIBLE.sub("", part)).split())
    bold, size, font = True, 0.0, ""
    for at in range(max(0, bisect_right(places, start) - 1), len(paragraph.runs)):
        if places[at] >= end:
            break
        run = paragraph.runs[at]
        if not run.hidden and run.text.strip():
            bold = bold and run.bold
            size, font = size or run.size, font or run.font
    spaces = text.count(" ")
    weight = len(text) - spaces if text.isascii() else count(text)
    return Line(
        paragraph=index,
        start=start,
        end=end,
        text=text,
        weight=weight,
        words=spaces + 1,
        story=paragraph.story,
        style=paragraph.style.casefold(),
        centered=paragraph.centered,
        listed=paragraph.listed,
        bold=bold,
        size=size,
        font=font,
        pictures=pictures,
        blank=blank,
    )
