"""/karantina/{nomor}: facts of what nobody opened, and its bytes for who proves again who he is."""

import math

from starlette.responses import Response

from desk.domain.actor import name_actor
from desk.presentation.pages.quarantine import (
    Held,
    open_held,
    record_download,
    was_released,
)
from desk.store.submissions import submission_rows
from desk.web import auth
from desk.web.editors.errors import show_error
from desk.web.editors.files import give_download
from desk.web.links import Links
from desk.web.render import render, say_wrong, see_other
from desk.web.visit import Visit, WebRoute
from desk.workflow.accounts.settings import Wrong
from desk.workflow.asked.ask import Asked, ask
from redaksi.catalog import Sentence
from redaksi.errors import BlobMissing


def show_held(visit: Visit) -> Response:
    """Sender, subject, names, sizes, kinds, hashes, reason; of what was released its own page."""
    number = visit.path["number"]
    held = open_held(visit.reader, number)
    if held is None and was_released(visit.app, number):
        return see_other(Links().submission(number))
    return _page(visit, held, 200) if held else show_error(visit, 404)


def release(visit: Visit) -> Response:
    """The worker examines it again, within the same limits; what breaks them stays."""
    app = visit.app
    held = open_held(visit.reader, visit.path["number"])
    if held is None:
        return show_error(visit, 404)
    with app.store.begin() as tx:
        row = submission_rows.lock(tx, held.id)
        if row.state == "quarantined" and row.emptied_at is None:
            ask(tx, app, held.id, Asked(what="release", account=visit.who.id))
    return see_other(f"/karantina/{held.number}")


def download(visit: Visit) -> Response:
    """The raw mail, under a name that no program opens; an event."""
    held = open_held(visit.reader, visit.path["number"])
    if held is None:
        return show_error(visit, 404)
    try:
        is_right = auth.is_own_password(visit, visit.form.get("sandi"))
    except auth.TooMany as error:
        wait = math.ceil(error.wait.total_seconds())
        sentence = Sentence(section="desk.sign_in", key="wait", facts={"n": math.ceil(wait / 60)})
        response = _page(visit, held, 429, (Wrong(field="sandi", sentence=sentence),))
        response.headers["retry-after"] = str(wait)
        return response
    if not is_right:
        sentence = Sentence(section="error", key="password_wrong")
        return _page(visit, held, 422, (Wrong(field="sandi", sentence=sentence),))
    try:
        stream = visit.app.blobs.open(held.blob or "")
    except BlobMissing:
        return show_error(visit, 404, "purged")
    record_download(visit.app, held, name_actor(account=visit.who.id))
    return give_download(stream, f"karantina-{held.number}.bin")


def _page(visit: Visit, held: Held, status: int, wrong: tuple[Wrong, ...] = ()) -> Response:
    return render(visit, "held.html.j2", status, held=held, wrong=say_wrong(visit, wrong))


ROUTES = (
    WebRoute(path="/karantina/{number}", answer=show_held, may="ops"),
    WebRoute(path="/karantina/{number}/lepas", answer=release, may="ops", method="POST"),
    WebRoute(
        path="/karantina/{number}/unduh", answer=download, may="ops", method="POST", limit=8_192
    ),
)
