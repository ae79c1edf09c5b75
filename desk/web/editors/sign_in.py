"""Signing in and out; and a form that came when nobody was signed in any more: it is carried past the
door and comes back to its page as it was typed, to be sent once more."""

import math
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from desk.store.editors import accounts
from desk.web import auth
from desk.web.auth import SignedIn
from desk.web.carried import (
    FIELD,
    LONGEST,
    Carried,
    find_carried,
    find_route,
    put_back,
    read_carried,
    write_carried,
)
from desk.web.editors.errors import show_busy
from desk.web.guards import SIGN_IN_POLICY
from desk.web.render import render, see_other
from desk.web.visit import Form, Visit, WebRoute, judge_access
from redaksi.errors import StoreError

ENDED = 401
DOOR = 8_192  # bytes of the sign-in form, without what it carries


def show_form(visit: Visit) -> Response:
    """The form; who is signed in already is sent on."""
    if visit.account is not None:
        return see_other(own_path(visit.query.get("ke")))
    return _form(visit, visit.query.get("ke"))


def take_form(visit: Visit) -> Response:
    """A password was typed."""
    form, back = visit.form, visit.form.get("ke")
    carried = read_carried(form.get(FIELD))
    only = carried.writer if carried is not None else 0
    try:
        signed_in = auth.sign_in(
            visit, form.get("surel"), form.get("sandi"), remember=form.has("ingat"), only=only
        )
    except auth.OtherAccount:
        return _form(visit, back, 409, wrong="other", carried=carried)
    except auth.TooMany as error:
        minutes = math.ceil(error.wait.total_seconds() / 60)
        response = _form(visit, back, 429, wrong="wait", minutes=minutes, carried=carried)
        response.headers["retry-after"] = str(math.ceil(error.wait.total_seconds()))
        return response
    if signed_in is None:
        return _form(visit, back, 422, wrong="password", carried=carried)
    if carried is not None:
        response = _give_back(visit, signed_in, carried)
    else:
        response = see_other("/akun" if signed_in.account.must_change else own_path(back))
    auth.give_cookie(visit.desk, response, signed_in)
    return response


def ask_to_sign_in(visit: Visit) -> Response:
    """303 to the page to sign in at. 401, and that page, for a form that somebody typed into."""
    carried = find_carried(visit)
    if carried is None:
        return see_other(_name_sign_in(visit))
    page = _form(visit, "", ENDED, carried=carried)
    page.headers["www-authenticate"] = 'Cookie realm="Redaksi"'  # RFC 9110, 11.6.1
    return page


def _name_sign_in(visit: Visit) -> str:
    """With where to come back to."""
    where = visit.url if visit.method == "GET" and visit.url != "/" else ""
    return f"/masuk?{urlencode({'ke': where})}" if where else "/masuk"


def _give_back(visit: Visit, signed_in: SignedIn, carried: Carried) -> Response:
    """The page of the form, as it was typed. Where it is not said whose it was, and where the account
    may not send it, its words alone, in no field."""
    who, found = signed_in.account, find_route(visit.desk.routes, carried.path)
    back = put_back(visit, carried, found[1] if found else {})
    back = msgspec.structs.replace(back, account=who, session=signed_in.session)
    route = found[0] if found else None
    may = route is not None and judge_access(route, who) == "yes" and not who.must_change
    if route is None or route.again is None or not may or not carried.writer:
        return render(back, "returned.html.j2")
    try:
        return route.again(back)
    except StoreError:
        return show_busy(back)


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


def _form(
    visit: Visit,
    back: str,
    status: int = 200,
    *,
    wrong: str = "",
    minutes: int = 0,
    carried: Carried | None = None,
) -> Response:
    """`carried`: what it has of a form; where that is too long for it, it is shown, to be copied."""
    with visit.app.store.read() as tx:
        is_any = accounts.is_any(tx)
    may_carry = carried is not None and find_route(visit.desk.routes, carried.path) is not None
    brought = write_carried(carried) if carried is not None and may_carry else ""
    page = render(
        msgspec.structs.replace(visit, form=Form()) if brought else visit,
        "sign_in.html.j2",
        status,
        back=back,
        login=visit.form.get("surel") if status != ENDED else "",
        is_any=is_any,
        wrong=wrong,
        minutes=minutes,
        carried=carried,
        brought=brought,
    )
    page.headers["content-security-policy"] = SIGN_IN_POLICY
    return page


ROUTES = (
    WebRoute(path="/masuk", answer=show_form, may="anybody"),
    WebRoute(path="/masuk", answer=take_form, may="anybody", method="POST", limit=DOOR + LONGEST),
    WebRoute(path="/keluar", answer=leave, method="POST", open_to_new=True),
)
