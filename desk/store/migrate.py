"""Bring a database up to date. The migrations travel inside the package; no alembic.ini is
needed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from redaksi.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x7265_6461_6B73_69  # any number, the same in every process: "redaksi"


def configuration() -> Config:
    """What Alembic must know."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The revision this code was written for."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def revision(connection: Connection) -> str:
    """The revision the database is at; "" when it is empty."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def migrate(engine: Engine) -> None:
    """All missing migrations in one transaction; two processes that start at once wait for each
    other.

    Raises StoreError when the database was written by a newer version of this program.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        at = revision(connection)
        if at == newest():
            return
        scripts = ScriptDirectory.from_config(configuration())
        if at and at not in {script.revision for script in scripts.walk_revisions()}:
            raise StoreError("the database was written by a newer version of redaksi")
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
