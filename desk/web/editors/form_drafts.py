"""Drafts: a form as it is typed, kept before it is sent, so that nothing typed is lost."""

from datetime import datetime

from starlette.responses import Response

from desk.store.editors import claims, form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.submissions import submission_rows
from desk.web.editors.errors import show_error
from desk.web.links import Links
from desk.web.render import render, see_other
from desk.web.visit import Visit, WebRoute

LIMIT = 64 * 1024  # bytes
SCOPES = ("decision", "photos", "edition")
_OWN = frozenset({"scope", "seq", "revisi", "skrip", "buang", "simpan", "dari", "penulis"})
_DIGITS = 9


def keep_draft(visit: Visit) -> Response:
    """Store what was typed, unvalidated; the script hears 204, or 409 when another tab typed
    since. The first one takes a submission that nobody holds, each one renews the claim."""
    form, number, now = visit.form, visit.path["number"], visit.app.clock()
    scope = form.get("scope", "decision")
    if scope not in SCOPES and not is_of_letter(scope):
        return show_error(visit, 400)
    with visit.app.store.begin() as tx:
        submission_id = submission_rows.id_of(tx, number)
        if submission_id is None:
            return show_error(visit, 404)
        if form.has("buang"):
            form_drafts.discard(tx, visit.who.id, submission_id, scope)
            return _back(visit, number)
        is_kept = form_drafts.save(tx, visit.who.id, submission_id, scope, read_draft(visit, now))
        claims.claim(tx, submission_id, visit.who.id, now)
    if form.has("skrip"):
        return Response(status_code=204 if is_kept else 409)
    return _back(visit, number) if is_kept else _show_conflict(visit, number)


def find_draft(visit: Visit, submission_id: int, scope: str = "decision") -> FormDraft | None:
    """What this account typed there and has not sent."""
    with visit.app.store.read() as tx:
        return form_drafts.find(tx, visit.who.id, submission_id, scope)


def find_drafts(visit: Visit, submission_id: int) -> dict[str, FormDraft]:
    """The same of every form of a submission, by scope."""
    with visit.app.store.read() as tx:
        return form_drafts.find_all(tx, visit.who.id, submission_id)


def is_of_letter(scope: str) -> bool:
    """Whether it is the draft of a letter's words: "letter:17"."""
    kind, _, number = scope.partition(":")
    return kind == "letter" and number.isdecimal() and len(number) <= _DIGITS


def read_draft(visit: Visit, now: datetime) -> FormDraft:
    """What was typed into a form that was sent, as it is kept."""
    typed = {name: kept for name, kept in visit.form.plain().items() if name not in _OWN}
    return FormDraft(
        fields=typed,
        revision=_number(visit.form.get("revisi")),
        seq=_number(visit.form.get("seq")) + (0 if visit.form.has("skrip") else 1),
        saved_at=now,
    )


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else 0


def _show_conflict(visit: Visit, number: str) -> Response:
    back = Links().submission(number, visit.form.get("dari"))
    return render(visit, "draft_conflict.html.j2", 409, back=back, number=number)


def _back(visit: Visit, number: str) -> Response:
    came_from = visit.form.get("dari")
    return see_other(Links().submission(number, came_from))


ROUTES = (
    WebRoute(
        path="/kiriman/{number}/konsep",
        answer=keep_draft,
        may="editor",
        method="POST",
        limit=LIMIT,
    ),
)
