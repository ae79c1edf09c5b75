"""The page that says why there is none."""

from collections.abc import Mapping, Sequence

from starlette.responses import Response

from desk.web.kept import SECRETS
from desk.web.render import render
from desk.web.visit import Visit

MB = 1024 * 1024
_WORDS = {400: "malformed", 404: "missing", 405: "missing", 413: "long", 414: "url", 431: "header"}


def show_error(visit: Visit, status: int, why: str = "", incident: str = "") -> Response:
    """What went wrong, whose fault it is and what to do; `why`: a word of [desk.error]."""
    why = why or _WORDS.get(status, "fault")
    return _render(visit, status, why, incident=incident)


def show_busy(visit: Visit) -> Response:
    """503: the database is somebody else's. What was typed stands in the page, to be sent again; what
    no page may hold, a password or a file, is asked for anew."""
    is_whole = not visit.form.files and not SECRETS & visit.form.fields.keys()
    typed = [(name, value) for name, values in visit.form.fields.items() for value in values]
    again = typed if visit.method == "POST" and is_whole else []
    why = "busy" if again else "waits"
    return _render(visit, 503, why, again=again)


def show_too_long(visit: Visit, declared: str) -> Response:
    """413 for files that are larger than the largest mail; `declared`: the request's length, as it
    came."""
    most = visit.app.config.safety.max_message
    size = int(declared) if declared.isascii() and declared.isdecimal() else most
    facts = {"size": max(-(-size // MB), most // MB), "most": most // MB}
    return _render(visit, 413, "files", facts=facts)


def _render(
    visit: Visit,
    status: int,
    why: str,
    *,
    incident: str = "",
    facts: Mapping[str, int] = {},
    again: Sequence[tuple[str, str]] = (),
) -> Response:
    """`again`: the fields of a form that may be sent once more."""
    return render(
        visit,
        "error.html.j2",
        status,
        why=why,
        incident=incident,
        facts=facts,
        again=again,
        where=visit.url,
    )
