"""The calendar's pages: a month each, half a year back and as far ahead as anything is planned. Only
those are written in which something is another."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from publisher.site.files import replace
from publisher.site.pages import CALENDAR, FILES, Entry, View
from publisher.site.publication import Weeks
from publisher.site.render import Render
from publisher.site.site_state import SiteState

BACK, AHEAD = 6, 14  # months; an article is planned at most 400 days ahead
Months = Callable[[Sequence[str]], Mapping[str, Weeks]]
_VIEWS: tuple[View, ...] = ("scheduled", "published")
_PAGE = re.compile(r"jadwal-\d{4}-\d{2}\.html")


def months_shown(current: str) -> tuple[str, ...]:
    """The months that have a page, oldest first; `current` is the one that is ("2026-11")."""
    year, month = map(int, current.split("-"))
    begin = 12 * year + month - 1
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(begin - BACK, begin + AHEAD + 1))


def file_of_month(month: str, current: str) -> str:
    """The file of a month: "jadwal.html" is the one that is."""
    return CALENDAR if month == current else f"jadwal-{month}.html"


def files_of(current: str) -> set[str]:
    """Every file of the calendar."""
    return {file_of_month(month, current) for month in months_shown(current)}


def write_calendar(
    folder: Path,
    before: SiteState,
    current: str,
    touched: Iterable[str],
    months: Months,
    render: Render,
) -> None:
    """Write the months that were touched, all of them where it is another month than it was."""
    shown = months_shown(current)
    if before.calendar == current:
        shown = tuple(month for month in shown if month in set(touched))
    else:
        _forget(folder, current)
    found = months(shown) if shown else {}
    for month in shown:
        page = _page_of(month, current, found[month], render)
        replace(folder / file_of_month(month, current), page)


def touched_months(
    before: SiteState, changed: Mapping[int, Entry | None], zone: ZoneInfo
) -> Iterator[str]:
    """The months in which a changed row stands, or stood."""
    for identifier, entry in changed.items():
        for each in (entry, before.entries.get(identifier)):
            yield from _months_of(each, zone)
    for name, series in before.series.items():
        view, _, month = name.partition("/")
        rows = (row for part in series.parts for row in part.rows)
        if view == "published" and any(identifier in changed for _, identifier in rows):
            yield month


def _months_of(entry: Entry | None, zone: ZoneInfo) -> Iterator[str]:
    for view, at in entry.places if entry else ():
        if view in _VIEWS:
            yield month_at(at, zone)


def month_at(at: datetime, zone: ZoneInfo) -> str:
    """The month of an instant, as people there call it."""
    return f"{at.astimezone(zone):%Y-%m}"


def _page_of(month: str, current: str, weeks: Weeks, render: Render) -> bytes:
    shown = months_shown(current)
    at = shown.index(month)
    before, after = (
        file_of_month(shown[one], current) if 0 <= one < len(shown) else ""
        for one in (at - 1, at + 1)
    )
    return render(
        "calendar.html.j2",
        tab="calendar",
        month=month,
        weeks=weeks,
        before=before,
        after=after,
        now="" if month == current else CALENDAR,
        files=FILES,
        counts={},
    )


def _forget(folder: Path, current: str) -> None:
    """Remove the months that are too long ago."""
    kept = files_of(current)
    for page in folder.glob("jadwal-*.html"):
        if _PAGE.fullmatch(page.name) and page.name not in kept:
            page.unlink()
