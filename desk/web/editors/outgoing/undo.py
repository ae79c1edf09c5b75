"""Taking back what was just decided."""

from starlette.responses import Response

from desk.web.editors.errors import show_error
from desk.web.links import Links
from desk.web.render import language_of, render, see_other
from desk.web.visit import Visit, WebRoute
from desk.workflow.deciding.undo import undo
from redaksi.errors import IllegalMove, UndoRefused

_DIGITS = 9


def take_back(visit: Visit) -> Response:
    """To the submission as it was, the form as it was typed; 409 where it is too late."""
    word = visit.path["decision"]
    if not (word.isascii() and word.isdecimal() and len(word) <= _DIGITS):
        return show_error(visit, 404)
    try:
        done = undo(visit.app, int(word), visit.who)
    except UndoRefused as error:
        return render(visit, "undo.html.j2", 409, wrong=error.say(language_of(visit)))
    except IllegalMove:
        return show_error(visit, 404)
    return see_other(Links().submission(done.number))


ROUTES = (WebRoute(path="/urungkan/{decision}", answer=take_back, may="editor", method="POST"),)
