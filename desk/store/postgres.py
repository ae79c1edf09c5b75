"""PostgreSQL: what is asked of a server, how long it may keep us waiting, and the usual first
mistakes, each in one sentence with its remedy.

psycopg gives no SQLSTATE for a connection that was refused, so such a refusal is known by the
server's own English words; one in other words is told as it came.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Engine, TextClause, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from redaksi.errors import StoreError, StoreUnfit

OLDEST = 15  # major version
# libpq's: seconds, but for tcp_user_timeout (milliseconds). A server whose machine is gone is
# noticed within a minute.
WIRE = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "client_encoding": "utf8",
    "application_name": "redaksi",
}
# A page of the queue may be written within a transaction that reads, hence minutes between two
# statements; a writer that is stuck lets go by then too.
SESSION = {
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "300s",
}
_NOT_THERE = re.compile(
    r"Connection refused|No such file or directory|could not translate host name"
    r"|failed to resolve host|timeout expired|No route to host|Network is unreachable"
)
_REFUSALS: tuple[tuple[re.Pattern[str], Callable[[Mapping[str, str]], StoreError]], ...] = (
    (
        re.compile(r'database "[^"]{0,200}" does not exist'),
        lambda facts: StoreUnfit("pg_no_database", **facts),
    ),
    (
        re.compile(r'role "[^"]{0,200}" does not exist'),
        lambda facts: StoreUnfit("pg_no_role", **facts),
    ),
    (
        re.compile(r'role "[^"]{0,200}" is not permitted to log in'),
        lambda facts: StoreUnfit("pg_no_login", **facts),
    ),
    (
        re.compile(r"password authentication failed|no password supplied"),
        lambda facts: StoreUnfit("pg_password", **facts),
    ),
    (
        re.compile(r"(?:Peer|Ident) authentication failed"),
        lambda facts: StoreUnfit("pg_peer", **facts),
    ),
    (
        re.compile(r"no pg_hba\.conf entry|pg_hba\.conf rejects"),
        lambda facts: StoreUnfit("pg_not_admitted", **facts),
    ),
    (_NOT_THERE, lambda facts: StoreError("pg_not_there", **facts)),
)


def make_postgres(address: URL, *, looks: bool) -> Engine:
    """An engine for a server; one that only `looks` has its writes refused by it."""
    wire = {key: value for key, value in WIRE.items() if key not in address.query}
    engine = create_engine(
        address,
        pool_pre_ping=True,
        pool_use_lifo=True,  # the connection that knows the statements best
        hide_parameters=True,
        connect_args=wire,
    )
    session = {**SESSION, **({"default_transaction_read_only": "on"} if looks else {})}
    settings = ", ".join(f"set_config('{key}', '{value}', false)" for key, value in session.items())

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        told = connection.info
        refuse_unfit(address, told.server_version, told.parameter_status("server_encoding"))
        connection.execute(f"SELECT {settings}")
        connection.commit()

    return engine


def limit_lock_wait(seconds: float) -> TextClause:
    """For a transaction that waits for a lock no longer than that."""
    return text(f"SET LOCAL lock_timeout = {round(seconds * 1000)}")


def refuse_unfit(address: URL, version: int, encoding: str | None) -> None:
    """Raise StoreUnfit for a server or database that cannot keep what we keep. `version` as libpq
    has it: 150018."""
    if version // 10_000 < OLDEST:
        found = f"{version // 10_000}"
        raise StoreUnfit("pg_too_old", version=found, oldest=OLDEST)
    if encoding != "UTF8":
        facts = {"database": address.database or "", "user": address.username or ""}
        raise StoreUnfit("pg_encoding", encoding=encoding or "?", **facts)


def name_fault(address: URL, error: DBAPIError) -> StoreError | None:
    """The sentence for what a new installation meets first; None for every other fault."""
    line, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    facts = {
        "database": address.database or "",
        "user": address.username or "",
        "where": _where(address),
    }
    if state == "42501":  # insufficient_privilege
        return StoreUnfit("pg_rights", **facts)
    if state is not None:
        return None
    return next((refuse(facts) for words, refuse in _REFUSALS if words.search(line)), None)


def _where(address: URL) -> str:
    host = address.host or address.query.get("host") or "localhost"
    return f"{host}:{address.port}" if address.port else str(host)
