"""The archive, month by month, and mails that are no submission."""

import re
from urllib.parse import urlencode

from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.archive import Month, archive_page, mails_page
from desk.presentation.pages.queue_list import ListRow
from desk.store.submissions.queue_filter import Key
from desk.web.editors.errors import show_error
from desk.web.list_query import read_key, write_key
from desk.web.render import render
from desk.web.visit import ALLOWED, Visit, WebRoute

_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


class Addresses(Struct, frozen=True):
    """Where a page leads. `fields`: what its query has beside where it begins."""

    path: str
    fields: tuple[tuple[str, str], ...] = ()
    is_later: bool = False

    def next_page(self, after: Key) -> str:
        """The address of what follows."""
        return f"{self.path}?{urlencode([*self.fields, ('setelah', write_key(after))])}"

    def first_page(self) -> str:
        """The address of the newest."""
        return f"{self.path}?{urlencode(self.fields)}" if self.fields else self.path

    def came_from(self, _: ListRow) -> str:
        """No list to decide through."""
        return ""


def show_archive(visit: Visit) -> Response:
    """A month of what is settled; without one the newest."""
    asked = visit.query.get("bulan")
    month, is_key, after = _read_month(asked), *_read_after(visit)
    if (asked and month is None) or not is_key:
        return show_error(visit, 404)
    page = archive_page(visit.reader, visit.app.config.zone, month, after)
    fields = (("bulan", str(page.month)),) if page.month else ()
    leads = Addresses("/arsip", fields, after is not None)
    return render(visit, "archive.html.j2", page=page, list=leads)


def show_mails(visit: Visit) -> Response:
    """Mails that are no submission, and how one becomes it."""
    is_key, after = _read_after(visit)
    if not is_key:
        return show_error(visit, 404)
    page = mails_page(visit.reader, after)
    leads = Addresses("/surel", is_later=after is not None)
    may_decide = visit.who.role in ALLOWED["editor"]
    return render(visit, "mails.html.j2", page=page, list=leads, may_decide=may_decide)


def _read_month(text: str) -> Month | None:
    found = _MONTH.fullmatch(text)
    return Month(int(found[1]), int(found[2])) if found else None


def _read_after(visit: Visit) -> tuple[bool, Key | None]:
    """Whether it is one of ours, or none; and where to go on."""
    text = visit.query.get("setelah")
    key = read_key(text) if text else None
    return not text or key is not None, key


ROUTES = (
    WebRoute(path="/arsip", answer=show_archive),
    WebRoute(path="/surel", answer=show_mails),
)
