"""Column types that keep the store's promises: UTC instants, text that every database takes,
JSON as written."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from redaksi.reasons import Reason, read_reason
from redaksi.sender_rule import SenderRule

# never renumbered, never reused; a new rule takes the next number
RULE_NUMBERS: Mapping[SenderRule, int] = {
    SenderRule.UNDECIDED: 0,
    SenderRule.OWN_OR_LOOP: 1,
    SenderRule.BAD_SENDER: 2,
    SenderRule.REPORT: 3,
    SenderRule.CALENDAR: 4,
    SenderRule.AUTOMATIC: 5,
    SenderRule.MAILING_LIST: 6,
    SenderRule.NO_REPLY: 7,
    SenderRule.OUT_OF_OFFICE: 8,
    SenderRule.NOT_AUTHENTICATED: 9,
    SenderRule.UNKNOWN: 10,
    SenderRule.AUTHENTICATED: 11,
    SenderRule.STAND_IN: 12,
}
_RULES = {number: rule for rule, number in RULE_NUMBERS.items()}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. A naive datetime is refused: nobody knows which zone it is in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Raise ValueError for a naive datetime. SQLite has no zones: UTC is written without
        one."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError("the store takes aware datetimes only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Always aware, always UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """Text. PostgreSQL refuses NUL and no database encodes a lone surrogate; a mail may hold
    both."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """U+FFFD takes the place of what cannot be stored."""
        return None if value is None else storable(value)


class Rule(TypeDecorator[SenderRule]):
    """The rule that decided, as the number 0.1 wrote down. Numbers are the column's alone: code
    says the name."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: SenderRule | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Its number."""
        return None if value is None else RULE_NUMBERS[value]

    def process_result_value(self, value: int | None, dialect: Dialect) -> SenderRule | None:  # noqa: ARG002
        """The rule of this number."""
        return None if value is None else _RULES[value]


class Because(TypeDecorator[Reason]):
    """A reason in a text column: its code, and behind it its facts as JSON; "" for none."""

    impl = Text
    cache_ok = True
    should_evaluate_none = True  # the columns are NOT NULL: no reason is ""

    def process_bind_param(self, value: Reason | None, dialect: Dialect) -> str:  # noqa: ARG002
        """The code, then the facts."""
        return "" if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Reason | None:  # noqa: ARG002
        """The reason; a line that is none comes back as UNKNOWN with the line as its fact."""
        return read_reason(value or "")


def no_reason() -> None:
    """What a column of reasons holds of itself."""


class Json(TypeDecorator[Any]):
    """JSON in a text column, in ASCII, so that both databases give back what was given."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Keys sorted, so that equal values are equal bytes."""
        return None if value is None else json.dumps(value, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002
        """The value as it was given; tuples come back as lists."""
        return None if value is None else json.loads(value)


def storable(text: str) -> str:
    """`text` with NUL and lone surrogates replaced by U+FFFD."""
    return (
        text.replace("\x00", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


class Base(DeclarativeBase):
    """The metadata of every table; constraints are named alike on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, str: Words, bytes: LargeBinary}  # noqa: RUF012 (SQLAlchemy's own form)
