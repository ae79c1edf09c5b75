"""/akun: what somebody sets of his own account, his password, and where he is signed in."""

import math

import msgspec
from starlette.responses import Response

from desk.presentation.pages.accounts import list_browsers
from desk.store.editors import sessions
from desk.web import auth
from desk.web.editors.accounts.password import choose_password, sign_in_anew
from desk.web.render import render, say_wrong, see_other
from desk.web.visit import ALLOWED, Form, Visit, WebRoute
from desk.workflow.accounts.settings import ZONES, Typed, Wrong, change_own
from redaksi.catalog import Sentence

DONE = ("disimpan", "sandi", "dikeluarkan")  # what a 303 says was done


def show_account(visit: Visit) -> Response:
    """One's own account."""
    done = visit.query.get("selesai")
    return _page(visit, 200, done=done if done in DONE else "")


def take_settings(visit: Visit) -> Response:
    """Name, signature, initials, language, zone, shortcuts."""
    typed = _read(visit.form)
    wrong = change_own(visit.app, visit.who.id, typed)
    if wrong:
        return _page(visit, 422, typed=typed, wrong=wrong)
    return see_other("/akun?selesai=disimpan")


def show_again(visit: Visit) -> Response:
    """The settings as they were typed, and nothing changed."""
    return _page(visit, 200, typed=_read(visit.form))


def take_password(visit: Visit) -> Response:
    """Another password; every other browser is signed out."""
    form = visit.form
    try:
        wrong = choose_password(visit, form.get("lama"), form.get("baru"), form.get("ulang"))
    except auth.TooMany as error:
        wait = math.ceil(error.wait.total_seconds())
        sentence = Sentence(section="desk.sign_in", key="wait", facts={"n": math.ceil(wait / 60)})
        response = _page(visit, 429, wrong=(Wrong(field="lama", sentence=sentence),))
        response.headers["retry-after"] = str(wait)
        return response
    if wrong:
        return _page(visit, 422, wrong=wrong)
    return sign_in_anew(visit, "/akun?selesai=sandi")


def end_browsers(visit: Visit) -> Response:
    """One browser of one's own is signed out, or all but this one."""
    here = visit.session.id if visit.session else ""
    with visit.app.store.begin() as tx:
        if visit.form.has("semua"):
            sessions.end_all(tx, visit.who.id, but=here)
        else:
            sessions.end_own(tx, visit.who.id, visit.form.get("sesi"))
    return see_other("/akun?selesai=dikeluarkan")


def _read(form: Form) -> Typed:
    return Typed(
        name=form.get("nama"),
        sign=form.get("tanda"),
        initials=form.get("inisial").strip(),
        language=form.get("bahasa"),
        zone=form.get("zona"),
        shortcuts=form.has("pintasan"),
    )


def _page(
    visit: Visit,
    status: int,
    *,
    typed: Typed | None = None,
    wrong: tuple[Wrong, ...] = (),
    done: str = "",
) -> Response:
    me = visit.who
    own = Typed(
        name=me.name,
        sign=me.sign,
        initials=me.initials,
        language=me.language,
        zone=me.zone,
        shortcuts=me.shortcuts,
    )
    return render(
        visit,
        "account.html.j2",
        status,
        typed=msgspec.structs.asdict(typed or own),
        wrong=say_wrong(visit, wrong),
        done=done,
        zones=ZONES,
        browsers=list_browsers(visit.reader, me.id, visit.session.id if visit.session else ""),
        may_all=me.role in ALLOWED["ops"],
    )


ROUTES = (
    WebRoute(path="/akun", answer=show_account, open_to_new=True),
    WebRoute(path="/akun", answer=take_settings, method="POST", limit=8_192, again=show_again),
    WebRoute(
        path="/akun/sandi", answer=take_password, method="POST", limit=8_192, open_to_new=True
    ),
    WebRoute(path="/akun/sesi", answer=end_browsers, method="POST", limit=8_192, open_to_new=True),
)
