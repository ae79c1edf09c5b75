"""Numbers, days, instants and lists as Indonesian and British readers write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from redaksi.text import locale


def test_numbers_are_grouped_as_the_language_groups_them() -> None:
    assert [locale.format_number(n, "id") for n in (7, 2310, 1234567)] == [
        "7",
        "2.310",
        "1.234.567",
    ]
    assert locale.format_number(2310, "en") == "2,310"


def test_decimals_keep_their_digits() -> None:
    assert [locale.format_decimal(told, "id") for told in ("1.15", "12", "0.8", "1.1234")] == [
        "1,15",
        "12",
        "0,8",
        "1,1234",
    ]
    assert locale.format_decimal("1.15", "en") == "1.15"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Jakarta", "Senin, 23 November 2026, pukul 14.05 WIB"),
        ("Asia/Makassar", "Senin, 23 November 2026, pukul 15.05 WITA"),
        ("Asia/Jayapura", "Senin, 23 November 2026, pukul 16.05 WIT"),
        ("UTC", "Senin, 23 November 2026, pukul 07.05 UTC"),
    ],
)
def test_instants_are_told_in_the_readers_zone(zone: str, said: str) -> None:
    instant = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    assert locale.format_instant(instant, "id", ZoneInfo(zone)) == said


def test_pages_tell_instants_shortly() -> None:
    instant = datetime(2026, 8, 3, 17, 5, tzinfo=UTC)
    assert locale.format_moment(instant, "id", ZoneInfo("Asia/Jayapura")) == "4 Agu 2026, 02.05 WIT"
    assert locale.format_moment(instant, "en", ZoneInfo("Asia/Jakarta")) == "4 Aug 2026, 00:05 WIB"


def test_days_of_a_week_and_months_of_a_year_have_their_names() -> None:
    assert locale.format_day(date(2026, 8, 17), "id") == "Senin, 17 Agustus 2026"
    assert locale.format_day(date(2027, 2, 7), "id") == "Minggu, 7 Februari 2027"
    assert locale.format_day(date(2026, 12, 25), "en") == "Friday, 25 December 2026"


def test_lists_read_as_sentences() -> None:
    assert locale.format_list(["a"], "id") == "a"
    assert locale.format_list(["a", "b"], "id", "or") == "a atau b"
    assert locale.format_list(["a", "b", "c"], "id") == "a, b, dan c"
    assert locale.format_list(["a", "b", "c"], "en") == "a, b and c"
    assert locale.format_list([], "id") == ""


def test_english_counts_one_and_indonesian_counts_nothing_apart() -> None:
    assert [locale.choose_plural(n, "day", "days", "en") for n in (0, 1, 2)] == [
        "days",
        "day",
        "days",
    ]
    assert [locale.choose_plural(n, "satu", "hari", "id") for n in (1, 2)] == ["hari", "hari"]
