"""The queue: five views of what is active, cut into pages by the view's own order."""

from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.queue_list import ListRow, list_view
from desk.store.submissions.queue_filter import Key, QueueFilter
from desk.web.editors.errors import show_error
from desk.web.list_query import read_list, without_page, write_list
from desk.web.render import render, see_other
from desk.web.visit import Visit, WebRoute


class Addresses(Struct, frozen=True):
    """What a list's page asks of its own query."""

    wanted: QueueFilter

    def next_page(self, after: Key) -> str:
        """The address of what follows."""
        return f"/antrean?{write_list(self.wanted, after)}"

    def came_from(self, row: ListRow) -> str:
        """What the page of a row is told, to come back and go on."""
        return write_list(self.wanted, row.key)

    def first_page(self) -> str:
        """The address of the list's beginning."""
        return f"/antrean?{write_list(without_page(self.wanted))}"


def show_home(_: Visit) -> Response:
    """The desk begins at the queue."""
    return see_other("/antrean")


def show_queue(visit: Visit) -> Response:
    """A page of a view."""
    wanted = read_list(visit.query, visit.who.id)
    if wanted is None:
        return show_error(visit, 404)
    page = list_view(visit.reader, wanted, visit.who.id)
    return render(visit, "queue.html.j2", page=page, list=Addresses(wanted))


ROUTES = (
    WebRoute(path="/", answer=show_home),
    WebRoute(path="/antrean", answer=show_queue),
)
