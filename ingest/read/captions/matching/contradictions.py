"""What speaks against a pair. A caption under the wrong photo, taken as certain, is the worst that
can happen here; a question costs an editor a click.

Looked for: two captions of one photo, one caption of two photos, a number against words, a caption
that names another file, a row of numbers that does not fit the row of the photos.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from ingest.read.captions.grammar.prose import is_credit
from ingest.read.captions.matching.evidence import Clue, Table, names_a_file, number_of
from ingest.read.captions.matching.name_clues import LIKELY
from redaksi.model import Label

_MUCH = 3  # times: so much more must a pair share than any other to be certain by words alone
_MOST_WORDS = 60  # of a caption; a longer one may be the article's prose
_HINT, _MANY_WORDS = 0.5, 2  # what words must share to speak against a number, against a name


class Doubt(Struct, frozen=True, kw_only=True):
    """Whether a pair is for an editor, and the captions that may be the photo's instead."""

    confirm: bool
    rivals: tuple[int, ...] = ()


class _Whole(Struct, frozen=True, kw_only=True):
    """What all pairs of a mail say of each: whether the row of its numbers is off, or tells of fewer
    than the photos', every photo is named or numbered by a line of its own, no photo and no caption
    is left without a pair."""

    is_row_off: bool
    is_gapped: bool
    is_named: bool
    is_complete: bool


def examine(table: Table, pairs: Mapping[int, int]) -> dict[int, Doubt]:
    """By photo what speaks against the caption that `pairs` gives it."""
    whole = _look_at_whole(table, pairs)
    of_label = {label: photo for photo, label in pairs.items()}
    return {
        photo: _doubt(
            table,
            pairs,
            of_label,
            photo,
            label,
            certain=_is_certain(table, whole, photo, label),
        )
        for photo, label in pairs.items()
    }


def _doubt(
    table: Table,
    pairs: Mapping[int, int],
    of_label: Mapping[int, int],
    photo: int,
    label: int,
    *,
    certain: bool,
) -> Doubt:
    own = table.clue(photo, label)
    rivals = [
        other
        for other in table.of_photo[photo]
        if other != label
        and not table.is_alike(label, other)
        and _is_against(own, table.clue(photo, other))
        and not _is_explained(table, own, photo, other, of_label.get(other), other)
    ]
    wanted = [
        other
        for other in table.of_label[label]
        if other != photo
        and _is_against(own, table.clue(other, label))
        and not _is_explained(table, own, other, label, other, pairs.get(other))
    ]
    swapped = [pairs[other] for other in wanted if other in pairs]
    return Doubt(
        confirm=bool(rivals or wanted) or not certain,
        rivals=tuple(dict.fromkeys((*rivals, *swapped))),
    )


def _look_at_whole(table: Table, pairs: Mapping[int, int]) -> _Whole:
    used = set(pairs.values())
    placed = {j for j, label in enumerate(table.labels) if label.kind == "shared" or j in used}
    placed |= {
        j for j in table.of_label if any(table.clue(i, j).is_claim for i in table.of_label[j])
    }
    of_labels, of_photos = _numbers(table)
    return _Whole(
        is_row_off=bool(of_labels - of_photos) and bool(of_photos - of_labels),
        is_gapped=bool(of_photos - of_labels),
        is_named=_is_named_throughout(table, pairs),
        is_complete=len(placed) == len(table.labels)
        and all(i in pairs for i in table.twins.principals),
    )


def _is_certain(table: Table, whole: _Whole, photo: int, label: int) -> bool:
    """Whether the clue would do, were there no other.

    Words do where no photo and no caption is left over: the caption without a clue may be the
    photo's, and this one tell of another that was "usai kerja bakti".
    """
    own, found = table.clue(photo, label), table.labels[label]
    if not (found.sure or whole.is_named) or len(found.text.split()) > _MOST_WORDS:
        return False
    if " " in found.text and is_credit(found.text):  # a name alone may be its photographer's
        return False
    if own.name:
        return own.name >= LIKELY
    if own.number:
        # "[Foto 3]" marks a place in an article too.
        gap = whole.is_gapped and found.source == "document"
        return not whole.is_row_off and not gap
    if names_a_file(found) or not own.shared.is_enough or not whole.is_complete:
        return False
    number = number_of(found)
    return number is None or photo == _nth(table, number)


def _nth(table: Table, number: int) -> int:
    """The photo at a place in the mail, by index."""
    main = table.twins.principals
    return main[number - 1] if 1 <= number <= len(main) else -1


def _is_against(own: Clue, other: Clue) -> bool:
    """Whether a clue for another pair with the same photo or caption contradicts `own`."""
    if other.is_claim:
        return True
    words, score = other.shared, other.shared.score
    if own.name >= LIKELY:
        return score > own.shared.score and words.words >= _MANY_WORDS
    if own.number:
        return score > own.shared.score and score >= _HINT
    return score * _MUCH > own.shared.score


def _is_explained(
    table: Table, own: Clue, photo: int, label: int, with_photo: int | None, with_label: int | None
) -> bool:
    """Shared words say little where the other side has a pair that says at least as much.

    The rival pair is (`photo`, `label`); what the other side has is found under `with_photo` and
    `with_label`. A name or a number is explained by nothing.
    """
    rival = table.clue(photo, label)
    if rival.is_claim or not own.is_claim or with_photo is None or with_label is None:
        return False
    settled = table.clue(with_photo, with_label)
    return settled.is_claim and settled.shared.score >= rival.shared.score


def _is_named_throughout(table: Table, pairs: Mapping[int, int]) -> bool:
    """Every photo is named or numbered by one line, and in a document these lines stand together:
    that is then no prose."""
    labels = [pairs.get(i, -1) for i in table.twins.principals]
    named = all(
        label >= 0 and table.clue(photo, label).is_claim
        for photo, label in zip(table.twins.principals, labels, strict=True)
    )
    return named and _is_block([table.labels[j] for j in labels])


def _is_block(labels: Sequence[Label]) -> bool:
    """Whether captions of a document stand in paragraphs one below the other."""
    places = [label.place for label in labels if label.source == "document"]
    if not all(place.isdecimal() for place in places):
        return False
    numbers = sorted(map(int, places))
    return all(after - before <= 1 for before, after in pairwise(numbers))


def _numbers(table: Table) -> tuple[set[int], set[int]]:
    """The numbers that captions tell, and those that photos have."""
    of_labels = {number for label in table.labels if (number := number_of(label)) is not None}
    return of_labels, {number for number in table.numbers if number is not None}
