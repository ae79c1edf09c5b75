"""Which blobs the rows of a database name. A backup copies these, `reconcile --blobs` compares them
with what lies there, a purge deletes what is none of them.

Tables and columns are looked up in the database, not in today's models: a backup is made of a store of
any released schema, without migrating it.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnClause, Connection, column, inspect, select, table

# Every column whose value is a blob's SHA-256. What else is a SHA-256 there (`derivative.original`,
# `photo_choice`, the photos of an edition) is one of these a second time; files of a mail that became
# part of no submission are in the raw mail.
NAMING = (
    ("mail", "blob"),
    ("document", "sha256"),
    ("photo", "sha256"),
    ("derivative", "sha256"),
)


def find_named(connection: Connection) -> set[str]:
    """The SHA-256 of every blob that a row names."""
    return {
        sha256 for name, key in _standing(connection) for sha256 in _values(connection, name, key)
    }


def _standing(connection: Connection) -> Iterator[tuple[str, str]]:
    """Those of NAMING that this database has."""
    found = inspect(connection)
    tables = set(found.get_table_names())
    for name, key in NAMING:
        if name in tables and key in {each["name"] for each in found.get_columns(name)}:
            yield name, key


def _values(connection: Connection, name: str, key: str) -> Iterator[str]:
    sha256: ColumnClause[str] = column(key)
    named = select(sha256).select_from(table(name, sha256)).where(sha256.is_not(None), sha256 != "")
    return iter(connection.scalars(named.distinct()))
