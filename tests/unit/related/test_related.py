"""desk.domain.related: which articles go together."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from desk.domain.related import (
    MOST_WORDS,
    Match,
    choose_related,
    find_terms,
    keep_words,
)
from publisher.articles.edition import Amendments, Edition
from tests.unit.articles.editions import assess, compose
from tests.unit.related.labelled import ARTICLES, Labelled

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def make_edition(text: str, province: str = "Kalimantan Barat", headline: str = "Judul") -> Edition:
    body = "\n\n".join(" ".join(part.split()) for part in text.split(".\n"))
    return compose(
        assess("Isi.", photos=()), Amendments(headline=headline, body=body), province=province
    )


def make_labelled(article: Labelled) -> Edition:
    return make_edition(article.text, article.province, article.headline)


EDITIONS = {name: make_labelled(article) for name, article in ARTICLES.items()}


def keep(names: list[str]) -> dict[str, dict[str, bool]]:
    """What each keeps when it stands, one after another."""
    kept: dict[str, dict[str, bool]] = {}
    for name in names:
        terms = find_terms(EDITIONS[name])
        counts = {word: sum(word in other for other in kept.values()) for word in terms.words}
        words = keep_words(terms, counts)
        kept[name] = dict.fromkeys(terms.places, True) | dict.fromkeys(words, False)
    return kept


def relate(name: str) -> list[str]:
    """The articles that go with one, all others standing."""
    others = [other for other in ARTICLES if other != name]
    asked = find_terms(EDITIONS[name]).all
    matches = [
        Match(submission_id=at, term=term, is_place=is_place, since=NOW + timedelta(days=at))
        for at, kept in enumerate(keep(others).values())
        for term, is_place in kept.items()
        if term in asked
    ]
    return [others[at] for at in choose_related(matches, len(others))]


def test_the_first_related_is_the_one_an_editor_would_link() -> None:
    firsts = {name: next(iter(relate(name)), "") for name in ARTICLES}
    right = [name for name, article in ARTICLES.items() if firsts[name] == article.first]
    assert len(right) >= 10, {n: firsts[n] for n in ARTICLES if n not in right}


def test_nothing_of_another_province_goes_with_an_article() -> None:
    """They share words ("IPAL komunal"), no place."""
    for name, article in ARTICLES.items():
        assert {ARTICLES[other].province for other in relate(name)} == {article.province}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Warga Kelurahan Siantan Hulu, Kecamatan Pontianak Utara.", {"siantan hulu", "pontianak utara"}),
        ("Kelurahan Lette Kecamatan Mariso", {"lette", "mariso"}),
        ("Kel. Lette Minggu (15/11)", {"lette"}),
        ("Desa Parit Baru Kabupaten Kubu Raya", {"parit baru", "kabupaten kubu raya"}),
        ("di RW Siliwangi dan RW 05", {"siliwangi"}),
        ("KELURAHAN SEKIP LAMA", {"sekip lama"}),
        ("pemerintah desa dan kelurahan setempat", set()),
    ],
)  # fmt: skip
def test_places(text: str, places: set[str]) -> None:
    assert find_terms(make_edition(text)).places == places | {"kalimantan barat"}
    assert find_terms(make_edition(text, province="")).places == places


def test_words_are_those_that_say_something() -> None:
    terms = find_terms(
        make_edition("Warga membuat drainase; drainasenya 240 meter di Kota Pontianak")
    )
    assert terms.words == {"drainase": 2, "judul": 1}


def test_the_rarest_words_are_kept_and_of_those_the_most_used() -> None:
    terms = find_terms(
        make_edition("lumpur lumpur " + " ".join(f"kata{c}aaa" for c in "abcdef" * 6))
    )
    assert keep_words(terms, {"judul": 5, "lumpur": 9})[-2:] == ("judul", "lumpur")
    many = find_terms(make_edition(" ".join(make_words(40)) + " lumpur lumpur"))
    kept = keep_words(many, {})
    assert len(kept) == MOST_WORDS
    assert kept[0] == "lumpur"


def make_words(number: int) -> Iterator[str]:
    letters = "abcdefghij"
    yield from (f"zz{letters[n // 10]}{letters[n % 10]}zz" for n in range(number))


def match(submission: int, *terms: str, days: int = 0) -> Iterator[Match]:
    """Places begin with a capital."""
    for term in terms:
        yield Match(
            submission_id=submission,
            term=term,
            is_place=term[0].isupper(),
            since=NOW + timedelta(days=days),
        )


@pytest.mark.parametrize(
    ("matches", "chosen"),
    [
        ([*match(1, "Lette", "abon"), *match(2, "abon", "tuna")], (1,)),  # 2 shares no place
        ([*match(1, "Lette")], ()),  # one term is an accident
        ([*match(1, "Lette", "Makassar")], (1,)),
        # the rarer place weighs more
        (
            [*match(1, "Makassar", "Lette"), *match(2, "Makassar", "abon"), *match(3, "Makassar", "abon")],
            (1, 3, 2),
        ),
        # a place weighs twice what a word does
        (
            [*match(1, "Lette", "Makassar"), *match(2, "Makassar", "tuna", "teri"), *match(3, "teri")],
            (1, 2),
        ),
        ([*match(1, "Lette", "abon", days=1), *match(2, "Lette", "abon", days=2)], (2, 1)),
        ([each for n in range(9) for each in match(n, "Lette", "abon", days=n)], (8, 7, 6)),
        ([], ()),
    ],
)  # fmt: skip
def test_what_is_chosen(matches: list[Match], chosen: tuple[int, ...]) -> None:
    assert choose_related(matches, 10) == chosen


def test_where_all_share_a_term_it_weighs_nothing() -> None:
    everywhere = [each for n in (1, 2) for each in match(n, "Lette", "abon", days=n)]
    assert choose_related(everywhere, 2) == (2, 1)
