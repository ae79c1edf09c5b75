"""What belongs to a database as a whole, and one writer of it at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import Mail, SchemaMeta

TIE = "tie"  # the id that a database shares with its blobs
BACKUP = "backup"  # when a backup of it was last whole
RESTORED = "restored"  # when it was brought back from a backup
SENT_ASKED = "sent_asked"  # the RESTORED for which the Sent folder was asked
_LOCK = 0x7265_6461_6B73_6A  # the same in every process, beside the migrations' own


def lock(tx: Transaction) -> None:
    """Until the end of the transaction nobody else is past this line (SQLite: every writer is
    alone)."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def value_of(tx: Transaction, name: str) -> str | None:
    """What is written under a name."""
    return tx.scalar(select(SchemaMeta.value).where(SchemaMeta.id == name))


def write(tx: Transaction, name: str, value: str) -> None:
    """Write something down that never changes."""
    ensure(tx, SchemaMeta, {"id": name, "value": value})


def change(tx: Transaction, name: str, value: str) -> None:
    """Write something down in place of what was there."""
    write(tx, name, value)
    tx.execute(update(SchemaMeta).where(SchemaMeta.id == name).values(value=value))


def moment_of(tx: Transaction, name: str) -> datetime | None:
    """The moment that is written under BACKUP or RESTORED; None while there is none."""
    return read_moment(value_of(tx, name))


def select_value(name: str) -> Select[Any]:
    """What is written under a name, for who asks for more in the same statement."""
    return select(SchemaMeta.value).where(SchemaMeta.id == name)


def read_moment(written: str | None) -> datetime | None:
    """The moment in what is written."""
    return datetime.fromisoformat(written) if written else None


def sample_blobs(tx: Transaction, count: int = 10) -> list[str]:
    """Some of the mails' blobs: so many of the first and of the last."""
    first, last = Mail.id.asc(), Mail.id.desc()
    named: InstrumentedAttribute[str | None] = Mail.blob
    asked = select(named).where(named.is_not(None)).limit(count)
    found = [tx.scalars(asked.order_by(order)).all() for order in (first, last)]
    return sorted({blob for some in found for blob in some if blob})
