"""When a mail arrived: the server's word, where it can be believed."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.domain.arrival import find_arrival

FETCHED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("earlier", [MINUTE, 5 * MINUTE, DAY, 9 * DAY, 400 * DAY])
def test_an_outage_of_ours_is_not_hidden(earlier: timedelta) -> None:
    assert find_arrival(FETCHED - earlier, FETCHED) == FETCHED - earlier


@pytest.mark.parametrize(
    "absurd",
    [
        None,
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2000, 1, 1, tzinfo=UTC),
        datetime(2038, 1, 19, tzinfo=UTC),
        datetime(9999, 12, 31, tzinfo=UTC),
        FETCHED + MINUTE,  # the server's clock is ahead of ours
        FETCHED + 3650 * DAY,
        FETCHED - 3650 * DAY,
    ],
)
def test_what_cannot_be_so_is_our_fetch(absurd: datetime | None) -> None:
    assert find_arrival(absurd, FETCHED) == FETCHED


def test_another_zone_is_the_same_instant() -> None:
    jayapura = datetime(2026, 11, 24, 17, 0, tzinfo=UTC).astimezone()
    assert find_arrival(jayapura, FETCHED + DAY) == jayapura
