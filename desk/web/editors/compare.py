"""Two revisions beside each other."""

from starlette.responses import Response

from desk.presentation.pages.compare import compare_revisions
from desk.web.editors.errors import show_error
from desk.web.render import render
from desk.web.visit import Visit, WebRoute

_DIGITS = 6


def show_comparison(visit: Visit) -> Response:
    """What changed between two revisions, the one last written about and the newest where none are
    named."""
    earlier, later = _read(visit, "dari"), _read(visit, "ke")
    found = compare_revisions(visit.reader, visit.path["number"], earlier, later)
    if found is None:
        return show_error(visit, 404)
    return render(visit, "compare.html.j2", page=found)


def _read(visit: Visit, name: str) -> int | None:
    """A revision's number; None where none is named, 0 for what is none: there is no such one."""
    word = visit.query.get(name)
    if not word:
        return None
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else 0


ROUTES = (WebRoute(path="/kiriman/{number}/banding", answer=show_comparison),)
