"""Lines that may be captions though the grammar did not take them."""

import pytest

from ingest.read.captions.grammar.designators import know_photos
from ingest.read.captions.unread import find_unread, may_be_caption

WORDS = "Warga mengangkat batu fondasi di RT 03"


@pytest.mark.parametrize(
    "line",
    [
        f"Gambar yang ada sapinya, {WORDS}",
        f"lalu {WORDS} (Foto 1)",
        f"yang rapat itu {WORDS}",
    ],
)
def test_a_line_that_may_be_a_caption(line: str) -> None:
    (unread,) = find_unread(f"Yth. Redaksi,\n\n{line}\n", photos=["Rapat.jpg"][: "rapat" in line])
    assert (unread.may_be, unread.kind, unread.text) == ("caption", "line", line)


def test_a_caption_that_was_taken_is_not_unread() -> None:
    assert find_unread(f"Foto 1: {WORDS}") == ()


@pytest.mark.parametrize(
    ("line", "is_suspect"), [(f"Kiri: {WORDS}", True), ("Kiri: Siti Aminah", False)]
)
def test_a_place_needs_words(line: str, is_suspect: bool) -> None:
    assert may_be_caption(line, know_photos(())) == is_suspect
