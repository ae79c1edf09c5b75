"""Every page of the desk."""

from desk.web.editors import (
    archive,
    assets,
    claims,
    compare,
    decide,
    files,
    form_drafts,
    pulse,
    queue,
    search,
    sign_in,
    submission,
)
from desk.web.editors.accounts import everybody, own
from desk.web.editors.incoming import asked, take_in
from desk.web.editors.ops import probes, quarantine, status
from desk.web.editors.outgoing import preview, undo, waiting
from desk.web.editors.photos import choose
from desk.web.editors.publishing import calendar, media, photo_files, published, setting
from desk.web.visit import WebRoute

ROUTES: tuple[WebRoute, ...] = (
    *assets.ROUTES,
    *sign_in.ROUTES,
    *queue.ROUTES,
    *search.ROUTES,
    *archive.ROUTES,
    *submission.ROUTES,
    *compare.ROUTES,
    *decide.ROUTES,
    *claims.ROUTES,
    *asked.ROUTES,
    *files.ROUTES,
    *form_drafts.ROUTES,
    *choose.ROUTES,
    *waiting.ROUTES,
    *preview.ROUTES,
    *undo.ROUTES,
    *pulse.ROUTES,
    *own.ROUTES,
    *everybody.ROUTES,
    *calendar.ROUTES,
    *published.ROUTES,
    *media.ROUTES,
    *photo_files.ROUTES,
    *status.ROUTES,
    *quarantine.ROUTES,
    *probes.ROUTES,
    *setting.ROUTES,
    *take_in.ROUTES,
)
