"""The letter of a decision before it is decided: a page with the letter, its words to be edited, and
the form's fields carried on to *Kirim*."""

from collections.abc import Iterator

import msgspec
from starlette.responses import Response

from desk.presentation.pages.deciding import Deciding
from desk.presentation.pages.submission import find_decidable
from desk.web.editors.decision_form import Refused, describe_mistake, read_decision
from desk.web.editors.errors import show_error
from desk.web.editors.submission import show_page
from desk.web.render import language_of, render
from desk.web.visit import Form, Visit, WebRoute
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.preview import Preview, preview_letter
from publisher.letters.source import LetterText
from redaksi.errors import IllegalMove, LetterChanged, Stale, Unwritable

_OURS = frozenset({"teks", "sidik", "lihat", "simpan", "buang"})


def show_preview(visit: Visit) -> Response:
    """The letter as it would go; nothing is stored. 422 where the decision cannot be, 409 where the
    page is older than what there is."""
    found = find_decidable(visit.reader, visit.path["number"])
    if found is None:
        return show_error(visit, 404)
    try:
        form = fix_moment(visit, found.deciding)
        preview = _preview(visit, form, found.deciding)
    except Stale as error:
        return show_page(visit, form=visit.form, stale=error, status=409)
    except (Refused, IllegalMove, Unwritable) as error:
        mistake = describe_mistake(error, language_of(visit))
        return show_page(visit, form=visit.form, mistakes=[mistake], status=422)
    return _render(visit, form, preview)


def show_changed(visit: Visit, error: LetterChanged) -> Response:
    """What was shown is not what would go any more: the new letter, and what was typed."""
    return render(
        visit,
        "preview.html.j2",
        422,
        number=visit.path["number"],
        fields=list(_carried(visit.form)),
        letter=error,
        typed=visit.form.get("teks") if error.is_edited else error.source,
        wrong=error.say(language_of(visit)),
    )


def read_letter(form: Form) -> LetterText | None:
    """The letter as it came back; None where none was shown."""
    if not form.has("sidik"):
        return None
    return LetterText(source=form.get("teks"), facts_hash=form.get("sidik"))


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
    app = visit.app
    decision = read_decision(
        form,
        deciding,
        now=app.clock() + app.config.reply.undo,
        zone=visit.reader.config.zone,
    )
    return msgspec.structs.replace(decision, account=visit.who.id)


def _render(visit: Visit, form: Form, preview: Preview | None) -> Response:
    return render(
        visit,
        "preview.html.j2",
        number=visit.path["number"],
        fields=list(_carried(form)),
        letter=preview,
        typed=preview.source if preview is not None else "",
        wrong="",
    )


def _carried(form: Form) -> Iterator[tuple[str, str]]:
    for name, values in form.fields.items():
        if name not in _OURS:
            yield from ((name, value) for value in values)


ROUTES = (
    WebRoute(path="/kiriman/{number}/pratinjau", answer=show_preview, may="editor", method="POST"),
)
