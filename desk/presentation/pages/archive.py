"""What is settled, month by month, and mails that are no submission."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.app import App
from desk.presentation.errands.asking import Asking, describe_all
from desk.presentation.pages.queue_list import ListRow, make_rows
from desk.presentation.queue_site import describe_passed
from desk.store.submissions.queue_filter import Key, QueueFilter, find_bounds, queue_page
from publisher.site.pages import Passed


class Month(Struct, frozen=True, order=True):
    """A month of the redaksi's calendar."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def move(self, by: int) -> "Month":
        """So many months later."""
        year, month = divmod(self.year * 12 + self.month - 1 + by, 12)
        return Month(year, month + 1)

    def begin(self, zone: ZoneInfo) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.month, 1, tzinfo=zone)


class ArchivePage(Struct, frozen=True, kw_only=True):
    """A page of a month. `newer`, `older`: the months beside it that the archive reaches to."""

    month: Month | None  # None: nothing is settled yet
    rows: tuple[ListRow, ...] = ()
    newer: Month | None = None
    older: Month | None = None
    after: Key | None = None


class MailRow(Struct, frozen=True, kw_only=True):
    """A mail that is no submission. `number`: what the commands call it; `revision`, `version`: what
    is decided on."""

    number: str
    passed: Passed
    revision: int
    version: int
    asking: Asking


class MailsPage(Struct, frozen=True, kw_only=True):
    """A page of them, the newest first."""

    rows: tuple[MailRow, ...]
    after: Key | None = None


def archive_page(app: App, zone: ZoneInfo, month: Month | None, after: Key | None) -> ArchivePage:
    """A page of what was received in a month of `zone`, the newest first; None: the newest month
    there is."""
    now = app.clock()
    with app.store.read() as tx:
        bounds = find_bounds(tx)
        if bounds is None:
            return ArchivePage(month=month)
        first, last = (_month_of(at, zone) for at in bounds)
        shown = month or last
        wanted = QueueFilter(
            view="archive",
            since=shown.begin(zone),
            until=shown.move(1).begin(zone),
            newest_first=True,
            after=after,
        )
        found = queue_page(tx, wanted)
        return ArchivePage(
            month=shown,
            rows=make_rows(app, found.rows, found.keys, now),
            newer=max(shown.move(1), first) if shown < last else None,
            older=min(shown.move(-1), last) if first < shown else None,
            after=found.after,
        )


def mails_page(app: App, after: Key | None) -> MailsPage:
    """A page of the mails that are no submission."""
    with app.store.read() as tx:
        found = queue_page(tx, QueueFilter(view="mails", newest_first=True, after=after))
        asking = describe_all(tx, found.rows, app.config.language)
    rows = [
        MailRow(
            number=row.number,
            passed=describe_passed(row, app.config.language),
            revision=row.latest_revision,
            version=row.version,
            asking=asking[row.id],
        )
        for row in found.rows
    ]
    return MailsPage(rows=tuple(rows), after=found.after)


def _month_of(at: datetime, zone: ZoneInfo) -> Month:
    here = at.astimezone(zone)
    return Month(here.year, here.month)
