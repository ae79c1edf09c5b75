"""The characters of a story as raw paragraphs: field codes, deletions and special characters
seen to, formatting not yet resolved ([MS-DOC] 2.4.1, 2.8.25)."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from ingest.read.document.msdoc.fkp import Formatting
from ingest.read.document.msdoc.formatting import Looks, Stated
from ingest.read.document.msdoc.pieces import Piece
from ingest.read.document.msdoc.properties import Character
from redaksi.errors import Hostile
from redaksi.reasons import ReasonCode

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_FIELD = re.compile("[\x13-\x15]")
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_PARAGRAPH, _CELL, _SECTION = "\r", "\x07", "\x0c"
_PICTURE, _DRAWN, _COMMENT = "\x01", "\x08", "\x05"
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "\u2011", "\x1f": "\u00ad"}


class Stretch(Struct, frozen=True, gc=False):
    """Characters of one piece and one direct formatting."""

    text: str
    stated: Stated
    start: int  # character position
    offset: int  # in the WordDocument stream
    width: int


class Anchor(NamedTuple):
    """Where a picture may hang: `inline` is its place in the Data stream, -1 for a drawn object."""

    inline: int
    position: int
    stated: Stated


class Assignment(NamedTuple):
    """A deleted paragraph mark: where it stood among the parts and anchors, and what it pointed
    at."""

    parts: int
    anchors: int
    papx: Stated


class Raw(Struct, frozen=True):
    """A paragraph: shown characters in order, and the formatting its mark points at."""

    parts: list[tuple[str, Stated]]
    anchors: list[Anchor]
    papx: Stated
    cell: bool  # the mark is a cell's or a row's
    joined: tuple[Assignment, ...]  # deleted marks of paragraphs that run into this one
    position: int  # of the mark


class Fields(NamedTuple):
    """By position: +1 where a field's code begins, or an object's preview, and -1 where it ends."""

    codes: dict[int, int]
    objects: dict[int, int]


class _Draft:
    """A paragraph being read."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, Stated]] = []
        self.anchors: list[Anchor] = []
        self._joined: list[Assignment] = []

    def join(self, papx: Stated) -> None:
        """The mark is deleted: the paragraph runs into the next."""
        self._joined.append(Assignment(len(self.parts), len(self.anchors), papx))

    def finish(self, papx: Stated, position: int, *, cell: bool) -> Raw:
        """The mark stands at `position`."""
        return Raw(self.parts, self.anchors, papx, cell, tuple(self._joined), position)


class Text:
    """The text of a document."""

    def __init__(
        self,
        word: bytes,
        pieces: Sequence[Piece],
        characters: Formatting,
        paragraphs: Formatting,
        looks: Looks,
        most: int,
    ) -> None:
        self._word = word
        self._pieces = pieces
        self._characters = characters
        self._paragraphs = paragraphs
        self._looks = looks
        self._most = most  # paragraphs
        self._paragraph_marks = self._cell_marks = 0
        self._fields_in = False  # the story that was cut last
        self.notes: set[str] = set()

    def read_story(self, start: int, end: int, sections: frozenset[int] = frozenset()) -> list[Raw]:
        """The paragraphs from `start` to `end`. At the positions in `sections` a page break is a
        section's mark."""
        self._fields_in = False
        stretches = list(self._cut(start, end))
        fields = _fields(stretches, self._looks) if self._fields_in else Fields({}, {})
        return list(self._raw(stretches, fields, sections))

    def _cut(self, start: int, end: int) -> Iterator[Stretch]:
        for piece in self._pieces:
            if piece.end <= start or piece.start >= end:
                continue
            width, position = piece.width, max(start, piece.start)
            first = piece.offset + (position - piece.start) * width
            count = min(end, piece.end) - position
            octets = self._word[first : first + count * width]
            whole = octets.decode("cp1252" if width == 1 else "utf-16-le", "replace")
            self._weigh(whole)
            self._fields_in |= _BEGIN in whole
            one_each = len(whole) == count  # else there are characters that take two positions
            begin, until, stated = 0, 0, b""
            for limit, grpprl in (*self._characters.runs(first, first + count * width), (0, None)):
                if grpprl != stated and until > begin:  # runs that state the same are one
                    text = (
                        whole[begin:until]
                        if one_each
                        else octets[begin * width : until * width].decode("utf-16-le", "replace")
                    )
                    yield Stretch(
                        text,
                        (stated, piece.changes),
                        position + begin,
                        first + begin * width,
                        width,
                    )
                    begin = until
                if grpprl is not None:
                    stated, until = grpprl, -(-(limit - first) // width)

    def _weigh(self, text: str) -> None:
        """Refuses a crowd before anything is made of it. A row's end is a mark of its own."""
        self._paragraph_marks += text.count(_PARAGRAPH)
        self._cell_marks += text.count(_CELL)
        if (
            self._paragraph_marks > self._most
            or self._paragraph_marks + self._cell_marks > 2 * self._most
        ):
            raise Hostile("bomb", ReasonCode.PARAGRAPHS_LIMIT, most=self._most)

    def _raw(
        self, stretches: list[Stretch], fields: Fields, sections: frozenset[int]
    ) -> Iterator[Raw]:
        draft = _Draft()
        code = preview = 0
        stretch = None
        for stretch in stretches:
            direct = self._looks.direct(stretch.stated)
            gone = bool(direct.deleted)
            if gone or direct.inserted:
                self.notes.add("tracked-changes")
            for text, position in _split(stretch):
                if text[:1] >= " " or text[:1] in "\t\n":
                    if not gone and not code:
                        draft.parts.append((_symbols(text, direct), stretch.stated))
                    continue
                code += fields.codes.get(position, 0)
                preview += fields.objects.get(position, 0)
                mark = text == _PARAGRAPH or position in sections
                if text == _CELL or (mark and not gone and not code):
                    yield draft.finish(self._papx(stretch, position), position, cell=text == _CELL)
                    draft = _Draft()
                elif mark and gone:
                    draft.join(self._papx(stretch, position))
                elif not gone and not code:
                    anchors = [] if preview else draft.anchors
                    self._control(text, position, stretch, direct, draft.parts, anchors)
        # a story whose last mark is missing
        if stretch is not None and (draft.parts or draft.anchors):
            yield draft.finish(self._papx(stretch, stretch.start), stretch.start, cell=False)

    def _papx(self, stretch: Stretch, position: int) -> Stated:
        offset = stretch.offset + (position - stretch.start) * stretch.width
        return self._paragraphs.at(offset), stretch.stated[1]

    def _control(
        self,
        text: str,
        position: int,
        stretch: Stretch,
        direct: Character,
        parts: list[tuple[str, Stated]],
        anchors: list[Anchor],
    ) -> None:
        """Characters that stand for something else."""
        if text in _SHOWN:
            parts.append((_SHOWN[text], stretch.stated))
        elif not direct.special:
            return
        elif text == _COMMENT:
            self.notes.add("comments")
        elif text == _DRAWN:
            anchors.append(Anchor(-1, position, stretch.stated))
        elif (
            text == _PICTURE
            and direct.picture is not None
            and not direct.binary
            and not direct.embedded
        ):
            anchors.append(Anchor(direct.picture, position, stretch.stated))


def _symbols(text: str, direct: Character) -> str:
    """sprmCSymbol: a special character stands for one of another font."""
    if direct.symbol is None or not direct.special:
        return text
    code = direct.symbol[1]
    return chr(code) * len(text) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""


def _split(stretch: Stretch) -> Iterator[tuple[str, int]]:
    """Control characters one by one, what lies between them in one piece, each with its
    position."""
    text, position = stretch.text, stretch.start
    if text.isprintable() or not _CONTROL.search(text):
        yield text, position
        return
    if text[-1] == _PARAGRAPH and text[:-1].isprintable() and text.isascii():  # as most are
        if len(text) > 1:
            yield text[:-1], position
        yield _PARAGRAPH, position + len(text) - 1
        return
    wide = not text.isascii() and max(text) > "\uffff"  # such characters take two positions
    at = 0
    for match in _CONTROL.finditer(text):
        between = text[at : match.start()]
        if between:
            yield between, position
            position += len(between) + (sum(each > "\uffff" for each in between) if wide else 0)
        yield match[0], position
        position += 1
        at = match.end()
    if at < len(text):
        yield text[at:], position


def _fields(stretches: list[Stretch], looks: Looks) -> Fields:
    """A field whose code nothing ends is no field: what follows is shown."""
    fields = Fields({}, {})
    waiting: list[tuple[int, int]] = []  # begin of the field, and of its result or -1
    for stretch in stretches:
        if not _FIELD.search(stretch.text):
            continue
        embedded = looks.direct(stretch.stated).embedded
        for text, position in _split(stretch):
            if text == _BEGIN:
                waiting.append((position, -1))
            elif text == _SEPARATE and waiting and waiting[-1][1] < 0:
                begin = waiting[-1][0]
                fields.codes[begin], fields.codes[position] = 1, -1
                waiting[-1] = (begin, position)
                if embedded:
                    fields.objects[position] = 1
            elif text == _END and waiting:
                begin, result = waiting.pop()
                if result < 0:
                    fields.codes[begin], fields.codes[position] = 1, -1
                elif result in fields.objects:
                    fields.objects[position] = -1
    return fields
