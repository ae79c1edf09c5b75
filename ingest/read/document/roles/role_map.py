"""The sheet on which roles are noted, line by line; what no one claims is body."""

import re

from msgspec import structs

from ingest.read.document.roles.lines import Line
from ingest.read.document.roles.wrapping import find_prose, join_lines
from redaksi.model import Role

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]*]*$")
_ASKING = re.compile(r"[!?][\"”’')\]*]*$")
_HEADINGS = re.compile(
    r"(?:title|judul(?: 1)?|heading 1|subtitle|subjudul|sub ?title|document title)"
)
_LONG = 140  # characters without spaces: no headline is as long
_MANY_WORDS = 25
LONGEST_HEADLINE = 40  # words


class Sheet:
    """Lines of body and tables in order, and the role each was given so far."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.roles: list[Role | None] = [None] * len(lines)
        self.usual_size, self.usual_font = _usual(lines)
        self.starts = join_lines(lines)  # the first line of each line's paragraph
        self._wrapped = find_prose(lines, self.starts)

    def give(self, index: int, role: Role) -> None:
        self.roles[index] = role

    def is_free(self, index: int) -> bool:
        return 0 <= index < len(self.lines) and self.roles[index] is None

    def first_prose(self) -> int:
        """Index of the first free line that is article text, len(lines) when none is."""
        first = next((i for i in range(len(self.lines)) if self.is_prose(i)), len(self.lines))
        return self._below_headline(first) or first

    def _below_headline(self, index: int) -> int:
        """Where the text begins when the very first free line reads as text and yet is a
        headline, with long text right below, or below a byline. 0 when it is none."""
        under = next(
            (i for i in range(index + 1, min(index + 5, len(self.lines))) if self.is_prose(i)), 0
        )
        if not under or any(self.is_free(i) for i in range(index)):
            return 0
        line, below = self.lines[index], self.lines[under]
        if self.starts[index] == self.starts[under]:
            return 0
        is_text = below.weight >= _LONG or under in self._wrapped
        return under if is_text and _is_headline(line, below) else 0

    def last_prose(self) -> int:
        """Index of the last free line that is article text, -1 when none is."""
        return next((i for i in reversed(range(len(self.lines))) if self.is_prose(i)), -1)

    def is_prose(self, index: int) -> bool:
        is_text = index in self._wrapped or is_prose(self.lines[index])
        return self.roles[index] is None and is_text

    def is_wrapped(self, index: int) -> bool:
        """Whether the line is part of text that was wrapped by hand."""
        return index in self._wrapped

    def paragraph_of(self, index: int) -> list[int]:
        """The lines that are one paragraph with this one, itself among them."""
        start = self.starts[index]
        end = start
        while end < len(self.lines) and self.starts[end] == start:
            end += 1
        return list(range(start, end))

    def joined(self) -> "tuple[Sheet, list[list[int]]]":
        """A sheet of whole paragraphs, and which lines each of them is made of."""
        blocks = [self.paragraph_of(i) for i, start in enumerate(self.starts) if i == start]
        lines = [
            self.lines[first]
            if len(block) == 1
            else structs.replace(
                self.lines[first],
                text=self.text_of(first),
                weight=sum(self.lines[i].weight for i in block),
                words=sum(self.lines[i].words for i in block),
            )
            for block in blocks
            for first in block[:1]
        ]
        return Sheet(lines), blocks

    def text_of(self, index: int) -> str:
        """The paragraph's words on one line; a drop capital belongs to the word behind it."""
        first, *rest = (self.lines[i].text for i in self.paragraph_of(index))
        return " ".join([first, *rest]) if len(first) > 3 else first + " ".join(rest)


def is_prose(line: Line) -> bool:
    """A long line, or a sentence that is not set like a headline."""
    if is_heading(line):
        return False
    if line.weight >= _LONG or line.words >= _MANY_WORDS:
        return True
    set_apart = line.bold or line.centered or line.capitals
    return line.words >= 5 and bool(_SENTENCE_END.search(line.text)) and not set_apart


def _is_headline(line: Line, below: Line) -> bool:
    """A sentence that asks, calls out or is set otherwise than the text; or more words than
    headlines have, set apart and without a full stop."""
    otherwise = line.size > below.size > 0 or line.font != below.font
    if line.words <= _MANY_WORDS and line.weight < _LONG:
        return otherwise or bool(_ASKING.search(line.text))
    apart = otherwise or line.centered > below.centered or line.bold > below.bold or line.capitals
    ended = _SENTENCE_END.search(line.text) is not None
    return apart and not ended and line.words <= LONGEST_HEADLINE and line.weight < 2 * _LONG


def is_heading(line: Line) -> bool:
    """A paragraph in the style of a title or a first heading; a whole article in it is none."""
    return bool(_HEADINGS.fullmatch(line.style)) and line.words <= LONGEST_HEADLINE


def _usual(lines: list[Line]) -> tuple[float, str]:
    """The size most characters have, and the font."""
    sizes: dict[float, int] = {}
    fonts: dict[str, int] = {}
    for line in lines:
        sizes[line.size] = sizes.get(line.size, 0) + line.weight
        fonts[line.font] = fonts.get(line.font, 0) + line.weight
    return (
        max(sizes, key=lambda size: sizes[size], default=0.0),
        max(fonts, key=lambda font: fonts[font], default=""),
    )
