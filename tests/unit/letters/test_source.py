"""The markup an editor edits: it says what the letter says, and whatever is typed is text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.letters import samples
from publisher.letters.blocks import words
from publisher.letters.compose import compose, compose_edited
from publisher.letters.letter_context import KINDS, LetterContext, LetterKind
from publisher.letters.plaintext import render_text
from publisher.letters.proofread import load
from publisher.letters.source import (
    LetterText,
    find_links,
    fingerprint,
    has_same_facts,
    read_source,
    tidy_source,
    write_source,
)
from publisher.letters.stationery import LANGUAGES, Stationery, blocks
from redaksi.errors import IllegalMove
from redaksi.model import Language

TEMPLATES = load()
URL = "https://warta.example/2026/11/jalan"
SAMPLES = [
    (kind, language, context)
    for kind in KINDS
    for language in LANGUAGES
    for context in samples.letter_contexts(kind, language)
]
PIECES = (
    "# Ditolak | W-1", "! ", "= a | b", "   a | b", "1. ", "99999999999. x", "* ", "> ", "-- ", "~ ", "\\", "\n", "\n\n",
    " ", "http://", "https://evil.example/x", "www.evil.example", "htthttp://p://evil.example", URL, URL + "/../evil",
    "<a href='https://evil.example'>", "<script>", "&lt;", "{{ 7*7 }}", "{% if %}", "\ue000", "\ue001", "\ue002",
    "\u202e", "\u2066", "\x00", "\x1b[2J", "\r", "\u2028", "a@b.example", "kata",
)  # fmt: skip
TYPED = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=30).map(
    lambda parts: (
        "".join(parts) + "\n\n" + "Terima kasih atas kiriman naskah Bapak/Ibu kepada kami."
    )
)
SCHEME = re.compile(r"\b(?:[a-z][a-z0-9+.-]{1,20}:/{1,3}|www\.)", re.IGNORECASE)


def paper(language: Language = "id") -> Stationery:
    return samples.stationery(TEMPLATES, language)


def published() -> LetterContext:
    return LetterContext(
        language="id", to="sari@example.org", number="W-2026-0001", title="Jalan", url=URL
    )


@pytest.mark.parametrize(("kind", "language", "context"), SAMPLES)
def test_what_is_edited_says_what_the_letter_says(
    kind: LetterKind, language: Language, context: LetterContext
) -> None:
    written = blocks(kind, context, paper(language))
    source = write_source(written)
    below = tuple(block for block in written if block.kind != "status")
    read = read_source(source, find_links(written))
    assert render_text(read) == render_text(below)
    assert [block.kind for block in read] == [block.kind for block in below]


@pytest.mark.parametrize(("kind", "language", "context"), SAMPLES)
def test_what_is_tidy_stays_as_it_is(
    kind: LetterKind, language: Language, context: LetterContext
) -> None:
    source = tidy_source(write_source(blocks(kind, context, paper(language))))
    assert tidy_source(source) == source
    letter = compose(kind, context, paper(language))
    assert LetterText(source=source, facts_hash=letter.facts_hash).is_untouched


def test_an_editors_words_go_in_text_and_page_and_the_envelope_stays() -> None:
    plain = compose("published", published(), paper())
    typed = "Yth. Bapak Sari,\n\n! Kabar baik\n\n* satu\n* dua\n\nLihat:\n\n= Tautan | " + URL
    edited = compose_edited(typed, "published", published(), paper())
    head, _, below = edited.text.partition("\n\n")
    assert head == plain.text.partition("\n\n")[0]
    assert (
        below == f"Yth. Bapak Sari,\n\nKABAR BAIK\n\n- satu\n- dua\n\nLihat:\n\n  Tautan : {URL}\n"
    )
    assert "<li" in edited.html and f'<a href="{URL}"' in edited.html
    assert (edited.to, edited.subject, edited.message_id) == (
        plain.to, plain.subject, plain.message_id,
    )  # fmt: skip
    assert edited.source == typed


@given(typed=TYPED)
def test_whatever_is_typed_is_text(typed: str) -> None:
    plain = compose("published", published(), paper())
    edited = compose_edited(typed, "published", published(), paper())
    assert edited.text.startswith(plain.text.partition("\n\n")[0] + "\n\n")  # number and status
    assert set(re.findall(r'<a href="([^"]*)"', edited.html)) <= {URL}
    assert "<script" not in edited.html and "<a href='" not in edited.html
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\ue000-\ue002]", edited.text)
    own = [
        block for block in read_source(edited.source, frozenset({URL})) if block.kind != "status"
    ]
    said = [span for block in own for row in block.rows for span in (*row.label, *row.value)]
    assert all(span.text == URL if span.link else not SCHEME.search(span.text) for span in said)
    assert edited.raw.split(b"\r\n\r\n")[0] == plain.raw.split(b"\r\n\r\n")[0]


@given(typed=TYPED)
def test_tidying_twice_is_tidying_once(typed: str) -> None:
    assert tidy_source(tidy_source(typed)) == tidy_source(typed)


@pytest.mark.parametrize(
    "line", ["* bukan butir", "1. bukan hal", "\\x", "# bukan status", "= a | b"]
)
def test_a_paragraph_that_looks_like_a_sign_stays_one(line: str) -> None:
    context = LetterContext(language="id", to="a@b.example", number="W-2026-0001", note=line)
    source = write_source(blocks("declined", context, paper())) + "\n\n\\" + line
    last = read_source(source)[-1]
    assert (last.kind, words(last.rows[0].value)) == ("paragraph", line)


@pytest.mark.parametrize(
    ("length", "goes"), [(0, False), (39, False), (40, True), (6_000, True), (6_001, False)]
)
def test_a_letter_says_something_and_not_too_much(length: int, goes: bool) -> None:
    typed = ("kata " * 1_300)[: length - 1] + "x" if length else ""
    if goes:
        compose_edited(typed, "declined", published(), paper())
        return
    with pytest.raises(IllegalMove, match="characters; at least"):
        compose_edited(typed, "declined", published(), paper())


def test_a_fingerprint_tells_facts_from_words() -> None:
    one = fingerprint(published(), "Terima kasih.")
    assert one == fingerprint(published(), "Terima kasih. \n")
    assert has_same_facts(one, fingerprint(published(), "Terima kasih banyak."))
    other = LetterContext(language="id", to="sari@example.org", number="W-2026-0001")
    assert not has_same_facts(one, fingerprint(other, "Terima kasih."))
