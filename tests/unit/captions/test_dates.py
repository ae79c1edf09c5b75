"""The days that words and names tell."""

import pytest

from ingest.read.captions.matching.dates import day_of_photo, days_in_words


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Minggu (15/11)", {(11, 15)}),
        ("15 November, lalu 2 Des", {(11, 15), (12, 2)}),
        ("17-8-2026", {(8, 17)}),
        ("skor 15/13", set()),
        ("nomor 40/11", set()),
        ("0/11", set()),
        ("perbandingan 1/2/3/4", set()),
    ],
)
def test_days_in_words(words: str, days: set[tuple[int, int]]) -> None:
    assert days_in_words(words) == days


@pytest.mark.parametrize(
    ("name", "captured", "day"),
    [
        ("IMG-20261115-WA0003.jpg", "", (11, 15)),
        ("IMG-20261115-WA0003.jpg", "2026-11-14T08:12:00", (11, 14)),
        ("IMG_2041.jpg", "", None),
        ("20261345_101500.jpg", "", None),
    ],
)
def test_the_day_of_a_photo(name: str, captured: str, day: tuple[int, int] | None) -> None:
    assert day_of_photo(name, captured) == day
