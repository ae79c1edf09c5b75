"""Signing in and out: a cookie that holds a random token, and a row that knows its SHA-256."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct
from starlette.responses import Response

from desk.store import Transaction
from desk.store.editors import accounts, sessions, sign_in_failures
from desk.store.editors.accounts import Account
from desk.store.editors.sessions import Session
from desk.store.editors.sign_in_failures import DAY, WINDOW, Failures
from desk.web.passwords import hash_password, is_password, needs_rehash, new_token, token_id
from desk.web.visit import Desk, Visit

SHORT = timedelta(hours=12)  # a session that is not remembered
PER_PAIR, PER_NETWORK, PER_LOGIN = 5, 20, 50  # failures; the first two within WINDOW
AGENT = 120  # characters of User-Agent that are kept


class TooMany(Exception):
    """Too many wrong passwords. `wait`: until it may be tried again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class OtherAccount(Exception):
    """The right password, of another account than the one that is waited for."""


class SignedIn(Struct, frozen=True, kw_only=True):
    """What a browser gets that gave the right password."""

    token: str
    session: Session
    account: Account
    remembered: bool


def name_cookie(desk: Desk) -> str:
    """`__Host-` binds it to this host and to https (RFC 6265bis, 4.1.3.2)."""
    return "__Host-redaksi" if desk.is_secure else "redaksi"


def find_session(desk: Desk, cookies: Mapping[str, str]) -> tuple[Session, Account] | None:
    """Whose browser it is; roles and passwords are looked at anew with every request."""
    token = cookies.get(name_cookie(desk), "")
    if not token:
        return None
    with desk.app.store.read() as tx:
        return sessions.find(tx, token_id(token), desk.app.clock())


def sign_in(
    visit: Visit, login: str, password: str, *, remember: bool, only: int = 0
) -> SignedIn | None:
    """None for a wrong password, for a login nobody has and for one that is disabled: all three
    cost the same. `only`: the account it must be, 0 for any. Raises TooMany, OtherAccount."""
    desk, now = visit.desk, visit.app.clock()
    found = _check(visit, login.strip().lower(), password)
    if found is None:
        return None
    account, hashed = found
    if only not in (0, account.id):
        raise OtherAccount
    renewed = hash_password(password, desk.hashing) if needs_rehash(hashed) else ""
    with visit.app.store.begin() as tx:
        if renewed:
            accounts.set_password(tx, account.id, renewed, must_change=account.must_change)
        sessions.sweep(tx, now)
        if visit.session is not None:
            sessions.end(tx, visit.session.id)
        return begin_session(tx, visit, account, remember=remember)


def is_own_password(visit: Visit, password: str) -> bool:
    """Whether who is signed in types his own password; guesses count as at the door. Raises
    TooMany."""
    return _check(visit, visit.who.login, password) is not None


def begin_session(tx: Transaction, visit: Visit, account: Account, *, remember: bool) -> SignedIn:
    """A new session with a token of its own, never one that the browser brought."""
    token = new_token()
    session = _new_session(visit, account, token, visit.app.clock(), remember=remember)
    sessions.begin(tx, session)
    return SignedIn(token=token, session=session, account=account, remembered=remember)


def _check(visit: Visit, login: str, password: str) -> tuple[Account, str] | None:
    """The account and its hash, where the password is the right one."""
    now = visit.app.clock()
    key = hashlib.sha256(login.encode()).hexdigest()
    with visit.app.store.begin() as tx:
        sign_in_failures.lock(tx)
        wait = _find_wait(sign_in_failures.count(tx, key, visit.network, now), now)
        found = accounts.by_login(tx, login)
        if not wait:  # counted before the work: who asks sixty times at once is counted sixty times
            sign_in_failures.record(tx, key, visit.network, now)
    if wait:
        raise TooMany(wait)
    account, hashed = found or (None, "")
    is_right = is_password(password, hashed, visit.desk.hashing)
    if not is_right or account is None or account.disabled_at is not None:
        return None
    with visit.app.store.begin() as tx:
        sign_in_failures.forget(tx, key, visit.network)
    return account, hashed


def sign_out(visit: Visit) -> None:
    """This browser's session ends."""
    if visit.session is not None:
        with visit.app.store.begin() as tx:
            sessions.end(tx, visit.session.id)


def give_cookie(desk: Desk, response: Response, signed_in: SignedIn) -> None:
    """Hand the token to the browser; without `remembered` it goes when the browser closes."""
    lasts = int(desk.app.config.web.session.total_seconds()) if signed_in.remembered else None
    response.set_cookie(
        name_cookie(desk),
        signed_in.token,
        max_age=lasts,
        path="/",
        secure=desk.is_secure,
        httponly=True,
        samesite="lax",
    )


def take_cookie(desk: Desk, response: Response) -> None:
    """The browser forgets the token, and what it kept of our pages."""
    response.delete_cookie(
        name_cookie(desk), path="/", secure=desk.is_secure, httponly=True, samesite="lax"
    )
    response.headers["clear-site-data"] = '"cache"'


def _new_session(
    visit: Visit, account: Account, token: str, now: datetime, *, remember: bool
) -> Session:
    return Session(
        id=token_id(token),
        account_id=account.id,
        created_at=now,
        expires_at=now + (visit.app.config.web.session if remember else SHORT),
        remembered=remember,
        agent=visit.headers.get("user-agent", "")[:AGENT],
        network=visit.network,
    )


def _find_wait(failures: Failures, now: datetime) -> timedelta | None:
    """How long until it may be tried again; None: now."""
    bounds = (
        (failures.pair, PER_PAIR, failures.pair_since, WINDOW),
        (failures.network, PER_NETWORK, failures.network_since, WINDOW),
        (failures.login, PER_LOGIN, failures.login_since, DAY),
    )
    waits = [
        since + window - now
        for count, most, since, window in bounds
        if count >= most and since is not None
    ]
    return max(waits, default=None)
