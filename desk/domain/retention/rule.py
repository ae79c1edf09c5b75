"""On which day the data of a submission goes: the one rule, for letters that name the day and for the
purge that keeps it. Pure.

A submission is settled in one state, for that state's days, counted in the redaksi's zone from the
day it came into it. It goes in the night that begins its day (`HOUR`). Nothing goes that is open, that
a letter or an article is still under way for, and nothing before a day that a letter named.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from redaksi.states import State

HOUR = time(3, 0)  # in the redaksi's zone
# a letter in one of these has ended; "unknown" waits for an editor to say what became of it
ENDED_LETTERS = frozenset({"sent", "failed", "dropped"})
# a target in one of these moves no more; what stands may stand only of what is published
_DOWN = frozenset({"down", "cancelled"})
_RESTS = _DOWN | {"standing"}


class Standing(Struct, frozen=True, kw_only=True):
    """What tells when a submission's data goes. `since`: when it came into its state;
    `letters`, `publications`: the states of those about it; `kept_until`: the last of the days that
    letters named; `asked`: an editor's errand has not ended."""

    state: State
    since: datetime
    letters: frozenset[str] = frozenset()
    publications: frozenset[str] = frozenset()
    kept_until: date | None = None
    asked: bool = False


def find_day(since: datetime, period: timedelta, zone: ZoneInfo) -> date:
    """The day on which it goes, counted from `since`."""
    return since.astimezone(zone).date() + period


def find_day_of(
    standing: Standing, periods: Mapping[State, timedelta], zone: ZoneInfo
) -> date | None:
    """The day on which a submission's data goes; None while nobody can say."""
    period = periods.get(standing.state)
    rest = _RESTS if standing.state == "published" else _DOWN
    moves = bool(standing.letters - ENDED_LETTERS or standing.publications - rest)
    if period is None or moves or standing.asked:
        return None
    day = find_day(standing.since, period, zone)
    return max(day, standing.kept_until) if standing.kept_until else day


def find_last_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """When the last night's purge was to begin."""
    here = now.astimezone(zone)
    last = datetime.combine(here.date(), HOUR, tzinfo=zone)
    if last > here:
        last = datetime.combine(here.date() - timedelta(days=1), HOUR, tzinfo=zone)
    return last
