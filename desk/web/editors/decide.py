"""Deciding: the form of a submission's page, sent. What is refused comes back as it was typed, with
what is wrong on top; a letter that nobody was shown yet is shown, and nothing is decided; what is
done leads on to the next of the list."""

import msgspec
from starlette.responses import Response

from desk.presentation.pages.submission import Decidable, find_decidable
from desk.store.editors import form_drafts
from desk.store.editors.claims import Holder
from desk.store.submissions.queue_filter import find_next
from desk.web.editors.decision_form import (
    Refused,
    check_offered,
    describe_mistake,
    read_decision,
    read_letter,
    read_seen,
)
from desk.web.editors.errors import show_error
from desk.web.editors.form_drafts import read_draft
from desk.web.editors.outgoing.preview import show_changed, show_preview
from desk.web.editors.submission import show_again, show_page
from desk.web.links import Links
from desk.web.list_query import read_came_from, without_page, write_list
from desk.web.render import language_of, see_other
from desk.web.visit import Visit, WebRoute
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import decide_as_shown
from desk.workflow.deciding.seen import look_seen
from desk.workflow.publishing.check_page import check_page
from redaksi.errors import IllegalMove, LetterChanged, Stale, StoreError, Unwritable
from redaksi.text import locale


def take_decision(visit: Visit) -> Response:
    """The decision, and on to the next; its letter where that was not shown yet. 409 where the page
    was older than what there is, 422 where it cannot be, 503 where the database was busy: the form
    as it was typed."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    if visit.form.has("lihat"):
        return show_again(visit)
    try:
        if not _decide(visit, found):
            return show_preview(visit)
    except Stale as error:
        return show_page(visit, form=visit.form, stale=error, status=409)
    except LetterChanged as error:
        if visit.form.has("sekarang"):  # which is another moment each time: a minute is shown
            return show_preview(visit)
        return show_changed(visit, found, error)
    except (Refused, IllegalMove, Unwritable) as error:
        return _refuse(visit, error)
    except StoreError:
        mistake = describe_mistake(Refused("busy"), language_of(visit))
        return show_page(visit, form=visit.form, mistakes=[mistake], status=503)
    return see_other(_name_next(visit, found.id))


def _refuse(visit: Visit, error: Refused | IllegalMove | Unwritable) -> Response:
    """What is wrong, on the page where it is put right."""
    mistake = describe_mistake(error, language_of(visit))
    if error.sentence.key == "letter_length":
        return show_preview(visit, mistake.text)
    return show_page(visit, form=visit.form, mistakes=[mistake], status=422)


def _read(visit: Visit, found: Decidable) -> Decision:
    app = visit.app
    decision = read_decision(
        visit.form,
        found.deciding,
        now=app.clock() + app.config.reply.undo,
        zone=visit.reader.config.zone,
    )
    is_due = not decision.silent and visit.form.get("keputusan") in found.deciding.letters
    letter = read_letter(visit.form) if is_due else None  # what another choice showed is left aside
    return msgspec.structs.replace(decision, account=visit.who.id, letter=letter)


def _decide(visit: Visit, found: Decidable) -> bool:
    """Whether it is decided, or a letter must be shown before. Whether it is stale is seen first: nobody is asked for a reason, and no page is looked at, for
    what is no longer so."""
    number, app = visit.path["number"], visit.app
    try:
        decision = _read(visit, found)
    except Refused:
        look_seen(app, number, read_seen(visit.form))
        raise
    if look_seen(app, number, decision) is not None:
        return True
    check_offered(visit.form, found.deciding)
    _check_held(visit, found.holder)
    check_page(app, number, decision)
    _keep_typed(visit, found.id)
    return decide_as_shown(app, number, decision)


def _keep_typed(visit: Visit, submission_id: int) -> None:
    """As a draft, which goes with the decision and is there again when that is taken back, or when
    the server ends before it is done."""
    draft = read_draft(visit, visit.app.clock())
    with visit.app.store.begin() as tx:
        form_drafts.save(tx, visit.who.id, submission_id, "decision", draft)


def _check_held(visit: Visit, holder: Holder | None) -> None:
    if holder is None or holder.account_id == visit.who.id or visit.form.has("tetap"):
        return
    shown = visit.reader.config
    since = locale.format_clock(holder.since, shown.language, shown.zone)
    raise Refused("held", who=holder.name, since=since)


def _name_next(visit: Visit, submission_id: int) -> str:
    """The first row of the list behind the one that was decided, else the list's first, else the
    list; without a list, the page itself."""
    came_from = visit.form.get("dari")
    wanted = read_came_from(came_from, visit.who.id) if came_from else None
    if wanted is None:
        return Links().submission(visit.path["number"])
    whole = without_page(wanted)
    with visit.app.store.read() as tx:
        found = find_next(tx, wanted, submission_id) or find_next(tx, whole, submission_id)
    if found is None:
        return f"/antrean?{write_list(whole)}&selesai=1"
    number, key = found
    return Links().submission(number, write_list(wanted, key))


ROUTES = (
    WebRoute(
        path="/kiriman/{number}/putuskan",
        answer=take_decision,
        may="editor",
        method="POST",
        again=show_again,
    ),
)
