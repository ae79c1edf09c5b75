"""The queue: five views of what is active, cut into pages by the view's own order."""

from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.choices import Choice, list_findings, list_provinces
from desk.presentation.pages.queue_list import ListRow, list_view
from desk.store.submissions.queue_filter import Key, QueueFilter
from desk.web.editors.errors import show_error
from desk.web.links import VIEWS
from desk.web.list_query import NONE, read_came_from, read_list, without_page, write_list
from desk.web.render import language_of, render, see_other
from desk.web.visit import ALLOWED, Form, Visit, WebRoute
from desk.workflow.deciding.take import MOST, take
from redaksi.model import Language
from redaksi.states import State

_DIGITS = 2  # of how many were taken at once
_NUMBER = 20  # characters of W-2026-0143


class Addresses(Struct, frozen=True):
    """What a list's page asks of its own query."""

    wanted: QueueFilter
    language: Language = "id"

    def next_page(self, after: Key) -> str:
        """The address of what follows."""
        return f"/antrean?{write_list(self.wanted, after)}"

    def came_from(self, row: ListRow) -> str:
        """What the page of a row is told, to come back and go on."""
        return write_list(self.wanted, row.key)

    def here(self) -> str:
        """This very page."""
        return write_list(self.wanted, self.wanted.after)

    def first_page(self) -> str:
        """The address of the list's beginning."""
        return f"/antrean?{write_list(without_page(self.wanted))}"

    def in_state(self, state: State | None) -> str:
        """The same list, of one state alone; of all for None."""
        states = (state,) if state else ()
        narrowed = msgspec.structs.replace(without_page(self.wanted), states=states)
        return f"/antrean?{write_list(narrowed)}"

    @property
    def view(self) -> str:
        """The view's word in addresses."""
        return VIEWS[self.wanted.view]

    @property
    def province(self) -> str:
        """What the select of provinces stands at."""
        return NONE if self.wanted.province == "" else self.wanted.province or ""

    @property
    def finding(self) -> str:
        """What the select of findings stands at."""
        return NONE if self.wanted.finding == "" else self.wanted.finding or ""

    @property
    def provinces(self) -> tuple[Choice, ...]:
        """What may be chosen there."""
        return list_provinces()

    @property
    def findings(self) -> tuple[Choice, ...]:
        """What may be chosen there."""
        return list_findings(self.language)


def show_home(_: Visit) -> Response:
    """The desk begins at the queue."""
    return see_other("/antrean")


def show_queue(visit: Visit) -> Response:
    """A page of a view."""
    wanted = read_list(visit.query, visit.who.id)
    if wanted is None:
        return show_error(visit, 404)
    taken = visit.query.get("diambil")
    count = int(taken) if taken.isascii() and taken.isdecimal() and len(taken) <= _DIGITS else None
    page = list_view(visit.reader, wanted, count, _read_numbers(visit.query, "dipegang"))
    return render(
        visit,
        "queue.html.j2",
        page=page,
        list=Addresses(wanted, language_of(visit)),
        done=visit.query.has("selesai"),
        may_take=visit.who.role in ALLOWED["editor"],
    )


def take_some(visit: Visit) -> Response:
    """Take what is ticked, or the one whose button was pressed; back to the list."""
    form = visit.form
    pressed = _read_numbers(form, "satu")
    taken = take(visit.app, pressed or _read_numbers(form, "nomor"), visit.who.id)
    wanted = read_came_from(form.get("dari"), visit.who.id)
    where = write_list(wanted, wanted.after) if wanted else ""
    came = urlencode({"diambil": taken.count, "dipegang": taken.held}, doseq=True)
    return see_other(f"/antrean?{where}{'&' if where else ''}{came}")


def _read_numbers(form: Form, name: str) -> tuple[str, ...]:
    return tuple(number for number in form.get_all(name)[:MOST] if 0 < len(number) <= _NUMBER)


ROUTES = (
    WebRoute(path="/", answer=show_home),
    WebRoute(path="/antrean", answer=show_queue),
    WebRoute(path="/antrean/ambil", answer=take_some, may="editor", method="POST"),
)
