"""The words of a text, as they are stored and as they are asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaksi.text.search_words import ASKED, LEAST, MOST, ask_words, list_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("Warga Siantan Hulu", ("warga", "siantan", "hulu")),
        ("Warga, warga WARGA!", ("warga",)),
        ("W-2026-0143", ("2026", "0143")),
        ("foto_3.JPG", ("foto", "jpg")),
        ("Café Réunion naïve", ("cafe", "reunion", "naive")),
        ("cafe\u0301", ("cafe",)),
        ("ﬁle ＡＢＣ １２３", ("file", "abc", "123")),
        ("Straße", ("strasse",)),
        ("İSTANBUL", ("istanbul",)),
        ("Jum'at ’s", ("jum", "at")),
        ("Москва 東京 مرحبا", ()),
        ("naskahМосква", ("naskah",)),
        ("a b c", ()),
        ("x" * 40 + " " + "y" * 41, ("x" * 40,)),
        ('" OR 1=1 -- NEAR(*) AND', ("or", "near", "and")),
        ("x\u00adyz", ("yz",)),
    ],
)
def test_words_of_a_text(text: str, words: tuple[str, ...]) -> None:
    assert list_words(text) == words


def test_a_query_has_so_many_words_at_most() -> None:
    asked = ask_words(" ".join(f"kata{n}" for n in range(ASKED + 5)))
    assert len(asked) == ASKED


@given(st.text())
def test_words_are_plain_and_what_is_normal_stays_so(text: str) -> None:
    words = list_words(text)
    assert all(LEAST <= len(word) <= MOST and word.isascii() and word.isalnum() for word in words)
    assert all(word == word.lower() for word in words)
    assert list_words(" ".join(words)) == words
    assert len(set(words)) == len(words)


@given(st.text(), st.text())
def test_a_text_beside_another_keeps_its_words(text: str, other: str) -> None:
    assert set(list_words(f"{text} {other}")) == {*list_words(text), *list_words(other)}
