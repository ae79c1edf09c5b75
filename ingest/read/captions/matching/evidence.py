"""Everything that speaks for a photo and a caption belonging together, before anything is decided.

Name, number, shared words and day, for every (photo, caption) there is anything for. The order of
the attachments is no clue of a pair: it is what is left when these are silent (leftovers.py).
"""

import math
import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from ingest.read.captions.matching.dates import day_of_photo, days_in_words
from ingest.read.captions.matching.hand_numbers import find_hand_numbers
from ingest.read.captions.matching.name_clues import DOUBTFUL, LIKELY, Names
from ingest.read.captions.matching.stems import all_stems
from ingest.read.captions.matching.twins import Twins, find_twins
from ingest.read.captions.matching.word_clues import NOTHING, Shared, find_shared
from ingest.read.captions.photo_names import (
    key_number,
    quoted_number,
    squeeze,
)
from redaksi.model import Evidence, Label, Photo

_BY_NAME, _BY_NUMBER, _BY_WORD, _BY_DAY = 1000, 1200, 300, 100
_MOST_BY_WORDS = 900
_TIES = 2048  # more than there are captions: of equals the first stands
_MOST_A_DAY = 4  # photos, or captions, of one day; more tell nothing apart
_LONGEST_KEY = 80  # characters of a file's name before a colon
_FIGURES = re.compile(r"\d{1,18}")
_ALIKE = 0.7  # share of the words that two captions of one photo have in common


class Clue(Struct, frozen=True, kw_only=True, gc=False):
    """What speaks for one photo and one caption."""

    name: int = 0  # name_clues: 0 = not named, EXACT = by its whole name
    number: bool = False  # "Foto 2", and a person numbered the photo 2
    shared: Shared = NOTHING
    day: bool = False

    @property
    def evidence(self) -> Evidence:
        """The strongest of it."""
        if self.name:
            return "name"
        if self.number:
            return "label"
        return "words" if self.shared.words else "date"

    @property
    def is_claim(self) -> bool:
        """The contributor says so: by the photo's name or number."""
        return self.name >= LIKELY or self.number

    def weigh(self) -> int:
        """How much it is worth beside others; a name outweighs a number, a number words."""
        name = _BY_NAME * self.name if self.name != DOUBTFUL else _BY_DAY
        words = min(_MOST_BY_WORDS, math.floor(_BY_WORD * self.shared.score))
        return name + _BY_NUMBER * self.number + words + _BY_DAY * self.day


class Table(Struct, frozen=True, kw_only=True):
    """Photos on one side, captions on the other, and the clues between them by (photo, caption)."""

    photos: tuple[Photo, ...]
    labels: tuple[Label, ...]
    twins: Twins
    numbers: tuple[int | None, ...]  # that people gave the photos
    clues: Mapping[tuple[int, int], Clue]
    of_photo: Mapping[int, tuple[int, ...]]  # the captions there are clues for
    of_label: Mapping[int, tuple[int, ...]]
    stems: tuple[frozenset[str], ...]  # of the captions

    def clue(self, photo: int, label: int) -> Clue:
        """What speaks for a pair; an empty clue when nothing does."""
        return self.clues.get((photo, label), _NONE)

    def is_alike(self, left: int, right: int) -> bool:
        """Two captions in nearly the same words: the document's and the mail's."""
        words, others = self.labels[left].text, self.labels[right].text
        if squeeze(words) == squeeze(others):
            return True
        if _FIGURES.findall(words) != _FIGURES.findall(others):
            return False  # "RT 01" and "RT 02"
        stems, other_stems = self.stems[left], self.stems[right]
        return len(stems & other_stems) >= _ALIKE * max(len(stems), len(other_stems), 1)

    def weigh_all(self) -> dict[tuple[int, int], int]:
        """The weights of the assignment; a caption whose name stands behind it yields to others."""
        last = len(self.labels)
        return {
            (photo, label): (clue.weigh() * 2 - (not self.labels[label].sure)) * _TIES
            + (last - label)
            for (photo, label), clue in self.clues.items()
        }


_NONE = Clue()


def collect(photos: Sequence[Photo], labels: Sequence[Label]) -> Table:
    """The table of all the clues there are."""
    twins = find_twins(photos)
    names = Names(photos, twins)
    keyed = tuple(_find_key(label, names) for label in labels)
    numbers = find_hand_numbers([photo.name for photo in photos])
    clues: dict[tuple[int, int], Clue] = {}
    for pair, name in _by_name(names, keyed).items():
        clues[pair] = Clue(name=name)
    for pair in _by_number(numbers, keyed, twins):
        clues[pair] = msgspec.structs.replace(clues.get(pair, _NONE), number=True)
    main = {i: photo.name for i, photo in enumerate(photos) if i not in twins.of}
    for pair, shared in find_shared(main, [label.text for label in keyed]).items():
        clues[pair] = msgspec.structs.replace(clues.get(pair, _NONE), shared=shared)
    for pair in _by_day(photos, keyed, twins):
        clues[pair] = msgspec.structs.replace(clues.get(pair, _NONE), day=True)
    clues = {pair: clue for pair, clue in clues.items() if keyed[pair[1]].kind != "shared"}
    return Table(
        photos=tuple(photos),
        labels=keyed,
        twins=twins,
        numbers=tuple(numbers),
        clues=clues,
        of_photo=_grouped(clues, 0),
        of_label=_grouped(clues, 1),
        stems=tuple(all_stems(label.text) for label in keyed),
    )


def number_of(label: Label) -> int | None:
    """The number that a caption's key is: "Foto 2" -> 2; None when the key is something else."""
    if label.kind == "number":
        return key_number(label.key)
    if label.kind or not label.key or quoted_number(label.key):
        return None
    return key_number(label.key)


def names_a_file(label: Label) -> bool:
    """The key is a file's name or a camera's number."""
    if label.kind in ("name", "camera"):
        return bool(label.key)
    return not label.kind and bool(label.key) and number_of(label) is None


def _find_key(label: Label, names: Names) -> Label:
    """ "Jembatan: Warga memperbaiki …" of Jembatan.jpg: what stands before the colon is its key."""
    head, _, words = label.text.partition(":")
    if label.key or not words.strip() or len(head) > _LONGEST_KEY or key_number(head) is not None:
        return label
    found = names.find(head)
    if len(found) != 1 or max(found.values()) < LIKELY:
        return label
    return msgspec.structs.replace(label, key=head.strip(), kind="name", text=words.strip())


def _by_name(names: Names, labels: Sequence[Label]) -> dict[tuple[int, int], int]:
    """Namesakes of as many captions go in order, the first with the first."""
    found: dict[tuple[int, ...], list[tuple[int, dict[int, int]]]] = {}
    for j, label in enumerate(labels):
        if label.key and number_of(label) is None and (exact := names.find(label.key)):
            found.setdefault(tuple(exact), []).append((j, exact))
    naming: dict[tuple[int, int], int] = {}
    for meant, by in found.items():
        in_order = 1 < len(meant) == len(by)
        for place, (j, exact) in enumerate(by):
            wanted = meant[place : place + 1] if in_order else meant
            naming |= {(i, j): min(exact[i], DOUBTFUL if in_order else exact[i]) for i in wanted}
    return naming


def _by_number(
    numbers: Sequence[int | None], labels: Sequence[Label], twins: Twins
) -> list[tuple[int, int]]:
    having: dict[int, list[int]] = {}
    for i, number in enumerate(numbers):
        if number is not None and i not in twins.of:
            having.setdefault(number, []).append(i)
    found = []
    for j, label in enumerate(labels):
        number = number_of(label)
        if number is not None:
            found += [(i, j) for i in having.get(number, ())[:_MOST_A_DAY]]
    return found


def _by_day(
    photos: Sequence[Photo], labels: Sequence[Label], twins: Twins
) -> list[tuple[int, int]]:
    """A day that few photos and few captions tell, and not all the photos."""
    photos_of: dict[tuple[int, int], list[int]] = {}
    for i, photo in enumerate(photos):
        day = day_of_photo(photo.name, photo.captured)
        if day and i not in twins.of:
            photos_of.setdefault(day, []).append(i)
    labels_of: dict[tuple[int, int], list[int]] = {}
    for j, label in enumerate(labels):
        for day in days_in_words(label.text):
            labels_of.setdefault(day, []).append(j)
    if len(photos_of) < 2:
        return []
    return [
        (i, j)
        for day, taken in photos_of.items()
        for i in taken
        for j in labels_of.get(day, ())
        if len(taken) == len(labels_of[day]) == 1
    ]


def _grouped(clues: Mapping[tuple[int, int], Clue], side: int) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for pair in sorted(clues):
        found.setdefault(pair[side], []).append(pair[1 - side])
    return {i: tuple(of) for i, of in found.items()}
