"""How many pages an article fills, whatever it looks like now: set anew in Times New Roman 12,
single, on A4 with margins of 2.54 cm, no space between paragraphs. Lines are broken greedily, as
word processors do."""

import re
from collections.abc import Iterable

from ingest.read.document.metrics import LINE_HEIGHT, measure_width

SIZE = 12.0  # points
_MARGIN = 72.0  # 2.54 cm
_TEXT_WIDTH = 595.3 - 2 * _MARGIN
_TEXT_HEIGHT = 841.9 - 2 * _MARGIN
_TAB = 36.0  # default stops, half an inch
LINES = int(_TEXT_HEIGHT / (SIZE * LINE_HEIGHT))  # on a page: 50
_MOST = 30 * LINES
_LINE = _TEXT_WIDTH / SIZE * 1000  # thousandths of the size
_STOP = _TAB / SIZE * 1000

# What is never parted: a word with the spaces behind it; a hyphen within it may end a line (UAX
# #14, HY).
_WORDS = re.compile(
    r"\t|(?:[^ \t\u2002\u2003\u2009\u200b-]+-*|-+)(?:[ \u2002\u2003\u2009\u200b]*)|[ \u2002\u2003\u2009\u200b]+"
)
_SPACES = " \u2002\u2003\u2009\u200b"
_BREAKS = re.compile(r"[\n\v\r\x0b\x0c\u2028]")


def count_pages(paragraphs: Iterable[str]) -> float:
    """Pages `paragraphs` fill, counted in lines: 1.5 is one page and half of the second. Empty
    ones fill nothing. After thirty pages, ten times what is ever printed, the rest is reckoned
    by its characters."""
    known: _Known = {}
    filled = told = 0
    texts = [text for text in paragraphs if text.strip()]
    for at, text in enumerate(texts):
        filled += _broken(text, known)
        told += len(text)
        if filled > _MOST:
            filled = round(filled / told * (told + sum(map(len, texts[at + 1 :]))))
            break
    return filled / LINES


def count_lines(paragraph: str) -> int:
    """The lines one paragraph fills; a line break within it starts a new one."""
    return _broken(paragraph, {})


_Known = dict[str, tuple[int, int]]  # widths of a word without and with the spaces behind it


def _broken(paragraph: str, known: _Known) -> int:
    return sum(_lines(part, known) for part in _BREAKS.split(paragraph))


def _lines(text: str, known: _Known) -> int:
    count, filled = 1, 0.0
    for piece in _WORDS.findall(text):
        if piece == "\t":
            filled = (filled // _STOP + 1) * _STOP
            if filled > _LINE:
                count, filled = count + 1, _STOP
            continue
        widths = known.get(piece)
        if widths is None:
            widths = known[piece] = (measure_width(piece.rstrip(_SPACES)), measure_width(piece))
        word, whole = widths
        if filled + word > _LINE:
            if filled:
                count, filled = count + 1, 0.0
            while word > _LINE:  # longer than a line: parted wherever it is full
                count, word, whole = count + 1, word - int(_LINE), whole - int(_LINE)
        filled += whole
    return count
