"""/akun/semua: who may sign in, as what, and with how many browsers."""

from typing import cast

from starlette.responses import Response

from desk.presentation.pages.accounts import list_members
from desk.store.editors.accounts import Account, NewAccount
from desk.store.tables.account import Role
from desk.web.editors.accounts.password import make_hashed
from desk.web.editors.errors import show_error
from desk.web.render import render, say_wrong, see_other
from desk.web.visit import Visit, WebRoute
from desk.workflow.accounts import members
from desk.workflow.accounts.members import ROLES, Change
from desk.workflow.accounts.settings import Wrong
from redaksi.errors import IllegalMove, RedaksiError

CHANGES: dict[str, Change] = {
    "peran": "role",
    "nonaktif": "disable",
    "aktif": "enable",
    "keluar": "sign_out",
}
_DIGITS = 9  # of an account's id


def show_accounts(visit: Visit) -> Response:
    """Everybody."""
    return _page(visit, 200, is_done=visit.query.has("selesai"))


def take_change(visit: Visit) -> Response:
    """One account is changed; a password that is made is on the page that answers, and nowhere
    else."""
    account_id = _read_id(visit.form.get("akun"))
    what = visit.form.get("tindakan")
    if what == "sandi":
        password, hashed = make_hashed(visit)
        account = members.give_password(visit.app, account_id, hashed)
        return _show_password(visit, account, password)
    change = CHANGES.get(what)
    if change is None:
        return show_error(visit, 400)
    try:
        account = members.change_account(visit.app, account_id, change, visit.form.get("peran"))
    except RedaksiError as error:
        wrong = Wrong(field=f"akun-{account_id}", sentence=error.sentence)
        return _page(visit, 422, wrong=(wrong,))
    return see_other("/akun/semua?selesai") if account else show_error(visit, 404)


def take_new(visit: Visit) -> Response:
    """A new account, with a password that is shown once."""
    form = visit.form
    login, name = form.get("surel"), form.get("nama")
    role, initials = form.get("peran"), form.get("inisial").strip()
    wrong = members.check_new(visit.app, login, name, role, initials)
    if wrong:
        return _page(visit, 422, wrong=wrong)
    password, hashed = make_hashed(visit)
    wanted = NewAccount(
        login=members.name_login(login),
        name=name,
        role=cast("Role", role),
        initials=initials,
        password_hash=hashed,
        must_change=True,
    )
    try:
        made = members.add_account(visit.app, wanted)
    except IllegalMove as error:  # the same login, added in between
        return _page(visit, 422, wrong=(Wrong(field="surel", sentence=error.sentence),))
    return _show_password(visit, made, password)


def show_again(visit: Visit) -> Response:
    """A new account as it was typed, and not added."""
    return _page(visit, 200)


def _read_id(typed: str) -> int:
    is_id = typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS
    return int(typed) if is_id else 0


def _show_password(visit: Visit, account: Account | None, password: str) -> Response:
    if account is None:
        return show_error(visit, 404)
    return _page(visit, 200, given=account, password=password)


def _page(
    visit: Visit,
    status: int,
    *,
    wrong: tuple[Wrong, ...] = (),
    is_done: bool = False,
    given: Account | None = None,
    password: str = "",
) -> Response:
    typed = {name: visit.form.get(name) for name in ("surel", "nama", "peran", "inisial")}
    is_new = visit.is_back or (given is None and any(each.field in typed for each in wrong))
    return render(
        visit,
        "accounts.html.j2",
        status,
        members=list_members(visit.reader),
        roles=ROLES,
        wrong=say_wrong(visit, wrong),
        typed=typed if is_new else dict.fromkeys(typed, ""),
        is_done=is_done,
        given=given,
        password=password,
    )


ROUTES = (
    WebRoute(path="/akun/semua", answer=show_accounts, may="ops"),
    WebRoute(path="/akun/semua", answer=take_change, may="ops", method="POST", limit=8_192),
    WebRoute(
        path="/akun/semua/baru",
        answer=take_new,
        may="ops",
        method="POST",
        limit=8_192,
        again=show_again,
    ),
)
