"""Inserts that may find the row there already, in one spelling for both databases; and questions
with one answer each, asked at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql, sqlite

from desk.store.columns import Base
from desk.store.engine import Transaction


def add_unless_there(tx: Transaction, table: type[Base], values: Mapping[str, Any]) -> Any | None:
    """Insert a row of a table with an `id`; None when one of its unique constraints has such a
    row already."""
    identifier = table.__table__.c["id"]
    return tx.execute(_insert(tx, table, values).returning(identifier)).scalar_one_or_none()


def ensure(tx: Transaction, table: type[Base], values: Mapping[str, Any]) -> None:
    """Insert a row unless one of the table's unique constraints has such a row already."""
    tx.execute(_insert(tx, table, values))


def look_at_once(tx: Transaction, asked: Mapping[str, Select[Any]]) -> dict[str, Any]:
    """The one value that each of these selects, by its name; None where it selects no row. One
    statement."""
    row = tx.execute(select(*(each.scalar_subquery() for each in asked.values()))).one()
    return dict(zip(asked, row, strict=True))


def _insert(
    tx: Transaction, table: type[Base], values: Mapping[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    if tx.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).values(**values).on_conflict_do_nothing()
    return sqlite.insert(table).values(**values).on_conflict_do_nothing()
