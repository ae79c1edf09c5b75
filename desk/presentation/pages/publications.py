"""*Jadwal* and *Terbit*, as an editor sees them: in the reader's language and zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.app import App
from desk.presentation.publication.calendar import bounds_of
from desk.presentation.publication.published import make_published
from desk.presentation.publication.site_rows import find_months
from desk.store.publications.lists import Key, page_published
from publisher.site.publication import PublishedRow, Weeks

_EARLIEST, _LATEST = 2000, 2199  # years that a calendar is asked of


class MonthOf(Struct, frozen=True, kw_only=True):
    """A month of the calendar and its neighbours, by name ("2026-11"); "" beyond the last."""

    name: str
    current: str
    before: str
    after: str
    weeks: Weeks


class PublishedList(Struct, frozen=True, kw_only=True):
    """A page of what stands. `after`: where the next one begins; None for the last."""

    rows: tuple[PublishedRow, ...]
    after: Key | None = None


class Asked(Struct, frozen=True, kw_only=True):
    """Which of what stands is to be shown. `province`: "" for none known, None for all; `month`:
    "" for all."""

    province: str | None = None
    month: str = ""
    after: Key | None = None


def read_month(name: str) -> tuple[int, int] | None:
    """ "2026-11" as a year and a month; None for what is none that a calendar has."""
    year, dash, month = name.partition("-")
    digits = year + month
    if not (dash and digits.isascii() and digits.isdecimal() and (len(year), len(month)) == (4, 2)):
        return None
    is_one = _EARLIEST <= int(year) <= _LATEST and 1 <= int(month) <= 12
    return (int(year), int(month)) if is_one else None


def name_month(now: datetime, zone: ZoneInfo) -> str:
    """The month that it is there."""
    return f"{now.astimezone(zone):%Y-%m}"


def open_month(app: App, name: str) -> MonthOf | None:
    """A month; None for what is none. A day is one of the reader's zone; two queries."""
    read = read_month(name)
    if read is None:
        return None
    with app.store.read() as tx:
        weeks = find_months(tx, app, [name])[name]
    return MonthOf(
        name=name,
        current=name_month(app.clock(), app.config.zone),
        before=_step(*read, -1),
        after=_step(*read, 1),
        weeks=weeks,
    )


def _step(year: int, month: int, by: int) -> str:
    at = 12 * year + month - 1 + by
    name = f"{at // 12:04}-{at % 12 + 1:02}"
    return name if read_month(name) else ""


def list_published(app: App, asked: Asked) -> PublishedList:
    """A page of what stands at the leading target, the newest first; one query."""
    read = read_month(asked.month)
    since, until = bounds_of(*read, app.config.zone) if read else (None, None)
    target = app.config.publish.targets[0].id
    with app.store.read() as tx:
        found = page_published(
            tx, target, province=asked.province, since=since, until=until, after=asked.after
        )
    rows = tuple(make_published(row, app.config.language) for row in found.rows)
    return PublishedList(rows=rows, after=found.after)
