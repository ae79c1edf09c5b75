"""Which publication dates an editor may choose."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.domain.moments import check_moment
from redaksi.errors import IllegalMove

NOW = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.mark.parametrize(
    "ahead",
    [timedelta(minutes=-5), timedelta(0), timedelta(minutes=1), timedelta(days=400)],
)
def test_what_is_now_or_within_400_days_may_be_chosen(ahead: timedelta) -> None:
    check_moment(NOW + ahead, NOW, JAKARTA)


def test_a_date_of_last_year_is_refused_and_said_in_words() -> None:
    last_year = datetime(2025, 1, 5, 2, 0, tzinfo=UTC)
    with pytest.raises(IllegalMove) as refused:
        check_moment(last_year, NOW, JAKARTA)
    said = refused.value.say("id")
    assert "Minggu, 5 Januari 2025, pukul 09.00 WIB sudah lewat" in said
    assert "published --url" in said
    assert "Sunday, 5 January 2025, 09:00 WIB" in refused.value.say("en")


def test_a_year_that_is_a_slip_is_refused() -> None:
    with pytest.raises(IllegalMove) as refused:
        check_moment(NOW + timedelta(days=401), NOW, JAKARTA)
    assert "betulkan tahunnya" in refused.value.say("id")
