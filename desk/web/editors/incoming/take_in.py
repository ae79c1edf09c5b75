"""Take-in: what came by WhatsApp, by a link or by hand becomes a mail like any other."""

import secrets
from collections.abc import Mapping

from starlette.responses import Response

from desk.inbound.take_in import CHANNELS, Taken, TakenFile, take_in
from desk.presentation.pages.taken_in import find_taken_in
from desk.web.editors.errors import show_error
from desk.web.links import Links
from desk.web.render import language_of, render, see_other
from desk.web.visit import TAKES_MAIL, Visit, WebRoute
from redaksi import catalog
from redaksi.errors import RedaksiError, StoreError

_DIGITS = 9
# where what is wrong is put right, by the code of the error
_FIELDS: Mapping[str, str] = {
    "take_in_too_big": "berkas",
    "take_in_nothing": "berkas",
    "take_in_no_address": "alamat",
    "take_in_no_form": "berkas",
    "take_in_no_channel": "lewat",
    "no_submission": "kiriman",
    "take_in_takes_none": "kiriman",
}


def show_form(visit: Visit) -> Response:
    """The form, with an id of its own: pressed twice, it is one mail."""
    return _page(visit, secrets.token_hex(16), {})


def take_form(visit: Visit) -> Response:
    """The mail is written and waits to be examined."""
    form = visit.form
    taken = Taken(
        form=form.get("formulir"),
        channel=CHANNELS.get(form.get("lewat"), ""),
        files=tuple(TakenFile(name=file.name, content=file.content) for file in form.files),
        text=form.get("isi_pesan").strip(),
        name=form.get("nama").strip(),
        address=form.get("alamat").strip(),
        number=form.get("kiriman").strip().upper(),
        account=visit.who.id,
    )
    try:
        found = take_in(visit.app, taken)
    except StoreError:
        raise
    except RedaksiError as error:
        text = catalog.load(language_of(visit)).render(error.sentence)
        where = _FIELDS.get(error.sentence.key, "berkas")
        return _page(visit, form.get("formulir"), {where: text}, status=422)
    return see_other(f"/masukkan/{found.mail_id}")


def show_again(visit: Visit) -> Response:
    """The form as it was typed, under its own id; nothing is taken in."""
    return _page(visit, visit.form.get("formulir"), {})


def show_progress(visit: Visit) -> Response:
    """How far it is; once it is filed, its submission."""
    word = visit.path["id"]
    number = int(word) if word.isascii() and word.isdecimal() and len(word) <= _DIGITS else 0
    found = find_taken_in(visit.reader, number)
    if found is None:
        return show_error(visit, 404)
    if found.number:
        return see_other(Links().submission(found.number))
    return render(visit, "taken_in.html.j2", taken=found)


def _page(visit: Visit, form_id: str, wrong: Mapping[str, str], status: int = 200) -> Response:
    return render(
        visit,
        "take_in.html.j2",
        status,
        form_id=form_id,
        typed=visit.form,
        wrong=wrong,
        channels=tuple(CHANNELS),
    )


ROUTES = (
    WebRoute(path="/masukkan", answer=show_form, may="editor"),
    WebRoute(
        path="/masukkan",
        answer=take_form,
        may="editor",
        method="POST",
        limit=TAKES_MAIL,
        again=show_again,
    ),
    WebRoute(path="/masukkan/{id}", answer=show_progress, may="editor"),
)
