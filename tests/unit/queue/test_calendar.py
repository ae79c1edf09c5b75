"""A month of publication."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.domain.publications import PublicationState
from desk.presentation.publication.calendar import bounds_of, make_month
from desk.store.publications.lists import Planned
from publisher.site.publication import Day

JAKARTA = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 26, 5, tzinfo=UTC)


def days(*rows: Planned) -> dict[date, Day]:
    weeks = make_month(rows, 2026, 11, zone=JAKARTA, days_off=(date(2026, 11, 25),))
    return {day.day: day for week in weeks for day in week}


def planned(
    at: datetime,
    number: int = 1,
    state: PublicationState | None = "planned",
    *,
    there: bool = False,
) -> Planned:
    return Planned(
        at=at, number=f"W-2026-{number:04}", headline="Warga", state=state, is_there=there
    )


def test_weeks_are_whole_and_begin_on_monday() -> None:
    weeks = make_month((), 2026, 11, zone=JAKARTA)
    assert {len(week) for week in weeks} == {7}
    assert {week[0].day.weekday() for week in weeks} == {0}
    assert sum(day.in_month for week in weeks for day in week) == 30


def test_a_day_is_the_redaksi_s() -> None:
    late = datetime(2026, 11, 25, 18, tzinfo=UTC)  # 01.00 of the 26th at Jakarta
    assert [item.number for item in days(planned(late))[date(2026, 11, 26)].items] == [
        "W-2026-0001"
    ]


def test_six_are_shown_and_the_rest_is_counted() -> None:
    rows = [planned(NOON + timedelta(minutes=at), at) for at in range(9)]
    day = days(*rows)[date(2026, 11, 26)]
    assert (len(day.items), day.more) == (6, 3)


def test_weekends_and_days_off_are_marked() -> None:
    marked = {day.day.day for day in days().values() if day.is_off and day.in_month}
    assert marked == {1, 7, 8, 14, 15, 21, 22, 25, 28, 29}


@pytest.mark.parametrize(
    ("state", "there", "kind"),
    [
        ("planned", False, "planned"),
        ("due", False, "planned"),
        ("asking", False, "asking"),
        ("failed", True, "failed"),
        ("standing", True, "standing"),
        ("due", True, "standing"),  # it is being corrected
        (None, False, "planned"),
    ],
)
def test_each_has_its_kind(state: PublicationState | None, there: bool, kind: str) -> None:
    assert days(planned(NOON, 1, state, there=there))[date(2026, 11, 26)].items[0].kind == kind


def test_a_month_ends_where_the_next_begins() -> None:
    assert bounds_of(2026, 12, JAKARTA)[1] == bounds_of(2027, 1, JAKARTA)[0]
