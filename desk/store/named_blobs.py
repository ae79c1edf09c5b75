"""Which blobs the rows of a database name. A backup copies these, `reconcile --blobs` compares them
with what lies there, a purge deletes what is none of them.

Tables and columns are looked up in the database, not in today's models: a backup is made of a store of
any released schema, without migrating it.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any

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


def _values(connection: Connection, name: str, key: str) -> Iterator[Any]:
    value: ColumnClause[Any] = column(key)
    named = select(value).select_from(table(name, value)).where(value.is_not(None))
    return (each for each in connection.scalars(named.distinct()) if each)


# Where a blob may be named beside that: the files of a reading that are no document and no photo, the
# photos of an edition and those an editor chose. Whether such a file was kept, no row says.
_MENTIONING = (
    ("mail", "others"),
    ("examination", "judged"),
    ("edition", "content"),
    ("photo_choice", "sha256"),
    ("photo_choice", "source_sha256"),
)
_SHA256 = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def find_mentioned(connection: Connection) -> set[str]:
    """The SHA-256 of what may be a blob and stands in a row all the same: a page may offer it, so it is
    kept and copied where it is there; where it is not, nothing is missing."""
    found = inspect(connection)
    tables = set(found.get_table_names())
    mentioned: set[str] = set()
    for name, key in _MENTIONING:
        if name in tables:
            for value in _values(connection, name, key):
                mentioned.update(match.decode() for match in _SHA256.findall(_plain(value)))
    return mentioned


def _plain(value: str | bytes) -> bytes:
    """What was compressed is read as it was."""
    if isinstance(value, str):
        return value.encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return bytes(value)
