"""A view cut into pages by keys of its own order. Pure.

The bounds are kept: a row that comes or goes changes the page it stands on and no other. A page is
split over MOST rows and merged under LEAST, like the leaves of a B-tree.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

MOST, LEAST, FILL = 75, 20, 50
Key = tuple[int, int]  # microseconds of the instant a view is ordered by; the submission's id
BEGIN: Key = (-(1 << 62), 0)


class Part(Struct, frozen=True, array_like=True, gc=False):
    """A page of a view: a number that names its file for as long as it lasts, and the keys of its
    rows. It holds every key from `first` up to the next part's."""

    number: int
    first: Key
    rows: tuple[Key, ...] = ()


class Series(Struct, frozen=True, array_like=True, gc=False):
    """A view, or a month of the archive, as pages. The first one's number is always 0."""

    parts: tuple[Part, ...] = (Part(0, BEGIN),)
    next_number: int = 1


class Shown(Struct, frozen=True, array_like=True):
    """A page among its neighbours; None at either end."""

    part: Part
    before: int | None
    after: int | None


def recut(series: Series, keys: Sequence[Key]) -> Series:
    """The same pages with these rows, ascending."""
    parts: list[Part] = []
    number = series.next_number
    for merged in _merged(_assigned(series.parts, keys)):
        for part in _split(merged, number):
            number = max(number, part.number + 1)
            parts.append(part)
    return Series(tuple(parts), number)


def _assigned(parts: Sequence[Part], keys: Sequence[Key]) -> Iterator[Part]:
    bounds = [bisect_left(keys, part.first) for part in parts] + [len(keys)]
    for part, begin, end in zip(parts, bounds[:-1], bounds[1:], strict=True):
        yield Part(part.number, part.first, tuple(keys[begin:end]))


def _merged(parts: Iterable[Part]) -> list[Part]:
    merged: list[Part] = []
    for part in parts:
        if merged and min(len(part.rows), len(merged[-1].rows)) < LEAST:
            last = merged.pop()
            merged.append(Part(last.number, last.first, (*last.rows, *part.rows)))
        else:
            merged.append(part)
    return merged


def _split(part: Part, number: int) -> Iterator[Part]:
    count = len(part.rows)
    pieces = -(-count // FILL) if count > MOST else 1
    for i in range(pieces):
        rows = part.rows[i * count // pieces : (i + 1) * count // pieces]
        if i == 0:
            yield Part(part.number, part.first, rows)
        else:
            yield Part(number + i - 1, rows[0], rows)


def shown(series: Series) -> list[Shown]:
    """The pages in order, each with its neighbours."""
    numbers = [part.number for part in series.parts]
    return [
        Shown(part, before, after)
        for part, before, after in zip(
            series.parts, [None, *numbers[:-1]], [*numbers[1:], None], strict=True
        )
    ]


def dirty(
    before: Mapping[str, Series], after: Mapping[str, Series], changed: frozenset[int]
) -> Iterator[tuple[str, Shown]]:
    """The pages that must be written anew: their rows or neighbours are others, or a row changed."""
    for name, series in after.items():
        old = before.get(name)
        known = {one.part.number: one for one in shown(old)} if old else {}
        for one in shown(series):
            if known.get(one.part.number) != one or _has(one.part, changed):
                yield name, one


def _has(part: Part, changed: frozenset[int]) -> bool:
    return any(identifier in changed for _, identifier in part.rows)
