"""What is done with other people's accounts: added, another role, disabled, enabled, signed out,
given a password that is shown once."""

from typing import Literal, cast, get_args

import msgspec

from desk.app import App
from desk.store import Transaction
from desk.store.editors import accounts, claims, sessions
from desk.store.editors.accounts import Account, NewAccount
from desk.store.tables.account import Role
from desk.workflow.accounts.settings import LONGEST_NAME, Wrong, check_initials, check_name, noting
from redaksi.errors import IllegalMove
from redaksi.log import get_logger
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.text import clean

LONGEST_LOGIN = 254  # characters of an address (RFC 5321, 4.5.3.1.3, without its brackets)
Change = Literal["role", "disable", "enable", "sign_out"]
ROLES: tuple[Role, ...] = get_args(Role)
log = get_logger("accounts")


def name_login(typed: str) -> str:
    """The login that is meant. Raises IllegalMove for what is no address."""
    login = typed.strip().lower()
    named = [box.address if box else "" for box in mailboxes(login)]
    if named != [login] or len(login) > LONGEST_LOGIN:
        raise IllegalMove("no_login", login=clean.line(typed, 60))
    return login


def check_new(app: App, login: str, name: str, role: str, initials: str) -> tuple[Wrong, ...]:
    """What is wrong with an account that somebody wants to add."""
    wrong: list[Wrong] = []
    with noting(wrong, "surel"), app.store.read() as tx:
        if accounts.by_login(tx, name_login(login)) is not None:
            raise IllegalMove("login_taken", login=login.strip().lower())
    with noting(wrong, "nama"):
        check_name(name)
    with noting(wrong, "peran"):
        _check_role(role)
    with noting(wrong, "inisial"):
        check_initials(initials)
    return tuple(wrong)


def add_account(app: App, typed: NewAccount) -> Account:
    """A new account, as `check_new` found it right. Raises IllegalMove when its login was taken in
    between."""
    wanted = msgspec.structs.replace(typed, name=clean.line(typed.name, LONGEST_NAME))
    with app.store.begin() as tx:
        if accounts.by_login(tx, wanted.login) is not None:
            raise IllegalMove("login_taken", login=wanted.login)
        made = accounts.add(tx, wanted, app.clock())
    log.info("account.added", account=made.id, role=made.role)
    return made


def change_account(app: App, account_id: int, change: Change, role: str = "") -> Account | None:
    """Another role, an end or a new beginning; None where there is no such account. Sessions of who
    is disabled end, and what he held is free. Raises IllegalMove for a role that is none,
    RedaksiError where nobody would be left who gives out accounts."""
    if change == "role":
        _check_role(role)
    with app.store.begin() as tx:
        account = accounts.get(tx, account_id)
        if account is None:
            return None
        changed = _change(account, change, role, app)
        accounts.change_kept(tx, changed)
        if change in ("disable", "sign_out"):
            sessions.end_all(tx, account_id)
        if change == "disable":
            claims.release_all(tx, account_id)
    log.info("account.changed", account=account_id, change=change, role=changed.role)
    return changed


def give_password(app: App, account_id: int, password_hash: str) -> Account | None:
    """A password that must be changed; every browser of the account is signed out. None where there
    is no such account."""
    with app.store.begin() as tx:
        account = accounts.get(tx, account_id)
        if account is None:
            return None
        _keep_password(tx, account_id, password_hash, must_change=True)
    log.info("account.password_given", account=account_id)
    return account


def keep_own_password(app: App, account_id: int, password_hash: str) -> None:
    """Somebody chose a password of his own; every browser of his is signed out."""
    with app.store.begin() as tx:
        _keep_password(tx, account_id, password_hash, must_change=False)
    log.info("account.password_chosen", account=account_id)


def _keep_password(
    tx: Transaction, account_id: int, password_hash: str, *, must_change: bool
) -> None:
    accounts.set_password(tx, account_id, password_hash, must_change=must_change)
    sessions.end_all(tx, account_id)


def _change(account: Account, change: Change, role: str, app: App) -> Account:
    if change == "role":
        return msgspec.structs.replace(account, role=cast("Role", role))
    if change == "sign_out":
        return account
    ended = account.disabled_at or app.clock()
    return msgspec.structs.replace(account, disabled_at=ended if change == "disable" else None)


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise IllegalMove("not_offered", choices=", ".join(ROLES))
