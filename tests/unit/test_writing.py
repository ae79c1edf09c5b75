"""When a letter may leave: the quiet hours, in the redaksi's own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from desk.domain.rate_limit import skip_quiet_hours

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def at(moment: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("quiet", "now", "leaves"),
    [
        ("21:00-06:00", "2026-11-23T20:59", "2026-11-23T20:59"),
        ("21:00-06:00", "2026-11-23T21:00", "2026-11-24T06:00"),
        ("21:00-06:00", "2026-11-24T00:00", "2026-11-24T06:00"),
        ("21:00-06:00", "2026-11-24T05:59", "2026-11-24T06:00"),
        ("21:00-06:00", "2026-11-24T06:00", "2026-11-24T06:00"),
        ("21:00-06:00", "2026-12-31T23:00", "2027-01-01T06:00"),
        ("12:00-13:00", "2026-11-23T12:30", "2026-11-23T13:00"),
        ("12:00-13:00", "2026-11-23T11:59", "2026-11-23T11:59"),
        ("", "2026-11-24T03:00", "2026-11-24T03:00"),
    ],
)
def test_a_letter_waits_for_the_end_of_the_quiet_hours(
    quiet: str, now: str, leaves: str, zone: str
) -> None:
    assert skip_quiet_hours(quiet, at(now, zone)) == at(leaves, zone)
