"""Signing in and out."""

import math

from starlette.responses import Response

from desk.store.editors import accounts
from desk.web import auth
from desk.web.guards import SIGN_IN_POLICY
from desk.web.render import render, see_other
from desk.web.visit import Visit, WebRoute


def show_form(visit: Visit) -> Response:
    """The form; who is signed in already is sent on."""
    if visit.account is not None:
        return see_other(own_path(visit.query.get("ke")))
    return _form(visit, visit.query.get("ke"))


def take_form(visit: Visit) -> Response:
    """A password was typed."""
    form, back = visit.form, visit.form.get("ke")
    try:
        signed_in = auth.sign_in(
            visit, form.get("surel"), form.get("sandi"), remember=form.has("ingat")
        )
    except auth.TooMany as error:
        minutes = math.ceil(error.wait.total_seconds() / 60)
        response = _form(visit, back, 429, wrong="wait", minutes=minutes)
        response.headers["retry-after"] = str(math.ceil(error.wait.total_seconds()))
        return response
    if signed_in is None:
        return _form(visit, back, 422, wrong="password")
    response = see_other("/akun" if signed_in.account.must_change else own_path(back))
    auth.give_cookie(visit.desk, response, signed_in)
    return response


def leave(visit: Visit) -> Response:
    """Sign out."""
    auth.sign_out(visit)
    response = see_other("/masuk")
    auth.take_cookie(visit.desk, response)
    return response


def own_path(where: str) -> str:
    """`where` when it is a path of ours, else the queue. Browsers take a backslash for a slash and
    drop tabs and line ends (WHATWG URL, 4.4): what has either is no path of ours."""
    is_plain = where.isprintable() and "\\" not in where
    is_path = where.startswith("/") and not where.startswith("//")
    return where if is_plain and is_path else "/antrean"


def _form(visit: Visit, back: str, status: int = 200, **values: object) -> Response:
    with visit.app.store.read() as tx:
        is_any = accounts.is_any(tx)
    shown = {"wrong": "", "minutes": 0, **values}
    page = render(
        visit,
        "sign_in.html.j2",
        status,
        back=back,
        login=visit.form.get("surel"),
        is_any=is_any,
        **shown,
    )
    page.headers["content-security-policy"] = SIGN_IN_POLICY
    return page


ROUTES = (
    WebRoute(path="/masuk", answer=show_form, may="anybody"),
    WebRoute(path="/masuk", answer=take_form, may="anybody", method="POST", limit=8_192),
    WebRoute(path="/keluar", answer=leave, method="POST", open_to_new=True),
)
