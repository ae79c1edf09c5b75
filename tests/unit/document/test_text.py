"""What counts as a character of the article (docs/rules.md, length)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.text.counting import count, is_visible


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("", 0),
        ("Warga kerja bakti", 15),
        ("a\u00a0b", 2),  # the no-break space is a space
        ("a\u2003b\u3000c", 3),
        ("ber\u00adsama", 7),  # a soft hyphen that shows nothing
        ("\ufeffa\u200bb\u200dc\u2060", 3),
        ("a\tb\nc\x0bd", 4),
        ("“Rp 2.500,–”", 11),
        ("é", 1),
        ("e\u0301", 2),  # code points, not what looks like one letter
        ("𝒜😀", 2),
    ],
)
def test_what_is_counted(text: str, counted: int) -> None:
    assert count(text) == counted


@given(st.text(), st.text())
def test_counting_is_additive(one: str, two: str) -> None:
    assert count(one + two) == count(one) + count(two)


@given(st.text())
def test_spaces_never_count(text: str) -> None:
    assert count(" \u00a0".join(text)) == count(text) <= len(text)


@given(st.text())
def test_a_text_shows_when_something_of_it_counts(text: str) -> None:
    assert is_visible(text) == (count(text) > 0)


def test_a_word_after_many_spaces_shows() -> None:
    assert is_visible(" " * 5000 + "a")
    assert not is_visible("\u200b" * 5000)
