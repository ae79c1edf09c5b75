"""Passwords that were wrong, counted against guessing."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, func, select

from desk.store.engine import Transaction
from desk.store.tables import SignInFailure

DAY = timedelta(days=1)
WINDOW = timedelta(minutes=15)
_LOCK = 0x5347_494E  # of our own choosing


class Failures(Struct, frozen=True, kw_only=True):
    """How often it failed: this login from this network and this network alone within WINDOW, this
    login within a DAY; and the oldest of each, None where none."""

    pair: int
    network: int
    login: int
    pair_since: datetime | None
    network_since: datetime | None
    login_since: datetime | None


def lock(tx: Transaction) -> None:
    """Until the transaction ends nobody else counts: who asks sixty times at once is counted sixty
    times. SQLite lets one write at a time anyway."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def record(tx: Transaction, login_key: str, network: str, now: datetime) -> None:
    """A wrong password; what is over a day old goes."""
    tx.execute(delete(SignInFailure).where(SignInFailure.at <= now - DAY))
    tx.add(SignInFailure(at=now, login_key=login_key, network=network))
    tx.flush()


def count(tx: Transaction, login_key: str, network: str, now: datetime) -> Failures:
    """What has failed of late; one statement."""
    lately = SignInFailure.at > now - WINDOW
    of_network = lately & (SignInFailure.network == network)
    of_login = SignInFailure.login_key == login_key
    both = of_network & of_login
    columns: list[ColumnElement[Any]] = [
        column
        for wanted in (both, of_network, of_login)
        for column in (func.count().filter(wanted), func.min(SignInFailure.at).filter(wanted))
    ]
    row = tx.execute(
        select(*columns)
        .select_from(SignInFailure)
        .where(SignInFailure.at > now - DAY, of_network | of_login)
    ).one()
    return Failures(
        pair=row[0],
        pair_since=row[1],
        network=row[2],
        network_since=row[3],
        login=row[4],
        login_since=row[5],
    )


def forget(tx: Transaction, login_key: str, network: str) -> None:
    """The right password came: what this login failed from there counts no more."""
    wanted = SignInFailure.login_key == login_key, SignInFailure.network == network
    tx.execute(delete(SignInFailure).where(*wanted))
