"""Which lines are one paragraph although their author ended each with a return: text pasted from a
mail, wrapped at 60 or 75 columns, and a drop capital in a paragraph of its own.

A program that wraps breaks where the next word does not fit. So a line that begins in small letters
goes on from the one above, and one in a capital only where its first word would not have fitted
there.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.read.captions.grammar.spelling import mend
from ingest.read.captions.grammar.words import CAPTION, PHOTO
from ingest.read.document.roles.lines import Line

_ENDED = re.compile(r"[.!?…:;][\"”’')\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]*]*$")
_LETTERS = re.compile(r"[\"“‘'(«]?[^\W\d_]{1,2}")
# a line that says what it is begins something of its own
_KEYED = re.compile(
    r"[\W_]*(?:penulis|oleh|ditulis|editor|penyunting|judul|foto|gambar|gbr|keterangan|ket|caption|takarir"
    r"|sumber|kontak|e-?mail|hp|telp|telepon|wa|dok)\b[^:]{0,30}[:=]",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:[a-z]|[ivx]{1,4}|\d{1,2})\s*[.)]\s|[-•*–▪·]\s")
_REACHED = re.compile(r"\S{1,64}@\S|www\.|https?:", re.IGNORECASE)
_MARKED = re.compile(
    r"[\W_]*(?:(?:keterangan|ket|caption|takarir)?[\W_]*(?:foto|gambar|gbr|photo)\b|\d{1,2}\s*[.)]"
    r"|[^:]{1,80}\.(?:jpe?g|png|heic|tiff?)\b)",
    re.IGNORECASE,
)
# "foto 1 lurah …", "ket. gambar 2, …"
_NUMBERED = re.compile(
    rf"[\W_]*(?:{CAPTION}\s?\.?\s*)?{PHOTO}\s?\.?\s?(?:no\.?|nomor|ke-?|#)?\s?\(?\d{{1,2}}(?!\w)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[\[(<{]\s*(?:\w+\s+){0,2}(?:foto|gambar|dok)\w*\b", re.IGNORECASE)
_NARROWEST, _WIDEST = 40, 130  # characters of a wrapped line
_LEAST_EVIDENCE = 2  # lines that go on in small letters, before anything counts as wrapped
_MOST_BLANK = 0.8  # share of lines below an empty one
_MANY_WORDS = 25  # of a paragraph that ends no sentence
_MOST_TITLE = 0.75  # share of capitalised words from which a line reads as a headline


def join_lines(lines: Sequence[Line]) -> list[int]:
    """For each line the index of the first line of its paragraph: its own, but where a paragraph
    was wrapped by hand."""
    starts = list(range(len(lines)))
    # an empty line after every line, as some mails are pasted, parts nothing
    is_parted = sum(line.blank for line in lines) < _MOST_BLANK * len(lines)
    width = _find_width(lines, is_parted=is_parted)
    for i in range(1, len(lines)):
        joins = width and _goes_on(lines[i - 1], lines[i], width, is_parted=is_parted)
        if joins and _MARKED.match(lines[starts[i - 1]].text):
            joins = lines[i].text[:1].islower()  # a caption is not to swallow the text below it
        if joins or _is_drop_cap(lines, i - 1):
            starts[i] = starts[i - 1]
    return starts


def find_prose(lines: Sequence[Line], starts: Sequence[int]) -> frozenset[int]:
    """The lines of paragraphs over several lines that read as text: a full stop at the end, or
    more words than a headline has."""
    blocks: dict[int, list[int]] = {}
    for i, start in enumerate(starts):
        blocks.setdefault(start, []).append(i)
    found: set[int] = set()
    for block in blocks.values():
        if len(block) == 1:
            continue
        words = sum(lines[i].words for i in block)
        ended = any(_SENTENCE_END.search(lines[i].text) for i in block) and words >= 8
        if words >= _MANY_WORDS or ended:
            found.update(block)
    return frozenset(found)


def _find_width(lines: Sequence[Line], *, is_parted: bool) -> int:
    """The characters of a line of hard-wrapped text; 0 where the text is not wrapped."""
    lengths = sorted(
        len(above.text)
        for above, line in pairwise(lines)
        if line.text[:1].islower()
        and len(above.text) >= _NARROWEST
        and not _ENDED.search(above.text)
        and _may_go_on(above, line, is_parted=is_parted)
    )
    if len(lengths) < _LEAST_EVIDENCE:
        return 0
    return lengths[len(lengths) * 9 // 10]


def _may_go_on(above: Line, line: Line, *, is_parted: bool) -> bool:
    """Nothing stands between the lines, and neither begins something of its own."""
    if (line.blank and is_parted) or line.pictures or line.listed or above.listed:
        return False
    if line.story != above.story or (line.size, line.bold) != (above.size, above.bold):
        return False
    if len(above.text) > _WIDEST or above.style != line.style:
        return False
    if _NUMBERED.match(mend(line.text)):
        return False
    return not any(own.match(line.text) for own in (_KEYED, _PLACEHOLDER, _ITEM, _REACHED))


def _goes_on(above: Line, line: Line, width: int, *, is_parted: bool) -> bool:
    if not _may_go_on(above, line, is_parted=is_parted):
        return False
    if line.text[:1].islower():
        return len(above.text) >= width // 2 and not above.text.endswith((":", ";"))
    first = len(line.text.split(maxsplit=1)[0])
    if len(above.text) + 1 + first <= width:
        return False  # it would have fitted
    return bool(_ENDED.search(above.text)) or not _reads_as_headline(above)


def _reads_as_headline(line: Line) -> bool:
    """Most of its longer words begin in capitals."""
    words = [word for word in line.text.split() if len(word) >= 4]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return bool(words) and capitals >= _MOST_TITLE * len(words)


def _is_drop_cap(lines: Sequence[Line], at: int) -> bool:
    """One large letter above the rest of its word: "W" over "arga Siantan …" or "ARGA Siantan"."""
    line, below = lines[at], lines[at + 1]
    if not _LETTERS.fullmatch(line.text) or below.story != line.story or below.words < 5:
        return False
    rest = below.text.split(maxsplit=1)[0]
    return rest[:1].islower() or (len(rest) > 1 and rest[:2].isupper() and line.text.isupper())
