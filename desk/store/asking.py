"""Questions that each database is asked in its own way, so that an index answers.

Rows that are among many are asked with one parameter: a list of fifty costs no more to write down,
to send and to plan than a list of one, and its statement is always the same.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Text,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Numbers(TypeDecorator[Collection[int]]):
    """Several ids as one parameter: an array on PostgreSQL, JSON on SQLite, which has none."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The database's own type."""
        return dialect.type_descriptor(ARRAY(Integer) if _has_arrays(dialect) else Text())

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        """A list, or its JSON."""
        ids = list(value or ())
        return ids if _has_arrays(dialect) else json.dumps(ids)


class _Plain(FunctionElement[bool]):
    type = Boolean()

    def self_group(self, against: Any = None) -> "_Plain":  # noqa: ARG002 (SQLAlchemy's own form)
        """As it is: SQLite finds no index where it is asked whether this "= 1"."""
        return self


class _Among(_Plain):
    """Its parts: a column, and the parameter."""

    inherit_cache = True


def is_among(
    column: InstrumentedAttribute[Any], ids: Collection[int] | Select[int] | BindParameter[Any]
) -> ColumnElement[bool]:
    """Whether a column is one of these ids, of those a query finds, or of a parameter's whose type
    is Numbers."""
    if isinstance(ids, Select):
        return column.in_(ids)
    return _Among(column, ids if isinstance(ids, BindParameter) else literal(ids, Numbers))


@compiles(_Among)
def _ask_json(element: _Among, compiler: Any, **options: Any) -> str:
    """https://sqlite.org/json1.html#jeach"""
    column, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608 (compiled parts)


@compiles(_Among, "postgresql")
def _ask_array(element: _Among, compiler: Any, **options: Any) -> str:
    column, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY ({numbers})"


class _Either(_Plain):
    """Its parts: an OR of conditions, and a column that is among the ids of their union."""

    inherit_cache = True


def is_either(
    column: InstrumentedAttribute[int], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether a row meets one of these conditions, each of which has its index. `column`: its
    primary key. PostgreSQL joins the indices for an OR, and reads the whole table for a union;
    SQLite the other way round."""
    found = union(*(select(column).where(condition) for condition in conditions))
    return _Either(or_(*conditions).self_group(), column.in_(found))


@compiles(_Either)
def _ask_union(element: _Either, compiler: Any, **options: Any) -> str:
    _, among = element.clauses
    return str(compiler.process(among, **options))


@compiles(_Either, "postgresql")
def _ask_either(element: _Either, compiler: Any, **options: Any) -> str:
    either, _ = element.clauses
    return f"({compiler.process(either, **options)})"


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"
