"""The secrets that sign Message-IDs, plus-addresses and links. Each has an id that travels with
what it signed."""

import secrets
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, or_, select, update

from desk.store.engine import Transaction
from desk.store.rows import add_unless_there
from desk.store.tables import SigningKey

SECRET_BYTES = 32  # HMAC-SHA-256's own length: RFC 2104, 3


class Key(Struct, frozen=True, kw_only=True):
    """A signing key."""

    id: str
    secret: bytes


def current_key(tx: Transaction, now: datetime) -> Key:
    """The key that signs what is made now; made on first use."""
    found = _current(tx)
    if found is None:
        add_unless_there(tx, SigningKey, {"id": "k1", "secret": _secret(), "created_at": now})
        found = _current(tx)
    if found is None:
        raise AssertionError("all signing keys are retired and none took their place")
    return found


def list_valid(tx: Transaction, now: datetime) -> dict[str, bytes]:
    """The secrets whose signatures count, by their ids: those that were not revoked."""
    return {row.id: row.secret for row in tx.scalars(select(SigningKey).where(_is_valid(now)))}


def count_valid(tx: Transaction, now: datetime) -> int:
    """Of how many keys signatures count."""
    return len(list_valid(tx, now))


def rotate(tx: Transaction, now: datetime, expire: timedelta) -> Key:
    """Make the key that signs from now on. What an older one signed counts for `expire` still, or as
    long as was said of that one before."""
    end = now + expire
    tx.execute(update(SigningKey).where(SigningKey.retired_at.is_(None)).values(retired_at=now))
    longer = or_(SigningKey.expires_at.is_(None), SigningKey.expires_at > end)
    tx.execute(update(SigningKey).where(longer).values(expires_at=end))
    count = len(list(tx.scalars(select(SigningKey.id))))
    new = Key(id=f"k{count + 1}", secret=_secret())
    tx.add(SigningKey(id=new.id, secret=new.secret, created_at=now))
    tx.flush()
    return new


def _is_valid(now: datetime) -> ColumnElement[bool]:
    return or_(SigningKey.expires_at.is_(None), SigningKey.expires_at > now)


def _current(tx: Transaction) -> Key | None:
    newest = (
        select(SigningKey)
        .where(SigningKey.retired_at.is_(None))
        .order_by(SigningKey.created_at.desc())
    )
    row = tx.scalars(newest).first()
    return Key(id=row.id, secret=row.secret) if row else None


def _secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)
