"""*Terbit*: what stands where readers see it, the newest first."""

from urllib.parse import urlencode

from msgspec import Struct
from starlette.responses import Response

from desk.presentation.pages.publications import Asked, list_published, read_month
from desk.store.publications.lists import Key
from desk.web.editors.errors import show_error
from desk.web.list_query import NONE, read_key, write_instant
from desk.web.render import render
from desk.web.visit import ALLOWED, Form, Visit, WebRoute
from redaksi.text.places import PROVINCES

_UNDATED = "tanpa."  # before the id of a row of which nobody knows since when


class Wanted(Struct, frozen=True):
    """What an address asks for, and the addresses that ask for more of it."""

    asked: Asked

    @property
    def province(self) -> str:
        """As the select has it."""
        return "" if self.asked.province is None else self.asked.province or NONE

    def next_page(self, after: Key) -> str:
        """The address of what follows."""
        return _address(self, write_after(after))

    def first_page(self) -> str:
        """The address of the list's beginning."""
        return _address(self, "")


def show_published(visit: Visit) -> Response:
    """A page of the list."""
    asked = read_asked(visit.query)
    if asked is None:
        return show_error(visit, 404)
    page = list_published(visit.reader, asked)
    return render(
        visit,
        "published.html.j2",
        page=page,
        wanted=Wanted(asked),
        provinces=sorted(PROVINCES),
        none=NONE,
        may_change=visit.who.role in ALLOWED["editor"],
    )


def read_asked(query: Form) -> Asked | None:
    """What an address asks for; None for what no page of ours links to."""
    word, month, mark = query.get("provinsi"), query.get("bulan"), query.get("setelah")
    after = read_after(mark) if mark else None
    is_known = word in PROVINCES or word in ("", NONE)
    if not is_known or (month and read_month(month) is None) or (mark and after is None):
        return None
    province = None if not word else "" if word == NONE else word
    return Asked(province=province, month=month, after=after)


def write_after(after: Key) -> str:
    """Where a page begins, as its address says it."""
    return f"{write_instant(after.at)}.{after.id}" if after.at else f"{_UNDATED}{after.id}"


def read_after(text: str) -> Key | None:
    """The key that was written so; None for anything else."""
    is_undated = text.startswith(_UNDATED)
    found = read_key(f"0.{text.removeprefix(_UNDATED)}" if is_undated else text)
    if found is None or found.called is not None:
        return None
    return Key(at=None if is_undated else found.at, id=found.id)


def _address(wanted: Wanted, after: str) -> str:
    fields = {"provinsi": wanted.province, "bulan": wanted.asked.month, "setelah": after}
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"/terbit?{query}" if query else "/terbit"


ROUTES = (WebRoute(path="/terbit", answer=show_published),)
