"""A document as lines: a paragraph is one line, or several where its author pressed Shift+Enter.

Roles are found by line: offices write title and place, caption and credit, or the byline's two lines into one
paragraph.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from redaksi.counting import count, shows
from redaksi.model import Paragraph, Picture, Story

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
        if not shows(text):
            blank = True
            continue
        for start, end in _spans(text):
            part = text[start:end]
            if not shows(part):
                blank = True
                continue
            found.append(_line(paragraph, index, start, end, before, blank=blank))
            before, blank = 0, False
    return found


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the lines of a paragraph begin and end."""
    if not _BREAK.search(text):
        return [(0, len(text))]
    cuts = [match.start() for match in _BREAK.finditer(text)]
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(text)], strict=True))


def _line(paragraph: Paragraph, index: int, start: int, end: int, pictures: int, *, blank: bool) -> Line:
    text = " ".join(_INVISIBLE.sub("", paragraph.text[start:end]).split())
    bold, size, font, at = True, 0.0, "", 0
    for run in paragraph.runs:
        if run.hidden:
            continue
        if at < end and at + len(run.text) > start and run.text.strip():
            bold = bold and run.bold
            size, font = size or run.size, font or run.font
        at += len(run.text)
    return Line(
        paragraph=index, start=start, end=end, text=text, weight=count(text), words=text.count(" ") + 1,
        story=paragraph.story, style=paragraph.style.casefold(), centered=paragraph.centered,
        listed=paragraph.listed, bold=bold, size=size, font=font, pictures=pictures, blank=blank,
    )  # fmt: skip
