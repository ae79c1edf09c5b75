"""Captions in words that are not the article: a mail's body, a text file, a chat, a document that
holds only captions.

    Foto 1: Warga bergotong royong …         IMG_2041.jpg - Lurah memberi sambutan …
    Keterangan foto:                          Foto 1 dan 2: Suasana rapat …
    1. Warga bergotong royong …               Warga bergotong royong. (IMG_2041.jpg)
    2. Lurah memberi sambutan …

A line is a caption only when it is marked as one; a sentence of the letter never is. The grammar
stands in ingest.read.captions.grammar.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from ingest.read.captions.grammar.anchors import find_anchored
from ingest.read.captions.grammar.chat import read_chat
from ingest.read.captions.grammar.designators import MOST_NAMES, Known, know_photos
from ingest.read.captions.grammar.flow import read_flow
from ingest.read.captions.grammar.lines import Lines, is_cut, tidy_lines
from ingest.read.captions.grammar.marks import Mark
from ingest.read.captions.grammar.passages import LONGEST, Passage
from ingest.read.captions.grammar.prose import is_letter
from ingest.read.captions.grammar.tables import find_tables, read_rows
from ingest.read.captions.prepared import prepare
from ingest.read.captions.series import find_series, settle_series
from redaksi.model import Label
from redaksi.text import clean

Source = Literal["document", "body", "file", "metadata"]

_MOST_LABELS = 500
_QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"))


class Parsed(Struct, frozen=True, kw_only=True):
    """A text as the grammar understood it: captions in order, the lines, which of them belong to
    a caption or its heading, headings without captions, tables that were not taken (as lines)."""

    passages: tuple[Passage, ...] = ()
    lines: tuple[str, ...] = ()
    used: tuple[bool, ...] = ()
    bare: tuple[int, ...] = ()
    tables: tuple[tuple[int, ...], ...] = ()
    cut: bool = False  # the text goes on beyond what was looked at


def find_labels(
    text: str, source: Source, place: str = "", photos: Sequence[str] = ()
) -> tuple[Label, ...]:
    """The captions marked as such in `text`, in order; one label a photo ("Foto 1 dan 2" gives
    two). `photos`: the names of the photos that came along, as far as they are known."""
    return make_labels(recall(text, know_photos(photos)), source, place)


def is_read_whole(text: str, photos: Sequence[str] = ()) -> bool:
    """Whether `find_labels` looks at all of `text`, and knows all `photos` by name."""
    known = know_photos(photos)
    parsed = recall(text, known)
    keys = sum(len(passage.mark.keys) for passage in parsed.passages)
    return not parsed.cut and keys <= _MOST_LABELS and len(photos) <= MOST_NAMES


def choose_words(texts: Sequence[str], photos: Sequence[str]) -> str:
    """Of several renderings of one mail (its HTML laid out, its plain text) the one that holds
    most captions, the first of those."""
    return max(texts, key=lambda text: len(find_labels(text, "body", photos=photos)), default="")


def make_labels(parsed: Parsed, source: Source, place: str = "") -> tuple[Label, ...]:
    """The labels of what was parsed."""
    found: list[Label] = []
    for passage in parsed.passages:
        mark = passage.mark
        caption = tidy_caption(mark.text)
        if caption and not (mark.spoken and source == "document"):
            found += [_label(key, caption, mark, source, place) for key in mark.keys]
        if len(found) >= _MOST_LABELS:
            break
    return tuple(found)


def _label(key: str, text: str, mark: Mark, source: Source, place: str) -> Label:
    return Label(text=text, key=key, kind=mark.kind, source=source, place=place, sure=mark.sure)


def tidy_caption(text: str) -> str:
    """The words of a caption without the stars, bars and quotation marks around them."""
    bare = clean.line(text, LONGEST).strip("*_| ")
    for left, right in _QUOTES:
        inner = bare[1:-1]
        if bare.startswith(left) and bare.endswith(right) and not {left, right} & set(inner):
            return inner.strip()
    if bare.count('"') == 1:  # one that was opened or closed before the designator
        return bare.strip('" ')
    return bare


@lru_cache(maxsize=4)
def recall(text: str, known: Known) -> Parsed:
    """`parse`, remembered: the words of one mail are asked for several times in a row."""
    return parse(text, known)


def parse(text: str, known: Known) -> Parsed:
    """Read `text` once: chat and tables first, then what stands alone, then the flow."""
    ready = prepare(text)
    tidy, raw = tidy_lines(ready)
    lines = Lines(tidy, known)
    passages = _read_chat(lines)
    rejected: list[tuple[int, ...]] = []
    for rows in find_tables(raw):
        if any(lines.used[row.at] for row in rows):
            continue
        read = read_rows(rows, known)
        passages += [Passage(mark, at, at) for at, mark in read.marks]
        _use(lines, read.taken)
        if not read.marks and len(rows) > 1:
            rejected.append(tuple(row.at for row in rows))
    anchored = find_anchored(lines)
    for passage in anchored:
        _use(lines, range(passage.first, passage.last + 1))
    flow = read_flow(lines)
    alike = find_series(tidy, known, free=[not used for used in lines.used])
    _use(lines, [caption.at for caption in alike])
    series = [Passage(caption.mark, caption.at, caption.at) for caption in alike]
    every = sorted([*passages, *anchored, *flow.passages, *series], key=lambda each: each.first)
    settled = settle_series([passage.mark for passage in every])
    every = [
        Passage(mark, passage.first, passage.last)
        for mark, passage in zip(settled, every, strict=True)
    ]
    return Parsed(
        passages=tuple(every),
        lines=tuple(tidy),
        used=tuple(lines.used),
        bare=flow.bare,
        tables=tuple(rejected),
        cut=is_cut(ready),
    )


def _use(lines: Lines, indices: Sequence[int]) -> None:
    for at in indices:
        lines.used[at] = True


def _read_chat(lines: Lines) -> list[Passage]:
    """The photos of a chat's export."""
    passages: list[Passage] = []
    for sent in read_chat(lines.lines):
        mark = Mark(keys=(sent.name,), kind="name", text=sent.text, sure=sent.sure)
        if not is_letter(sent.text):
            passages.append(Passage(mark, sent.first, sent.last))
            _use(lines, range(sent.first, sent.last + 1))
    return passages
