"""The one assignment is the best there is, and quick."""

import itertools
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.captions.matching.assignment import assign
from ingest.read.captions.pairing import pair
from redaksi.model import Label, Photo
from tests import builders

_ROWS, _COLUMNS = 4, 5
_WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, _ROWS - 1), st.integers(0, _COLUMNS - 1)),
    st.integers(1, 30),
    max_size=_ROWS * _COLUMNS,
)


def best_sum(weights: dict[tuple[int, int], int]) -> int:
    """By trying everything; columns past the last stand for staying alone."""
    columns = range(_COLUMNS + _ROWS)
    return max(
        sum(weights.get(pair, 0) for pair in enumerate(chosen))
        for chosen in itertools.permutations(columns, _ROWS)
    )


@settings(deadline=None, max_examples=60)  # a busy machine is no fault
@given(_WEIGHTS)
def test_no_other_assignment_weighs_more(weights: dict[tuple[int, int], int]) -> None:
    found = assign(weights)
    assert len(set(found.values())) == len(found)
    assert all(pair in weights for pair in found.items())
    assert sum(weights[pair] for pair in found.items()) == best_sum(weights)


def test_what_is_taken_first_is_given_back_for_a_better_whole() -> None:
    assert assign({(0, 0): 10, (0, 1): 9, (1, 0): 9}) == {0: 1, 1: 0}


def test_nothing_is_assigned_where_nothing_speaks() -> None:
    assert assign({}) == {}


def many(names: list[str], texts: list[tuple[str, str]]) -> float:
    """Seconds of processor time for these photos and captions."""
    photos: list[Photo] = [
        builders.photo(name=name, caption=None, sha256=builders.digest(f"{name}{i}"))
        for i, name in enumerate(names)
    ]
    labels = [Label(key=key, text=text) for key, text in texts]
    before = time.process_time()
    pair(photos, labels)
    return time.process_time() - before


def test_a_thousand_captions_and_five_hundred_photos_are_quick() -> None:
    chance = random.Random(10)
    words = ["".join(chance.choices("abdegiklmnoprstu", k=7)) for _ in range(300)]

    def some(count: int) -> str:
        return " ".join(chance.choices(words, k=count))

    one_name = (["image.png"] * 500, [("image.png", f"Satu {i}") for i in range(1000)])
    wordy = ([f"{some(8)}.jpg" for _ in range(500)], [("", some(60)) for _ in range(1000)])
    numbered = (
        [f"Foto {i % 99 + 1}.jpg" for i in range(500)],
        [(f"Foto {i % 99 + 1}", some(20)) for i in range(1000)],
    )
    named = ([f"IMG_{i}.jpg" for i in range(500)], [(f"IMG_{i}", some(20)) for i in range(1000)])
    nothing = ([f"IMG_{i}.jpg" for i in range(500)], [("", some(20)) for i in range(1000)])
    absent = (
        [f"IMG_{i}.jpg" for i in range(500)],
        [(f"DSC_{i + 5000}.jpg", some(9)) for i in range(1000)],
    )
    for mail in (one_name, wordy, numbered, named, nothing, absent):
        assert many(*mail) < 4
