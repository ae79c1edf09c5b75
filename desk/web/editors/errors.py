"""The page that says why there is none."""

from starlette.responses import Response

from desk.web.render import render
from desk.web.visit import Visit

_WORDS = {400: "malformed", 404: "missing", 405: "missing", 413: "long", 414: "url", 431: "header"}


def show_error(visit: Visit, status: int, why: str = "", incident: str = "") -> Response:
    """What went wrong, whose fault it is and what to do; `why`: a word of [desk.error]."""
    why = why or _WORDS.get(status, "fault")
    return render(visit, "error.html.j2", status, why=why, incident=incident)
