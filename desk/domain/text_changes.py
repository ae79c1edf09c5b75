"""What became of a text between two revisions: paragraphs aligned, then words within those that
changed. Pure; the work is bounded by cells, whatever the texts are."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

MOST_CELLS = 250_000  # words of one times words of the other: above it a pair is shown as replaced
ALL_CELLS = 1_000_000  # of all pairs of a text together
MOST_LINES = 500  # paragraphs of one side that are aligned; what differs beyond is replaced
LIKE = 0.5  # share of their words two paragraphs have in common, to be one that changed
_AHEAD = 4  # paragraphs in which the like of one is looked for
_WORD = re.compile(r"\s+|\w+|[^\w\s]")

Kind = Literal["same", "gone", "new"]


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of a paragraph: in both, in the earlier alone, in the later alone."""

    kind: Kind
    text: str


Paragraph = tuple[Piece, ...]  # one with nothing of one side was added, or is gone


def compare_texts(before: Sequence[str], after: Sequence[str]) -> tuple[Paragraph, ...]:
    """The paragraphs of both, aligned. Read without what is new it is `before`, without what is
    gone `after`; an empty paragraph is a paragraph too."""
    head = _count_alike(before, after)
    rest_before, rest_after = before[head:], after[head:]
    tail = _count_alike(rest_before[::-1], rest_after[::-1])
    middle = _compare_middle(
        rest_before[: len(rest_before) - tail], rest_after[: len(rest_after) - tail]
    )
    same = [(_piece("same", text),) for text in before]
    return (*same[:head], *middle, *same[len(before) - tail :])


def _count_alike(before: Sequence[str], after: Sequence[str]) -> int:
    count = 0
    for mine, other in zip(before, after, strict=False):
        if mine != other:
            break
        count += 1
    return count


def _compare_middle(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    room = [ALL_CELLS]
    if max(len(before), len(after)) > MOST_LINES:
        yield from _replace(before, after, [0])
        return
    for kind, a, b, c, d in match_common(before, after):
        if kind == "same":
            yield from ((_piece("same", text),) for text in before[a:b])
        else:
            yield from _replace(before[a:b], after[c:d], room)


def _replace(before: Sequence[str], after: Sequence[str], room: list[int]) -> Iterator[Paragraph]:
    """Paragraphs that are no more beside those that came: in their order, pairs that are alike are
    one that changed."""
    place = 0
    for text in before:
        found = _find_like(text, after, place, room)
        if found is None:
            yield (_piece("gone", text),)
            continue
        at, changed = found
        yield from ((_piece("new", each),) for each in after[place:at])
        yield changed
        place = at + 1
    yield from ((_piece("new", each),) for each in after[place:])


def _find_like(
    text: str, after: Sequence[str], place: int, room: list[int]
) -> tuple[int, Paragraph] | None:
    words = split_words(text)
    for at in range(place, min(place + _AHEAD, len(after))):
        others = split_words(after[at])
        cells = len(words) * len(others)
        if not cells or cells > min(MOST_CELLS, room[0]) or not _may_be_like(words, others):
            continue
        room[0] -= cells
        pieces = tuple(compare_words(words, others))
        if _measure(pieces) >= LIKE:
            return at, pieces
    return None


def _may_be_like(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether they have enough words at all, in whatever order."""
    mine, theirs = _letters(words), _letters(others)
    return 2 * len(mine & theirs) >= LIKE * (len(mine) + len(theirs)) / 2


def _letters(words: Sequence[str]) -> set[str]:
    return {word for word in words if not word.isspace()}


def _measure(pieces: Paragraph) -> float:
    """The share of the characters that is in both."""
    sizes = {"same": 0, "gone": 0, "new": 0}
    for piece in pieces:
        sizes[piece.kind] += len(piece.text)
    whole = 2 * sizes["same"] + sizes["gone"] + sizes["new"]
    return 2 * sizes["same"] / whole if whole else 1.0


def split_words(text: str) -> list[str]:
    """Words, white space and signs; joined they are the text."""
    return _WORD.findall(text)


def compare_words(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """The words of both, in stretches."""
    for kind, a, b, c, d in match_common(before, after):
        if kind == "same":
            yield _piece("same", "".join(before[a:b]))
            continue
        if b > a:
            yield _piece("gone", "".join(before[a:b]))
        if d > c:
            yield _piece("new", "".join(after[c:d]))


def _piece(kind: Kind, text: str) -> Piece:
    return Piece(kind=kind, text=text)


def match_common(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[Literal["same", "other"], int, int, int, int]]:
    """Stretches of both, alike or not, from begin to end, by a longest common subsequence: as many
    steps as one has items times the other (difflib's worst is a power more)."""
    table = _measure_common(before, after)
    i = j = 0
    start = (0, 0)
    while i < len(before) and j < len(after):
        if before[i] != after[j]:
            i, j = (i + 1, j) if table[i + 1][j] >= table[i][j + 1] else (i, j + 1)
            continue
        if (i, j) != start:
            yield "other", start[0], i, start[1], j
        begin, of_other = i, j
        while i < len(before) and j < len(after) and before[i] == after[j]:
            i, j = i + 1, j + 1
        yield "same", begin, i, of_other, j
        start = (i, j)
    if start != (len(before), len(after)):
        yield "other", start[0], len(before), start[1], len(after)


def _measure_common(before: Sequence[str], after: Sequence[str]) -> list[list[int]]:
    """Length of the longest common subsequence of what begins at each item of both."""
    row = [0] * (len(after) + 1)
    table = [row]
    for mine in reversed(before):
        below, row = row, [0] * (len(after) + 1)
        for j in range(len(after) - 1, -1, -1):
            if mine == after[j]:
                row[j] = below[j + 1] + 1
            else:
                row[j] = below[j] if below[j] >= row[j + 1] else row[j + 1]
        table.append(row)
    return table[::-1]
