"""What names, numbers, words and days leave over: order, one caption for all, the photo's own.

All of it is for an editor to confirm. Captions of a row are the captions of the photos in a row when
there are as many of them; "Foto 3" is the third photo's; of more captions than photos those left are
offered.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from ingest.read.captions.matching.evidence import Table, names_a_file, number_of
from ingest.read.captions.photo_names import stem
from ingest.read.photo.formats import STILL_KINDS

_LAST = re.compile(r"(\d{1,8})$")
_SOURCES = ("document", "body", "file")
# words of a caption that may be for all: fewer are a credit, more are prose
_FEWEST_WORDS, _MOST_WORDS = 5, 40


def pair_by_order(
    table: Table, pairs: Mapping[int, int], superseded: frozenset[int]
) -> dict[int, int]:
    """Pairs of photos without a caption and captions without a photo (not those `superseded`)."""
    found: dict[int, int] = {}
    silent = superseded | set(pairs.values())
    for step in (_whole_rows, _by_running_number, _renamed, _by_place, _spare):
        bare = [i for i in table.twins.principals if i not in pairs and i not in found]
        free = [
            j
            for j, label in enumerate(table.labels)
            if j not in silent and j not in found.values() and label.kind != "shared"
        ]
        if bare and free:
            found |= step(table, bare, free)
    return found


def _whole_rows(table: Table, bare: Sequence[int], free: Sequence[int]) -> dict[int, int]:
    """As many captions as photos, of one source or of all."""
    plain = [j for j in free if not names_a_file(table.labels[j])]
    rows = [[j for j in plain if table.labels[j].source == source] for source in _SOURCES]
    every = [i for i in range(len(table.photos)) if i in bare or i in table.twins.of]
    stills = [i for i in every if table.photos[i].kind in STILL_KINDS]
    for row in (*rows, plain):
        for photos in (bare, stills):
            if row and len(row) == len(photos) and (aligned := _align(table, photos, row)):
                return aligned
    return {}


def _align(table: Table, photos: Sequence[int], row: Sequence[int]) -> dict[int, int]:
    """The n-th with the n-th; numbered captions by their numbers, when these are a row."""
    numbers = [number_of(table.labels[j]) for j in row]
    if not any(numbers):
        return dict(zip(photos, row, strict=True))
    ranks = list(range(1, len(row) + 1))
    places = [_place(table, i) for i in photos]
    if sorted(n or 0 for n in numbers) not in (ranks, places):
        return {}
    in_order = sorted(row, key=lambda j: number_of(table.labels[j]) or 0)
    aligned = dict(zip(photos, in_order, strict=True))
    against = (
        _has_other_number(table, i, number_of(table.labels[j]) or 0) for i, j in aligned.items()
    )
    return {} if any(against) else aligned


def _place(table: Table, photo: int) -> int:
    """Its place among the photos of the mail, from 1; 0 for a film beside its photo."""
    main = table.twins.principals
    return main.index(photo) + 1 if photo in main else 0


def _by_running_number(table: Table, bare: Sequence[int], free: Sequence[int]) -> dict[int, int]:
    """ "Foto 3" and "Foto 4" of WA0003 and WA0004: the numbers of a camera, all of them."""
    numbered = {number: j for j in free if (number := number_of(table.labels[j]))}
    running = {
        int(digits[1]): i
        for i in bare
        if table.numbers[i] is None and (digits := _LAST.search(stem(table.photos[i].name)))
    }
    whole = numbered and numbered.keys() <= running.keys() and len(running) == len(bare)
    return {running[number]: j for number, j in numbered.items()} if whole else {}


def _renamed(table: Table, bare: Sequence[int], free: Sequence[int]) -> dict[int, int]:
    """Mail programs rename what they send: no caption's name is here, and there are as many."""
    named = [j for j in free if names_a_file(table.labels[j])]
    strange = all(table.of_label.get(j) is None for j in named)
    all_bare = len(bare) == len(table.twins.principals)
    if len(named) != len(bare) or not strange or not all_bare:
        return {}
    return dict(zip(bare, named, strict=True))


def _by_place(table: Table, bare: Sequence[int], free: Sequence[int]) -> dict[int, int]:
    """ "Foto 3" for the third photo, when there are fewer or more captions than photos."""
    found: dict[int, int] = {}
    main = table.twins.principals
    for j in free:
        number = number_of(table.labels[j])
        if number is not None and 1 <= number <= len(main):
            photo = main[number - 1]
            if photo in bare and not _has_other_number(table, photo, number):
                found.setdefault(photo, j)
    return found


def _has_other_number(table: Table, photo: int, number: int) -> bool:
    return table.numbers[photo] not in (None, number)


def _spare(table: Table, bare: Sequence[int], free: Sequence[int]) -> dict[int, int]:
    """More captions than photos, none with a key: the first go to the photos, all are offered."""
    plain = [j for j in free if not table.labels[j].key or table.labels[j].kind == "position"]
    return dict(zip(bare, plain, strict=False)) if len(plain) >= len(bare) else {}


def find_shared_label(table: Table, captioned: Collection[int], free: Iterable[int]) -> int | None:
    """The caption that is for all photos: it says so, or it is the only one of several photos."""
    for_all = [j for j, label in enumerate(table.labels) if label.kind == "shared"]
    if for_all:
        return for_all[0]
    left = list(free)
    only = len(table.labels) == 1 == len(left) and not captioned
    several = len(table.twins.principals) > 1
    if not (only and several) or table.labels[left[0]].key:
        return None
    words = len(table.labels[left[0]].text.split())
    return left[0] if _FEWEST_WORDS <= words <= _MOST_WORDS else None
