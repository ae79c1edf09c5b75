"""Which photo's name and which caption share rare words: "1. Kerja bakti.jpg" and "kerja bakti
membersihkan parit"."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from ingest.read.captions.matching.stems import all_stems, find_places, split_words, stems_of
from ingest.read.captions.photo_names import is_machine_made, stem

_MOST_PAIRS = 64  # photos times captions that share a word; a word of more tells nothing apart
_LONG = 6  # letters: a word that may be enough alone


class Shared(Struct, frozen=True, kw_only=True, gc=False):
    """What a photo's name and a caption share. `score`: 1 for each word that no other photo and
    no other caption has, less for others."""

    score: float = 0.0
    words: int = 0
    longest: int = 0  # letters
    whole: bool = False  # every telling word of the name is in the caption

    @property
    def is_enough(self) -> bool:
        """Two words, or a long one that is all the name says."""
        if self.score < 1:
            return False
        return self.words >= 2 or (self.whole and self.longest >= _LONG - 1)


NOTHING = Shared()


def find_shared(names: Mapping[int, str], texts: Sequence[str]) -> dict[tuple[int, int], Shared]:
    """By photo and caption what they share. `names` are the photos' by index."""
    words = {i: _telling_words(name) for i, name in names.items()}
    captions = _index({j: all_stems(text) for j, text in enumerate(texts)})
    photos = _index({i: frozenset().union(*of) for i, of in words.items() if of})
    found: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for photo, of in words.items():
        for stems in of:
            having = {j for form in stems for j in captions.get(form, ())}
            rivals = {i for form in stems for i in photos.get(form, ())}
            rarity = len(having) * len(rivals)
            if 0 < rarity <= _MOST_PAIRS:
                longest = max(map(len, stems))
                for caption in having:
                    found.setdefault((photo, caption), []).append((1 / rarity, longest))
    return {pair: _sum(shared, len(words[pair[0]])) for pair, shared in found.items()}


def _telling_words(name: str) -> list[frozenset[str]]:
    if is_machine_made(name):
        return []
    base = stem(name).replace("_", " ")
    words = [stems_of(word) for word in split_words(base)]
    return [*words, *(frozenset({place}) for place in find_places(base))]


def _index(stems: Mapping[int, frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i, of in stems.items():
        for form in of:
            found.setdefault(form, []).append(i)
    return found


def _sum(shared: Sequence[tuple[float, int]], of_name: int) -> Shared:
    return Shared(
        score=sum(rarity for rarity, _ in shared),
        words=len(shared),
        longest=max(length for _, length in shared),
        whole=len(shared) == of_name,
    )
