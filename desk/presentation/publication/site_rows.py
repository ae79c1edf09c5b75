"""What the generated site reads of publication: what stands at the leading target, and months of its
calendar."""

from collections.abc import Mapping, Sequence

from desk.app import App
from desk.presentation.publication.calendar import bounds_of, make_month
from desk.presentation.publication.published import make_published
from desk.store import Transaction
from desk.store.publications.lists import find_published, list_month, page_published
from publisher.site.publication import PublishedRow, Weeks


def find_rows(tx: Transaction, app: App, ids: Sequence[int]) -> Mapping[int, PublishedRow]:
    """Those of these submissions that stand; one query."""
    found = find_published(tx, _leading(app), ids)
    return {one: make_published(row, app.config.language) for one, row in found.items()}


def newest_rows(tx: Transaction, app: App) -> Sequence[PublishedRow]:
    """What began to stand last, without what nobody knows the date of; one query."""
    found = page_published(tx, _leading(app)).rows
    return tuple(make_published(row, app.config.language) for row in found if row.since)


def find_months(tx: Transaction, app: App, names: Sequence[str]) -> Mapping[str, Weeks]:
    """These months ("2026-11"), in order; two queries for all of them."""
    zone, queue = app.config.zone, app.config.queue
    months = {name: _read_month(name) for name in names}
    bounds = {name: bounds_of(*month, zone) for name, month in months.items()}
    rows = list_month(tx, _leading(app), bounds[names[0]][0], bounds[names[-1]][1])
    return {
        name: make_month(
            [row for row in rows if begin <= row.at < end],
            *months[name],
            zone=zone,
            country=queue.holidays,
            days_off=queue.days_off,
        )
        for name, (begin, end) in bounds.items()
    }


def _read_month(name: str) -> tuple[int, int]:
    year, month = name.split("-")
    return int(year), int(month)


def _leading(app: App) -> str:
    return app.config.publish.targets[0].id
