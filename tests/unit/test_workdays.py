"""Working days of an Indonesian redaksi."""

from datetime import date

import pytest

from redaksi.text.workdays import count, is_working


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),  # a Friday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 8, 17), False),  # independence day, a Monday
        (date(2026, 3, 23), False),  # joint leave of Idul Fitri, a Monday
        (date(2026, 12, 24), False),  # joint leave of Christmas, a Thursday
    ],
)
def test_weekends_holidays_and_joint_leave_are_no_working_days(day: date, works: bool) -> None:
    assert is_working(day, "ID") is works


def test_without_a_country_only_the_week_counts() -> None:
    assert is_working(date(2026, 8, 17))


def test_a_day_off_of_the_redaksi_is_none() -> None:
    assert not is_working(date(2026, 11, 27), "ID", [date(2026, 11, 27)])


def test_working_days_are_counted_after_one_day_up_to_another() -> None:
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert [count(friday, friday), count(friday, monday), count(friday, date(2026, 12, 2))] == [
        0,
        1,
        3,
    ]
    assert count(date(2026, 8, 14), date(2026, 8, 18), "ID") == 1  # Monday was independence day


def test_a_country_nobody_knows_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        is_working(date(2026, 11, 27), "XX")
