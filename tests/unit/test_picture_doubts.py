"""Which picture is a smaller copy of which."""

import pytest
from msgspec.structs import replace

from ingest.read.picture_doubts import Candidate, find_larger
from tests import builders

LIKE = "0f" * 16
NEAR = "0f" * 15 + "00"  # 4 bits
APART = "0f" * 14 + "f0ff"  # 12: alike, not nearly the same
BARE = ""  # a picture without contrast


def candidate(name: str, size: tuple[int, int], likeness: str, *, shown: bool = False) -> Candidate:
    """A picture of a size and a likeness, attached or shown in the text."""
    file = builders.file(name, name.encode(), "jpeg")
    if shown:
        file = replace(file, origin="inline")
    photo = builders.photo(name=name, width=size[0], height=size[1], likeness=likeness)
    return Candidate(file, photo, lambda: False)


LARGE = candidate("Rapat.jpg", (4000, 3000), LIKE)
PLAIN = candidate("Rapat.jpg", (4000, 3000), BARE)


@pytest.mark.parametrize(
    ("what", "small", "large", "is_copy"),
    [
        ("much smaller", candidate("b.jpg", (1600, 1200), NEAR), LARGE, True),
        ("lying the other way", candidate("b.jpg", (1200, 1600), NEAR), LARGE, True),
        ("a little smaller", candidate("b.jpg", (3600, 2700), NEAR), LARGE, False),
        ("a little smaller, of one name", candidate("rapat (1).jpg", (3600, 2700), LIKE), LARGE, True),
        ("as large", candidate("b.jpg", (4000, 3000), LIKE), LARGE, False),
        ("of another shape", candidate("b.jpg", (1600, 1000), LIKE), LARGE, False),
        ("alike, not nearly the same", candidate("b.jpg", (1600, 1200), APART), LARGE, False),
        ("the same, shown", candidate("b.jpg", (1600, 1200), APART, shown=True), LARGE, True),
        ("without contrast", candidate("rapat-2.jpg", (1600, 1200), BARE), PLAIN, False),
        ("that, shown", candidate("rapat-2.jpg", (1600, 1200), BARE, shown=True), PLAIN, True),
    ],
)  # fmt: skip
def test_a_smaller_copy(what: str, small: Candidate, large: Candidate, is_copy: bool) -> None:
    assert (find_larger(small, [small, large]) is large) == is_copy, what
