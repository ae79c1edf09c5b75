"""Search: every submission there ever was, by its words or its number."""

from urllib.parse import urlencode

from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.queue_list import ListRow
from desk.presentation.pages.search import name_submission, search_page
from desk.store.submissions.queue_filter import Key
from desk.web.editors.errors import show_error
from desk.web.render import render, see_other
from desk.web.visit import Visit, WebRoute
from redaksi.text import clean

_LONGEST = 200  # characters of a query
_DIGITS = 9  # of an id


class Addresses(Struct, frozen=True):
    """Where a page of results leads. `after`: the id it begins behind."""

    query: str
    after: int | None = None

    @property
    def is_later(self) -> bool:
        """Whether there is a page before it."""
        return self.after is not None

    def next_page(self, after: Key) -> str:
        """The address of what follows."""
        return f"/cari?{urlencode({'q': self.query, 'setelah': after.id})}"

    def first_page(self) -> str:
        """The address of the newest."""
        return f"/cari?{urlencode({'q': self.query})}"

    def came_from(self, _: ListRow) -> str:
        """A page of results is no list to decide through."""
        return ""


def search(visit: Visit) -> Response:
    """What has all the words; a number alone opens its submission."""
    query = clean.line(visit.query.get("q"), _LONGEST)
    later = visit.query.get("setelah")
    if later and not (later.isascii() and later.isdecimal() and len(later) <= _DIGITS):
        return show_error(visit, 404)
    number = name_submission(visit.app, query) if query else None
    if number is not None:
        return see_other(f"/kiriman/{number}")
    after = int(later) if later else None
    page = search_page(visit.reader, query, after)
    return render(visit, "search.html.j2", page=page, list=Addresses(query, after))


ROUTES = (WebRoute(path="/cari", answer=search),)
