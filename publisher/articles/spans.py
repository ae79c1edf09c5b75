"""Lines of a body in their one form: clean words, no empty span, no two alike side by side, no space at
the ends, strong letters without the spaces around them.

What is printed as HTML and Markdown is in this form, and parsed back into it.
"""

from collections.abc import Iterable, Sequence

from publisher.articles.edition import Block, Line, Span
from redaksi.text import clean


def make_line(spans: Iterable[Span]) -> Line:
    """The line of `spans`, in its one form; () where nothing is to be seen."""
    letters = _fold([(span.text, span.strong) for span in spans])
    return tuple(Span(text=text, strong=strong) for text, strong in letters)


def _fold(parts: Sequence[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Characters with their strength, spaces folded, joined again where they are alike."""
    plain = [(clean.prose(text), strong) for text, strong in parts]
    letters: list[tuple[str, bool]] = []
    for text, strong in plain:
        for letter in text:
            if letter != " ":
                letters.append((letter, strong))
            elif letters and letters[-1][0] != " ":
                letters.append((" ", False))
    if letters and letters[-1][0] == " ":
        letters.pop()
    return _weaken(_join(_bridge(letters)))


def _bridge(letters: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """A space between two strong letters is strong as they are."""
    return [
        (" ", letters[at - 1][1] and letters[at + 1][1]) if letter == " " else (letter, strong)
        for at, (letter, strong) in enumerate(letters)
    ]


def _join(letters: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    joined: list[tuple[str, bool]] = []
    for text, strong in letters:
        if joined and joined[-1][1] == strong:
            joined[-1] = (joined[-1][0] + text, strong)
        else:
            joined.append((text, strong))
    return joined


def _weaken(parts: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without strong marks that stand alone (a bold comma is an accident) or at an end that touches
    other words: no reader of Markdown takes "**Ketua:**nya" for strong (CommonMark 6.2)."""
    weakened: list[tuple[str, bool]] = []
    for at, (text, strong) in enumerate(parts):
        if not strong:
            weakened.append((text, False))
            continue
        start = _count_marks(text) if at and parts[at - 1][0][-1] != " " else 0
        touches = at + 1 < len(parts) and parts[at + 1][0][0] != " "
        end = len(text) - (_count_marks(text[::-1]) if touches else 0)
        kept = text[start:end] if any(map(str.isalnum, text)) else ""
        halves = (text[:start], text[end:]) if kept else (text, "")
        weakened += [(halves[0], False), (kept, True), (halves[1], False)]
    return _join((text, strong) for text, strong in weakened if text)


def _count_marks(text: str) -> int:
    """How many characters stand before its first letter or digit."""
    return next((at for at, letter in enumerate(text) if letter.isalnum()), len(text))


def read_line(line: Line) -> str:
    """Its words."""
    return "".join(span.text for span in line)


def read_blocks(blocks: Iterable[Block]) -> list[str]:
    """The words of every line."""
    return [read_line(line) for block in blocks for line in block.lines]


def is_strong(line: Line) -> bool:
    """Whether all of it is."""
    return all(span.strong for span in line)


def weaken(line: Line) -> Line:
    """The same words, none of them strong."""
    return make_line([Span(text=read_line(line))])


def cut_line(line: Line, start: int, end: int) -> Line:
    """The line without its characters from `start` to `end`."""
    kept, at = [], 0
    for span in line:
        low, high = max(0, start - at), max(0, end - at)
        kept.append(Span(text=span.text[:low] + span.text[high:], strong=span.strong))
        at += len(span.text)
    return make_line(kept)


def make_block(kind: str, lines: Iterable[Line]) -> Block | None:
    """A block of the lines that show something; None where none does."""
    seen = tuple(filter(None, lines))
    if not seen:
        return None
    if kind == "ul":
        return Block(kind="ul", lines=seen)
    whole = seen[0] if len(seen) == 1 else make_line(span for line in seen for span in line)
    return (
        Block(kind="h3", lines=(weaken(whole),))
        if kind == "h3"
        else Block(kind="p", lines=(whole,))
    )


def join_lists(blocks: Iterable[Block | None]) -> tuple[Block, ...]:
    """The blocks that are; lists side by side are one."""
    joined: list[Block] = []
    for block in blocks:
        if block is not None and joined and block.kind == joined[-1].kind == "ul":
            joined[-1] = Block(kind="ul", lines=(*joined[-1].lines, *block.lines))
        elif block is not None:
            joined.append(block)
    return tuple(joined)
