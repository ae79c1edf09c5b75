"""The page that says why there is none."""

from starlette.responses import Response

from desk.web.render import render
from desk.web.visit import Visit

MB = 1024 * 1024
_WORDS = {400: "malformed", 404: "missing", 405: "missing", 413: "long", 414: "url", 431: "header"}


def show_error(visit: Visit, status: int, why: str = "", incident: str = "") -> Response:
    """What went wrong, whose fault it is and what to do; `why`: a word of [desk.error]."""
    why = why or _WORDS.get(status, "fault")
    return render(visit, "error.html.j2", status, why=why, incident=incident, facts={})


def show_too_long(visit: Visit, declared: str) -> Response:
    """413 for files that are larger than the largest mail; `declared`: the request's length, as it
    came."""
    most = visit.app.config.safety.max_message
    size = int(declared) if declared.isascii() and declared.isdecimal() else most
    facts = {"size": max(-(-size // MB), most // MB), "most": most // MB}
    return render(visit, "error.html.j2", 413, why="files", incident="", facts=facts)
