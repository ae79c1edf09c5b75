"""A month of publication as a grid of days: the model of *Jadwal*. Pure."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from desk.presentation.publication.states import key_of_state, name_doing
from desk.store.publications.lists import Planned
from publisher.site.publication import Day, Item, Kind, Weeks
from redaksi.text import clean
from redaksi.text.workdays import is_working

MOST = 6  # articles of a day that are shown


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
) -> Weeks:
    """The weeks of a month, from Monday on, filled up with the days around it; `rows` in order."""
    items: dict[date, list[Item]] = defaultdict(list)
    for row in rows:
        at = row.at.astimezone(zone)
        shown = Item(
            at=at,
            number=row.number,
            headline=clean.line(row.headline, 160),
            kind=_name_kind(row),
            word=_name_word(row),
        )
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


def _name_word(row: Planned) -> str:
    doing = name_doing(row.wanted, is_behind=row.is_behind)
    return key_of_state(row.state or "planned", doing, row.code)
