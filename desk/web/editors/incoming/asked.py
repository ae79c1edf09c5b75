"""What is asked of the worker on a submission's page: to pair a stray mail, to examine again, to tidy
the document. Nothing of a mail is opened here."""

from starlette.responses import Response

from desk.presentation.errands.asking import Asking
from desk.presentation.pages.submission import Decidable, find_decidable, open_submission
from desk.store.submissions import submission_rows
from desk.web.editors.decision_form import read_number, read_seen
from desk.web.editors.errors import show_error
from desk.web.editors.submission import STALE, list_since, show_page
from desk.web.links import Links
from desk.web.render import language_of, render, see_other
from desk.web.visit import Answer, Visit, WebRoute
from desk.workflow.asked.ask import Asked, ask
from desk.workflow.deciding.open_files import open_files
from desk.workflow.deciding.seen import look_seen
from desk.workflow.pair import find_pair
from desk.workflow.replay import check_takes_it
from redaksi import catalog
from redaksi.errors import IllegalMove, StaleRevision, StaleVersion, StoreError

_LONGEST = 40  # characters of a number


def ask_to_pair(visit: Visit) -> Response:
    """A stray mail becomes a try of the submission whose number was given."""
    number, form = visit.path["number"], visit.form
    found = find_decidable(visit.reader, number)
    if found is None:
        return show_error(visit, 404)
    into = (form.get("calon") or form.get("ke")).strip().upper()[:_LONGEST]
    try:
        look_seen(visit.app, number, read_seen(visit.form))
        if not into:
            raise IllegalMove("needs_number")
        find_pair(visit.app, number, into)
        wanted = Asked(
            what="pair", account=visit.who.id, into=into, same_person=form.has("orang_sama")
        )
        ask_worker(visit, found.id, wanted)
    except IllegalMove as error:
        return _show_form(visit, found, error, _status_of(error))
    except StoreError as error:
        return _show_form(visit, found, error, 503)
    return _back(visit, found)


def show_pairing(visit: Visit) -> Response:
    """The form of a pairing as it was typed, and nothing asked."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    try:
        look_seen(visit.app, visit.path["number"], read_seen(visit.form))
    except IllegalMove as error:
        return _show_form(visit, found, error, _status_of(error))
    return _show_form(visit, found, None, 200)


def ask_to_examine(visit: Visit) -> Response:
    """The newest mail is examined now."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    try:
        check_takes_it(found.deciding.state, visit.path["number"])
        ask_worker(visit, found.id, Asked(what="examine", account=visit.who.id))
    except IllegalMove as error:
        why = error.say(language_of(visit))
        return show_page(visit, unasked=why, status=_status_of(error))
    return _back(visit, found)


def ask_to_tidy(visit: Visit) -> Response:
    """A copy of the document in the font, size and spacing the redaksi asks for."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None or found.deciding.state == "quarantined":
        return show_error(visit, 404)
    try:
        ask_worker(visit, found.id, Asked(what="tidy", account=visit.who.id))
    except IllegalMove as error:
        why = error.say(language_of(visit))
        return show_page(visit, unasked=why, status=_status_of(error))
    return _back(visit, found)


def open_closed(visit: Visit) -> Response:
    """The files that the virus scanner could not look into, from now on as they came."""
    found, number = find_decidable(visit.reader, visit.path["number"]), visit.path["number"]
    if found is None:
        return show_error(visit, 404)
    try:
        look_seen(visit.app, number, read_seen(visit.form))
        open_files(visit.app, number, account=visit.who.id)
    except IllegalMove as error:
        return show_page(visit, unasked=error.say(language_of(visit)), status=_status_of(error))
    return _back(visit, found)


def ask_worker(visit: Visit, submission_id: int, asked: Asked) -> None:
    """Raises Stale for a page that is older than what there is, IllegalMove where something else is
    under way."""
    revision, version = (read_number(visit.form.get(name)) for name in ("revisi", "versi"))
    with visit.app.store.begin() as tx:
        submission_rows.lock(tx, submission_id)
        now = submission_rows.get_stand(tx, submission_id)
        if revision != now.revision:
            raise StaleRevision(number=now.number, seen=revision, now=now.revision)
        if version != now.version:
            raise StaleVersion(number=now.number, seen=version, now=now.version)
        if not ask(tx, visit.app, submission_id, asked):
            raise IllegalMove("under_way", number=now.number)


def _status_of(error: IllegalMove) -> int:
    is_late = isinstance(error, StaleRevision | StaleVersion)
    return 409 if is_late or error.sentence.key == "under_way" else 422


def _show_form(
    visit: Visit, found: Decidable, error: IllegalMove | StoreError | None, status: int
) -> Response:
    """The form again, with what stands now and, for a page that was older, what happened since."""
    number = visit.path["number"]
    opened = open_submission(visit.reader, number) if status == STALE else None
    with visit.app.store.read() as tx:
        now = submission_rows.get_stand(tx, found.id)
    text = _say_why(visit, error)
    return render(
        visit,
        "pair.html.j2",
        status,
        number=number,
        now=now,
        typed=visit.form,
        into=visit.form.get("ke") or visit.form.get("calon"),
        stamp=opened.deciding.stamp if opened else found.deciding.stamp,
        since=list_since(visit, opened),
        wrong={"ke": text[:1].upper() + text[1:]} if text else {},
        asking=Asking(may_pair=True),
    )


def _say_why(visit: Visit, error: IllegalMove | StoreError | None) -> str:
    if isinstance(error, StoreError):
        return catalog.load(language_of(visit)).say("desk.refused", "busy")
    return error.say(language_of(visit)) if error is not None else ""


def _back(visit: Visit, found: Decidable) -> Response:
    """To where it was asked: a mail that is no submission has no page."""
    if found.deciding.state == "not_a_submission":
        return see_other("/surel")
    return see_other(Links().submission(visit.path["number"], visit.form.get("dari")))


def _route(path: str, answer: Answer, again: Answer | None = None) -> WebRoute:
    path = f"/kiriman/{{number}}/{path}"
    return WebRoute(path=path, answer=answer, may="editor", method="POST", again=again)


ROUTES = (
    _route("pasangkan", ask_to_pair, show_pairing),
    _route("periksa-ulang", ask_to_examine),
    _route("rapikan", ask_to_tidy),
    _route("buka-berkas", open_closed),
)
