"""Values to pages: the templates of `templates/web/desk`, in the language and zone of whoever is
signed in."""

import gzip
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.store.publications.undoing import Undoable
from desk.web.kept import find_lost, label_typed
from desk.web.links import Links
from desk.web.visit import ALLOWED, Visit
from desk.workflow.accounts.settings import Wrong
from desk.workflow.deciding.undo import list_undoable
from publisher.site.render import environment_of
from redaksi import catalog, paths
from redaksi.errors import StoreError
from redaksi.model import Language

REFUSED = 400  # the least status of an answer to what was not taken
ASSETS = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}


def render(visit: Visit, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of `templates/web/desk`. Where it answers a form that was not taken, it has whatever was
    typed."""
    shown = visit.reader.config
    page = environment_of(shown.language, shown.timezone).get_template(f"desk/{template}")
    around: dict[str, Any] = {
        "me": visit.account,
        "language": shown.language,
        "here": visit.url,
        "links": Links(),
        "asset": name_asset,
        "undoable": find_undoable(visit),
        "lost": (),
        "status": status,
        "is_back": visit.is_back,
        "unsent": [file.name for file in visit.form.files],
    }
    html = page.render(**around, **values)
    lost = find_lost(visit.form, html) if status >= REFUSED or visit.is_back else ()
    if lost:
        around["lost"] = label_typed(lost, shown.language)
        html = page.render(**around, **values)
    return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)


def find_undoable(visit: Visit) -> Sequence[Undoable]:
    """What whoever is signed in can still take back; one query. A page is shown without it where the
    store does not answer."""
    if visit.account is None or visit.account.role not in ALLOWED["editor"]:
        return ()
    try:
        with visit.app.store.read() as tx:
            return list_undoable(visit.app, tx, visit.account)
    except StoreError:
        return ()


def say_wrong(visit: Visit, wrong: Sequence[Wrong]) -> dict[str, str]:
    """Field -> what is wrong with it, in the reader's language; the summary's order."""
    words = catalog.load(language_of(visit))
    return {each.field: words.render(each.sentence) for each in wrong}


def see_other(where: str) -> Response:
    """303: what was sent is done; the answer is a page to look at."""
    return RedirectResponse(where, status_code=303)


def language_of(visit: Visit) -> Language:
    """The language of whoever reads it."""
    return visit.reader.config.language


def name_asset(name: str) -> str:
    """The address of a stylesheet or script; it changes with its bytes."""
    return f"/aset/{_digest(name)}/{name}"


@cache
def read_asset(name: str) -> bytes:
    """The bytes of one of ASSETS. The static queue's stylesheet is the desk's too."""
    parts = ("static/queue.css", "assets/desk.css") if name == "desk.css" else (f"assets/{name}",)
    return b"\n".join((paths.templates() / part).read_bytes() for part in parts)


@cache
def pack_asset(name: str) -> bytes:
    """The same, gzipped."""
    return gzip.compress(read_asset(name), mtime=0)


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(read_asset(name)).hexdigest()[:12]
