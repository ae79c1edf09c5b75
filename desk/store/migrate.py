"""Bring a database up to date. The migrations travel inside the package; no alembic.ini is
needed. Alembic is loaded where there is something to migrate: it takes longer than most verbs."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from redaksi.errors import StoreUnfit

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x7265_6461_6B73_69  # any number, the same in every process: "redaksi"


def configuration() -> "Config":
    """What Alembic must know."""
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def revisions() -> list[str]:
    """Every revision in order: one linear chain, a file each, named by its number."""
    files = (MIGRATIONS / "versions").glob("[0-9]*_*.py")
    return sorted(file.name.partition("_")[0] for file in files)


def newest() -> str:
    """The revision this code was written for."""
    return revisions()[-1]


def revision(connection: Connection) -> str:
    """The revision the database is at; "" when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def migrate(engine: Engine) -> None:
    """All missing migrations in one transaction; two processes that start at once wait for each
    other.

    Raises StoreUnfit when the database was written by a newer version of this program.
    """
    with engine.begin() as connection:
        migrate_on(connection)


def migrate_on(connection: Connection) -> None:
    """The same, in a transaction that its caller began."""
    if connection.dialect.name == "postgresql":
        _take_time(connection)
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    at = revision(connection)
    if at == newest():
        return
    refuse_newer(at)
    from alembic import command  # noqa: PLC0415 - see above

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _take_time(connection: Connection) -> None:
    """A migration of a large store, and the wait for another's, take as long as they take."""
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))


def check_revision(connection: Connection) -> bool:
    """Whether the database was ever begun. Raises StoreUnfit when another version wrote it."""
    at = revision(connection)
    if at in ("", newest()):
        return bool(at)
    refuse_newer(at)
    raise StoreUnfit("older_database")


def make_or_require(engine: Engine) -> None:
    """A database without a table gets them all; one that has them must be of this version.

    Raises StoreUnfit for one of another version: `redaksi upgrade`, `run` and `poll` migrate.
    """
    with engine.begin() as connection:
        begun = check_revision(connection)
    if not begun:
        migrate(engine)


def refuse_newer(at: str) -> None:
    """Raise StoreUnfit for a revision that this program does not know."""
    if at and at not in revisions():
        raise StoreUnfit("newer_database")
