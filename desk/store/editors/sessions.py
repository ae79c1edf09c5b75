"""Signed-in browsers: rows, so that signing out ends them at the next request."""

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select

from desk.store.editors.accounts import Account
from desk.store.engine import Transaction
from desk.store.tables import Account as AccountRow
from desk.store.tables import WebSession

_OPEN = (
    select(WebSession, AccountRow)
    .join(AccountRow, AccountRow.id == WebSession.account_id)
    .where(
        AccountRow.disabled_at.is_(None),
        WebSession.id == bindparam("session"),
        WebSession.expires_at > bindparam("now"),
    )
)


class Session(Struct, frozen=True, kw_only=True):
    """A signed-in browser. `id`: SHA-256 of its token; `network`: /24 or /64."""

    id: str
    account_id: int
    created_at: datetime
    expires_at: datetime
    remembered: bool = False
    agent: str = ""
    network: str = ""


def begin(tx: Transaction, session: Session) -> None:
    """A browser signs in."""
    tx.add(WebSession(**msgspec.structs.asdict(session)))
    tx.flush()


def find(tx: Transaction, session_id: str, now: datetime) -> tuple[Session, Account] | None:
    """Whose browser it is; None once the session or the account has ended."""
    found = tx.execute(_OPEN, {"session": session_id, "now": now}).one_or_none()
    if found is None:
        return None
    session, account = found
    return _session(session), msgspec.convert(account, Account, from_attributes=True)


def of_account(tx: Transaction, account_id: int, now: datetime) -> list[Session]:
    """The browsers somebody is signed in with, the newest first."""
    wanted = WebSession.account_id == account_id, WebSession.expires_at > now
    rows = tx.scalars(select(WebSession).where(*wanted).order_by(WebSession.created_at.desc()))
    return [_session(row) for row in rows]


def count_all(tx: Transaction, now: datetime) -> dict[int, tuple[int, datetime]]:
    """Account -> how many browsers are signed in, and when the newest was."""
    counted = select(WebSession.account_id, func.count(), func.max(WebSession.created_at))
    rows = tx.execute(counted.where(WebSession.expires_at > now).group_by(WebSession.account_id))
    return {account_id: (count, newest) for account_id, count, newest in rows}


def end(tx: Transaction, session_id: str) -> None:
    """A browser signs out."""
    tx.execute(delete(WebSession).where(WebSession.id == session_id))


def end_own(tx: Transaction, account_id: int, session_id: str) -> None:
    """The same, where it is a browser of this account."""
    wanted = WebSession.id == session_id, WebSession.account_id == account_id
    tx.execute(delete(WebSession).where(*wanted))


def end_all(tx: Transaction, account_id: int, but: str = "") -> None:
    """Every browser of an account is signed out, `but` this one."""
    wanted = WebSession.account_id == account_id, WebSession.id != but
    tx.execute(delete(WebSession).where(*wanted))


def sweep(tx: Transaction, now: datetime) -> None:
    """Delete what has expired."""
    tx.execute(delete(WebSession).where(WebSession.expires_at <= now))


def _session(row: WebSession) -> Session:
    return msgspec.convert(row, Session, from_attributes=True)
