"""The lines of a text as the grammar reads them: tidy, each looked at once."""

import re

from ingest.read.captions.grammar.designators import Known
from ingest.read.captions.grammar.headings import Weight, weigh_heading
from ingest.read.captions.grammar.items import Item, read_item
from ingest.read.captions.grammar.marks import Mark, read_opening
from ingest.read.captions.grammar.prose import is_greeting, is_sign_off
from ingest.read.captions.grammar.tables import PICTURE
from ingest.read.captions.photo_names import squeeze, stem
from redaksi.text import clean

_BOLD = re.compile(r"\*([^*\s][^*]{0,2000})\*")  # as Gmail writes bold in plain text
_ITALIC = re.compile(r"(?<!\w)_([^_\s][^_]{0,200})_(?!\w)")
_LONE_STAR = re.compile(r"(?<!\S)\*+(?=\w)|(?<=\S)\*+$")
_QUOTATION = re.compile(r"(?:\s*>)+\s?")
# a list's mark set apart by a tab, as Word pastes it
_TABBED = re.compile(
    r"\s*(?P<mark>[^\w\s]{0,2}(?:\d{1,2}|[A-Ha-h]|[ivxIVX]{1,4})?[^\w\s|]{0,2})\t+(?P<text>[^\t]*\S[^\t]*)"
)
MOST_LINES, MOST_CHARACTERS = 3000, 6000


def is_cut(text: str) -> bool:
    """Whether `text` goes on beyond what `tidy_lines` looks at."""
    lines = text.splitlines()
    return len(lines) > MOST_LINES or any(len(line) > MOST_CHARACTERS for line in lines)


def tidy_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of `text`, cleaned; and as they were, for what stands in columns."""
    raw = [_untab(line[: 2 * MOST_CHARACTERS]) for line in text.splitlines()[:MOST_LINES]]
    return [_tidy(line) for line in raw], raw


def _untab(line: str) -> str:
    """ "1.<tab>Warga …" is an item, not a table's row."""
    found = _TABBED.fullmatch(line)
    if found is None or not found["mark"].strip():
        return line
    mark = found["mark"].strip()
    return f"{mark}. {found['text']}" if mark[-1].isalnum() else f"{mark} {found['text']}"


def _tidy(line: str) -> str:
    bare = _QUOTATION.sub("", line, count=1) if line.lstrip().startswith(">") else line
    plain = _ITALIC.sub(r"\1", _BOLD.sub(r"\1", bare))
    flat = clean.line(plain, MOST_CHARACTERS)
    return _LONE_STAR.sub("", flat) if "*" in flat else flat


class Lines:
    """What each line is, found out at most once."""

    def __init__(self, lines: list[str], known: Known) -> None:
        self.lines = lines
        self.known = known
        self.used = [False] * len(lines)
        self._openings: dict[int, Mark | None] = {}
        self._weights: dict[int, Weight] = {}
        self.behind: dict[str, Mark | None] = {}  # what a line names behind its words

    def __len__(self) -> int:
        return len(self.lines)

    def opening(self, at: int) -> Mark | None:
        if at not in self._openings:
            self._openings[at] = read_opening(self.lines[at], self.known)
        return self._openings[at]

    def read(self, text: str) -> Mark | None:
        """The mark a part of a line opens with."""
        return read_opening(text, self.known)

    def weight(self, at: int) -> Weight:
        if at not in self._weights:
            self._weights[at] = weigh_heading(self.lines[at])
        return self._weights[at]

    def item(self, at: int, *, listing: bool) -> Item | None:
        return read_item(self.lines[at], listing=listing)

    def picture(self, at: int) -> re.Match[str] | None:
        """A picture's place at the beginning of the line; not of one that is no photo here."""
        if not self.lines[at].startswith("["):
            return None
        found = PICTURE.match(self.lines[at])
        if found and self.known.count and squeeze(stem(found["name"])) not in self.known.every:
            return None
        return found

    def is_picture(self, at: int) -> bool:
        """Whether nothing but a picture stands on the line, a photo or not."""
        return self.lines[at].startswith("[") and bool(PICTURE.fullmatch(self.lines[at]))

    def is_next(self, at: int, mark: Mark) -> bool:
        """Whether the line is the item that follows a numbered one: "2 Warga …", "Kedua, …"."""
        item = self.item(at, listing=True)
        return item is not None and f"Foto {item.number - 1}" in mark.keys

    def begins_anew(self, at: int) -> bool:
        """Whether nothing goes on in this line: it is empty or used, or begins something."""
        if at >= len(self) or self.used[at] or not self.lines[at]:
            return True
        line = self.lines[at]
        return bool(
            self.picture(at)
            or self.is_picture(at)
            or is_sign_off(line)
            or is_greeting(line)
            or self.opening(at)
            or self.item(at, listing=False)
            or self.weight(at)
        )

    def next_words(self, at: int, *, step: int = 1) -> int:
        """The nearest line that is not empty, from `at` on (`step` -1: back); -1 when none is."""
        while 0 <= at < len(self):
            if self.lines[at]:
                return at
            at += step
        return -1
