"""On which day it goes: a table, and the laws that hold whatever happened."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.publications import PublicationState
from desk.domain.retention.rule import Standing, find_day, find_day_of, find_last_hour
from desk.store.tables import LetterState
from redaksi.config.bounds import Retention
from redaksi.states import OPEN, STATES, State

PERIODS = Retention().periods()
JAKARTA, JAYAPURA = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
EVENING = datetime(2026, 11, 30, 16, 30, tzinfo=UTC)  # 23:30 at Jakarta, 01:30 at Jayapura
LETTERS, TARGETS = get_args(LetterState), get_args(PublicationState)


@pytest.mark.parametrize(
    ("state", "day"),
    [
        ("published", date(2028, 1, 4)),
        ("declined", date(2027, 2, 28)),
        ("expired", date(2027, 2, 28)),
        ("withdrawn", date(2026, 12, 30)),
        ("quarantined", date(2026, 12, 30)),
        ("not_a_submission", date(2026, 12, 30)),
        ("failed", None),
        *((state, None) for state in sorted(OPEN)),
    ],
)
def test_each_state_has_its_day(state: State, day: date | None) -> None:
    assert find_day_of(Standing(state=state, since=EVENING), PERIODS, JAKARTA) == day


def test_days_are_the_redaksis() -> None:
    assert find_day(EVENING, timedelta(days=30), JAYAPURA) == date(2026, 12, 31)


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_that_has_not_ended_keeps_it(letter: LetterState) -> None:
    standing = Standing(state="declined", since=EVENING, letters=frozenset({"sent", letter}))
    goes = find_day_of(standing, PERIODS, JAKARTA) is not None
    assert goes == (letter in {"sent", "failed", "dropped"})


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_moves_keeps_it(target: PublicationState) -> None:
    """What stands may stand of what is published; of what was withdrawn something is still public."""
    targets = frozenset({target})
    published = Standing(state="published", since=EVENING, publications=targets)
    withdrawn = Standing(state="withdrawn", since=EVENING, publications=targets)
    goes = find_day_of(published, PERIODS, JAKARTA) is not None
    assert goes == (target in {"standing", "down", "cancelled"})
    goes = find_day_of(withdrawn, PERIODS, JAKARTA) is not None
    assert goes == (target in {"down", "cancelled"})


@pytest.mark.parametrize(("named", "day"), [(40, 40), (30, 30), (20, 30)])
def test_a_day_that_a_letter_named_is_kept(named: int, day: int) -> None:
    until = find_day(EVENING, timedelta(days=named), JAKARTA)
    standing = Standing(state="withdrawn", since=EVENING, kept_until=until)
    found = find_day_of(standing, PERIODS, JAKARTA)
    assert found == find_day(EVENING, timedelta(days=day), JAKARTA)


@given(
    state=st.sampled_from(STATES),
    since=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    letters=st.frozensets(st.sampled_from(LETTERS)),
    targets=st.frozensets(st.sampled_from(TARGETS)),
    asked=st.booleans(),
    zone=st.sampled_from([JAKARTA, JAYAPURA, ZoneInfo("America/New_York")]),
)
def test_never_before_its_days_are_over(
    state: State,
    since: datetime,
    letters: frozenset[str],
    targets: frozenset[str],
    asked: bool,
    zone: ZoneInfo,
) -> None:
    standing = Standing(
        state=state, since=since, letters=letters, publications=targets, asked=asked
    )
    day = find_day_of(standing, PERIODS, zone)
    if day is None:
        return
    assert state in PERIODS and state not in OPEN and not asked
    assert day - since.astimezone(zone).date() == PERIODS[state]


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-12-01T19:59:59", "2026-11-30T20:00:00"),  # 02:59 at Jakarta
        ("2026-12-01T20:00:00", "2026-12-01T20:00:00"),
        ("2026-12-02T05:00:00", "2026-12-01T20:00:00"),
    ],
)
def test_the_last_night_began_at_three(now: str, night: str) -> None:
    found = find_last_hour(datetime.fromisoformat(now).replace(tzinfo=UTC), JAKARTA)
    assert found == datetime.fromisoformat(night).replace(tzinfo=UTC)
