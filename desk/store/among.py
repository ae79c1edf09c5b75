"""Rows that are among many, asked with one parameter: a list of fifty costs no more to write down,
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


class _Among(FunctionElement[bool]):
    inherit_cache = True
    type = Boolean()

    def self_group(self, against: Any = None) -> "_Among":  # noqa: ARG002 (SQLAlchemy's own form)
        """As it is: SQLite finds no index where it is asked whether this "= 1"."""
        return self


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


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"
