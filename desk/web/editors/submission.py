"""A submission: its article with the findings in place, photos, mails, letters, history."""

from starlette.responses import Response

from desk.presentation.pages.submission import open_submission
from desk.web.editors.errors import show_error
from desk.web.render import render
from desk.web.visit import Visit, WebRoute


def show_submission(visit: Visit) -> Response:
    """Everything about it, on one page."""
    opened = open_submission(visit.reader, visit.path["number"])
    if opened is None:
        return show_error(visit, 404)
    return render(visit, "submission.html.j2", opened=opened, came_from=visit.query.get("dari"))


ROUTES = (WebRoute(path="/kiriman/{number}", answer=show_submission),)
