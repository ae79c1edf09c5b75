"""A month of publication as a grid of days: the model of *Jadwal*. Pure."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.store.publications.lists import Planned
from redaksi.text.workdays import is_working

MOST = 6  # articles of a day that are shown
Kind = Literal["planned", "asking", "failed", "standing"]


class Item(Struct, frozen=True, kw_only=True):
    """An article on its day."""

    at: datetime  # in the redaksi's zone
    number: str
    headline: str
    kind: Kind


class Day(Struct, frozen=True, kw_only=True):
    """A day of the grid. `more`: articles that are not shown. `is_off`: nobody works."""

    day: date
    in_month: bool
    is_off: bool
    items: tuple[Item, ...] = ()
    more: int = 0


def bounds_of(year: int, month: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a month begins and the next one does, in the redaksi's zone."""
    following = (year + month // 12, month % 12 + 1)
    first, after = date(year, month, 1), date(*following, 1)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def make_month(
    rows: Sequence[Planned],
    year: int,
    month: int,
    *,
    zone: ZoneInfo,
    country: str = "",
    days_off: Collection[date] = (),
) -> tuple[tuple[Day, ...], ...]:
    """The weeks of a month, from Monday on, filled up with the days around it; `rows` in order."""
    items: dict[date, list[Item]] = defaultdict(list)
    for row in rows:
        at = row.at.astimezone(zone)
        shown = Item(at=at, number=row.number, headline=row.headline, kind=_name_kind(row))
        items[at.date()].append(shown)
    return tuple(
        tuple(
            Day(
                day=day,
                in_month=day.month == month,
                is_off=not is_working(day, country, days_off),
                items=tuple(items[day][:MOST]),
                more=max(0, len(items[day]) - MOST),
            )
            for day in week
        )
        for week in Calendar().monthdatescalendar(year, month)
    )


def _name_kind(row: Planned) -> Kind:
    if row.state == "failed":
        return "failed"
    if row.state == "asking" or row.is_held:
        return "asking"
    return "standing" if row.is_there else "planned"
