"""Claims: who works at a submission. They tell others and lock nothing."""

from starlette.responses import Response

from desk.store.editors import claims
from desk.store.submissions import submission_rows
from desk.web.editors.errors import show_error
from desk.web.links import Links
from desk.web.render import see_other
from desk.web.visit import Visit, WebRoute


def take_claim(visit: Visit) -> Response:
    """Take it, or renew what is one's own; what another holds stays the other's, and the page says
    whose."""
    number = visit.path["number"]
    with visit.app.store.begin() as tx:
        found = submission_rows.id_of(tx, number)
        if found is not None:
            claims.claim(tx, found, visit.who.id, visit.app.clock())
    return show_error(visit, 404) if found is None else _back(visit)


def give_back(visit: Visit) -> Response:
    """Hold it no more."""
    with visit.app.store.begin() as tx:
        found = submission_rows.id_of(tx, visit.path["number"])
        if found is not None:
            claims.release(tx, found, visit.who.id)
    return show_error(visit, 404) if found is None else _back(visit)


def _back(visit: Visit) -> Response:
    return see_other(Links().submission(visit.path["number"], visit.form.get("dari")))


ROUTES = (
    WebRoute(path="/kiriman/{number}/ambil", answer=take_claim, may="editor", method="POST"),
    WebRoute(path="/kiriman/{number}/lepas", answer=give_back, may="editor", method="POST"),
)
