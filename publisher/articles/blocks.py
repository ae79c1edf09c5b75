"""A document's paragraphs become the body that is published: p, h3, ul.

paragraphs ─► body and tables, without title, byline, captions, labels ─► lines ─► headings, lists
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publisher.articles.edition import Block, Line, Span
from publisher.articles.spans import (
    is_strong,
    join_lists,
    make_block,
    make_line,
    read_line,
    weaken,
)
from redaksi.model import Document, Paragraph

LONGEST_HEADING = 90  # characters
_DROP_CAP = 3  # characters
_WRAPPED = 50  # characters from which a line may go on in the next one
_BREAK = re.compile(r"[\n\v\f\r\u2028\u2029]")
_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_NUMBERING = re.compile(r"(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,4})[.)] ")
_FULL_STOP = re.compile(r"\.(?:[\"”’')\]]*$|\s)")
_AUTHOR = re.compile(r"(?:penulis|oleh|by|author)\b", re.IGNORECASE)
# story -> the mark of an edition that leaves it out
_ASIDE = {"note": "notes-left-out", "textbox": "textboxes-left-out"}
TABLES = "tables-simplified"


class Body(Struct, frozen=True, kw_only=True):
    """What is published of a document, and the marks of what it does not hold as the document
    does."""

    blocks: tuple[Block, ...]
    marks: tuple[str, ...] = ()


class _Piece(Struct, frozen=True, kw_only=True):
    """A line of the document that is to be published."""

    line: Line
    listed: bool = False

    @property
    def words(self) -> str:
        return read_line(self.line)


def compose_body(document: Document) -> Body:
    """The document's body. Pure; linear."""
    seen = [paragraph for paragraph in document.paragraphs if make_line(_spans_of(paragraph))]
    shown = [paragraph for paragraph in seen if paragraph.role == "body"]
    marks = {_ASIDE[p.story]: None for p in shown if p.story in _ASIDE}
    if any(paragraph.story == "table" for paragraph in shown):
        marks[TABLES] = None
    pieces = _list_pieces(seen, _Furniture(document))
    return Body(blocks=_join(_drop_constant_bold(pieces)), marks=tuple(sorted(marks)))


def _list_pieces(seen: Sequence[Paragraph], furniture: "_Furniture") -> list[_Piece]:
    """The lines to be published; what was wrapped by hand is one again."""
    pieces: list[_Piece] = []
    is_above = False
    for paragraph in seen:
        is_body = paragraph.role == "body" and paragraph.story in ("body", "table")
        made = list(_split(paragraph, furniture)) if is_body else []
        if made and is_above and paragraph.continued:
            pieces[-1] = _continue(pieces[-1], made.pop(0))
        pieces += made
        is_above = is_body and bool(pieces)
    return pieces


def _continue(above: _Piece, piece: _Piece) -> _Piece:
    """The two as one; a drop capital belongs to the word behind it."""
    between = "" if len(above.words) <= _DROP_CAP else " "
    line = make_line([*above.line, Span(text=between), *piece.line])
    return _Piece(line=line, listed=above.listed)


def _spans_of(paragraph: Paragraph) -> list[Span]:
    """What is shown of it."""
    return [Span(text=run.text, strong=run.bold) for run in paragraph.runs if not run.hidden]


# ── lines ─────────────────────────────────────────────────────────────────────────────────────────


class _Furniture:
    """Title, byline and captions, where they stand in one paragraph with the body, a line break
    between."""

    def __init__(self, document: Document) -> None:
        texts = [document.title, *(label.text for label in document.captions)]
        self._texts = {fold(text) for text in texts} - {""}
        self._author = fold(document.byline.name) if document.byline else ""

    def has(self, words: str) -> bool:
        """Whether the line is one of them."""
        key = fold(words)
        is_author = self._author != "" and self._author in key and len(words) < 160
        return key in self._texts or (is_author and _AUTHOR.match(words) is not None)


def fold(text: str) -> str:
    """Its letters and digits: what two spellings of a line have in common."""
    return "".join(filter(str.isalnum, text.casefold()))


def _split(paragraph: Paragraph, furniture: _Furniture) -> Iterator[_Piece]:
    """A paragraph's lines: broken by hand in the middle of a sentence they are one."""
    lines = list(_break_lines(_spans_of(paragraph)))
    if len(lines) > 1:
        lines = [line for line in lines if not furniture.has(read_line(line))]
    held: Line = ()
    for line in lines:
        if held and _goes_on(read_line(held)):
            held = make_line([*held, Span(text=" "), *line])
            continue
        if held:
            yield _Piece(line=held, listed=paragraph.listed)
        held = line
    if held:
        yield _Piece(line=held, listed=paragraph.listed)


def _goes_on(words: str) -> bool:
    return len(words) >= _WRAPPED and _ENDED.search(words[-20:]) is None


def _break_lines(spans: Sequence[Span]) -> Iterator[Line]:
    """The lines that show something."""
    line: list[Span] = []
    for span in spans:
        first, *others = _BREAK.split(span.text)
        line.append(Span(text=first, strong=span.strong))
        for text in others:
            if made := make_line(line):
                yield made
            line = [Span(text=text, strong=span.strong)]
    if made := make_line(line):
        yield made


# ── headings and lists ────────────────────────────────────────────────────────────────────────────


def _drop_constant_bold(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Where all running text is bold, bold says nothing."""
    prose = [piece for piece in pieces if len(piece.words) > LONGEST_HEADING]
    if not prose or not all(is_strong(piece.line) for piece in prose):
        return list(pieces)
    return [_Piece(line=weaken(piece.line), listed=piece.listed) for piece in pieces]


def _join(pieces: Sequence[_Piece]) -> tuple[Block, ...]:
    blocks = []
    for at, piece in enumerate(pieces):
        above = pieces[at - 1] if at else None
        below = pieces[at + 1] if at + 1 < len(pieces) else None
        if _is_heading(piece, above, below):
            blocks.append(make_block("h3", [piece.line]))
        else:
            blocks.append(make_block("ul" if piece.listed else "p", [piece.line]))
    return join_lists(blocks)


def _is_heading(piece: _Piece, above: _Piece | None, below: _Piece | None) -> bool:
    """A whole-bold line of at most 90 characters without a full stop, before prose; numbered by
    Word it is one too, where no list stands around it."""
    if below is None or not is_strong(piece.line) or is_strong(below.line):
        return False
    if piece.listed and (below.listed or (above is not None and above.listed)):
        return False
    words = piece.words
    bare = _NUMBERING.sub("", words, count=1) if _NUMBERING.match(words) else words
    return len(words) <= LONGEST_HEADING and _FULL_STOP.search(bare) is None
