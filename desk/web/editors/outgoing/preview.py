"""The letter of a decision before it is decided: a page with the letter, its words to be edited, and
the form's fields carried on to *Putuskan dan kirim*."""

from collections.abc import Iterator

import msgspec
from starlette.responses import Response

from desk.presentation.pages.deciding import Deciding
from desk.presentation.pages.letter_lines import list_letter_lines
from desk.presentation.pages.submission import Decidable, find_decidable
from desk.web.editors.decision_form import (
    Refused,
    describe_mistake,
    find_own_words,
    read_decision,
    read_seen,
)
from desk.web.editors.errors import show_error
from desk.web.editors.form_drafts import find_draft
from desk.web.editors.submission import echo_typed, say_stale, show_again, show_page
from desk.web.render import language_of, render
from desk.web.visit import Form, Visit, WebRoute
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import Preview, preview_letter
from desk.workflow.deciding.seen import look_seen
from redaksi.errors import IllegalMove, LetterChanged, Stale, Unwritable

_OURS = frozenset({"teks", "sidik", "seq", "lihat", "simpan", "buang", "bagian"})


def show_preview(visit: Visit, wrong: str = "") -> Response:
    """The letter as it would go, and what an editor wrote in its place; nothing is stored. 422 where
    the decision cannot be, 409 where the page is older than what there is. `wrong`: what is, with
    the words that were sent."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    if visit.form.has("bagian"):
        return _show_parts(visit, found)
    try:
        form = fix_moment(visit, found.deciding)
        preview = _preview(visit, form, found.deciding)
    except Stale as error:
        return show_page(visit, form=visit.form, stale=error, status=409)
    except (Refused, IllegalMove, Unwritable) as error:
        mistake = describe_mistake(error, language_of(visit))
        return show_page(visit, form=visit.form, mistakes=[mistake], status=422)
    own = visit.form.get("teks") if wrong else find_own_words(visit.form)
    return _render(visit, found, form, preview, own=own, wrong=wrong)


def _show_parts(visit: Visit, found: Decidable) -> Response:
    """What the script puts into the page while somebody types: the date in words and, where it is
    looked at, the letter, or why there is none yet."""
    form, why = visit.form, ""
    own, letter = find_own_words(form), None
    if form.get("bagian") == "surat":
        try:
            letter = _preview(visit, form, found.deciding)
        except Stale as error:
            why = say_stale(visit, error)
        except (Refused, IllegalMove, Unwritable) as error:
            why = describe_mistake(error, language_of(visit)).text
    return render(
        visit,
        "preview_parts.html.j2",
        echo=echo_typed(visit, form),
        letter=letter,
        own=own,
        lines=list_letter_lines(own or letter.source) if letter is not None else (),
        why=why,
    )


def show_changed(visit: Visit, found: Decidable, error: LetterChanged) -> Response:
    """What was shown is not what would go any more: the new letter, and what was typed."""
    own = visit.form.get("teks") if error.is_edited else ""
    return _render(visit, found, visit.form, error, own=own, wrong=error.say(language_of(visit)))


def fix_moment(visit: Visit, deciding: Deciding) -> Form:
    """The form with the minute in place of *now*: the letter tells it, and is sent a little later."""
    form = visit.form
    if not form.has("sekarang") or form.get("keputusan") != "jadwalkan":
        return form
    moment = _read(visit, form, deciding).publish_at
    if moment is None:
        return form
    local = moment.astimezone(visit.reader.config.zone)
    fields = {name: values for name, values in form.fields.items() if name != "sekarang"}
    return Form({**fields, "tanggal": [f"{local:%Y-%m-%d}"], "pukul": [f"{local:%H:%M}"]})


def _preview(visit: Visit, form: Form, deciding: Deciding) -> Preview | None:
    return preview_letter(visit.app, visit.path["number"], _read(visit, form, deciding))


def _read(visit: Visit, form: Form, deciding: Deciding) -> Decision:
    """Whether it is stale is seen before what is wrong with it."""
    app, zone = visit.app, visit.reader.config.zone
    try:
        decision = read_decision(form, deciding, now=app.clock() + app.config.reply.undo, zone=zone)
    except Refused:
        look_seen(app, visit.path["number"], read_seen(form))
        raise
    return msgspec.structs.replace(decision, account=visit.who.id)


def _render(
    visit: Visit,
    found: Decidable,
    form: Form,
    letter: Preview | LetterChanged | None,
    *,
    own: str,
    wrong: str,
) -> Response:
    kept = find_draft(visit, found.id)
    seq = str(kept.seq) if kept is not None else form.get("seq", "0")
    action = f"/kiriman/{visit.path['number']}/putuskan"
    return render_letter(visit, letter, form, action=action, own=own, wrong=wrong, seq=seq)


def render_letter(
    visit: Visit,
    letter: Preview | LetterChanged | None,
    form: Form,
    *,
    action: str,
    own: str = "",
    wrong: str = "",
    seq: str = "",
) -> Response:
    """The page of a letter; `form` is carried on to `action`. `own`: an editor's words, in place of
    the letter's; `seq`: of the draft that they are kept in, "" for none."""
    return render(
        visit,
        "preview.html.j2",
        422 if wrong else 200,
        number=visit.path["number"],
        action=action,
        fields=list(_carried(form)),
        seq=seq,
        letter=letter,
        own=own,
        wrong=wrong,
    )


def _carried(form: Form) -> Iterator[tuple[str, str]]:
    for name, values in form.fields.items():
        if name not in _OURS:
            yield from ((name, value) for value in values)


ROUTES = (
    WebRoute(
        path="/kiriman/{number}/pratinjau",
        answer=show_preview,
        may="editor",
        method="POST",
        again=show_again,
    ),
)
