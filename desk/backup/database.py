"""A database as a file, with what stands in it at that moment: revision, counts, the blobs it names."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, create_engine, func, inspect, select, table, text
from sqlalchemy.engine import URL

from desk.backup.manifest import Kind
from desk.store.engine import make_engine, read_address
from desk.store.keeping.copy_sqlite import copy_database, force_to_disk
from desk.store.migrate import refuse_newer, revision
from desk.store.named_blobs import find_mentioned, find_named
from redaksi.errors import StoreError, StoreUnfit
from redaksi.text import clean

FILES: Mapping[Kind, str] = {"sqlite": "redaksi.db", "postgresql": "redaksi.dump"}
_VERSION = re.compile(r"\) (\d{1,3})[. ]|\) (\d{1,3})$")
_LINE = 300  # characters of a program's complaint
# SQLite's own, and what its search index keeps beside itself
_INNER = re.compile(r"sqlite_.{0,100}|submission_fts(_.{1,20})?")


class Held(Struct, frozen=True, kw_only=True):
    """What a database held when it was copied. `mentioned`: what may be a blob too, and goes along
    where it is there."""

    kind: Kind
    revision: str
    counts: Mapping[str, int]
    blobs: frozenset[str]
    mentioned: frozenset[str]


def dump(url: str, folder: Path) -> Held:
    """Write the database into `folder`, as FILES names it, and read it again. Raises StoreUnfit for
    an empty or newer one, or where PostgreSQL's programs are too old; StoreError."""
    address = read_address(url)
    if address.get_backend_name() == "sqlite":
        return _dump_sqlite(Path(str(address.database)), folder / FILES["sqlite"])
    return _dump_postgres(url, folder / FILES["postgresql"])


def _dump_sqlite(source: Path, target: Path) -> Held:
    copy_database(source, target)
    where = f"{target.absolute().as_uri()}?mode=ro"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(where, uri=True))
    try:
        with engine.connect() as connection:
            return _look(connection, "sqlite")
    finally:
        engine.dispose()


def _look(connection: Connection, kind: Kind) -> Held:
    at = revision(connection)
    if not at:
        raise StoreUnfit("backup_nothing")
    refuse_newer(at)
    names = [name for name in inspect(connection).get_table_names() if not _INNER.fullmatch(name)]
    counted = {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in names
    }
    return Held(
        kind=kind,
        revision=at,
        counts=counted,
        blobs=frozenset(find_named(connection)),
        mentioned=frozenset(find_mentioned(connection)),
    )


# ── PostgreSQL ────────────────────────────────────────────────────────────────────────────────────


def _dump_postgres(url: str, target: Path) -> Held:
    """pg_dump reads the very state that was counted (`--snapshot`)."""
    engine = make_engine(url, looks=True).execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )
    try:
        with engine.connect() as connection:
            for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
                connection.execute(text(f"SET LOCAL {limit} = 0"))
            held = _look(connection, "postgresql")
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            server = int(connection.scalar(text("SHOW server_version_num")) or 0) // 10_000
            options = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
            target.touch(mode=0o600)
            run_program("pg_dump", [*options, "--no-owner", "--no-privileges"], url, server)
    finally:
        engine.dispose()
    # whatever was damaged on its way to the disk is found where all of it is read
    run_program("pg_restore", ["--file=/dev/null", str(target)], None, server)
    force_to_disk(target)
    return held


def run_program(name: str, options: list[str], url: str | None, least: int) -> None:
    """One of PostgreSQL's programs, not older than version `least`. The password stands in its
    environment, never among its arguments. Raises StoreUnfit, StoreError with its first line."""
    program = find_program(name, least)
    environment, arguments = dict(os.environ), list(options)
    if url is not None:
        conninfo, secret = split_secret(read_address(url))
        arguments = [f"--dbname={conninfo}", *arguments]
        environment |= {"PGPASSWORD": secret} if secret else {}
    environment["LC_ALL"] = "C"
    done = subprocess.run(
        [program, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").splitlines() or ["-"]
        line = next((each for each in lines if "rror" in each), lines[0])
        raise StoreError("pg_program", name=name, line=clean.line(line, _LINE))


def split_secret(address: URL) -> tuple[str, str]:
    """What libpq is told, and the password apart."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415 - the extra [postgres]

    told: dict[str, str] = {
        key: value if isinstance(value, str) else ",".join(value)
        for key, value in address.query.items()
    }
    named = {"host": address.host, "user": address.username, "dbname": address.database}
    told |= {key: value for key, value in named.items() if value}
    if address.port:
        told["port"] = str(address.port)
    secret = told.pop("password", "") or str(address.password or "")
    return make_conninfo("", **told), secret


def find_program(name: str, least: int) -> str:
    """The oldest installed one that is not older than `least`. Raises StoreUnfit."""
    found: dict[int, str] = {}
    for path in _candidates(name):
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        match = _VERSION.search(told.stdout.strip())
        if match:
            found.setdefault(int(match[1] or match[2]), path)
    fit = sorted(version for version in found if version >= least)
    if not fit:
        have = ", ".join(map(str, sorted(found))) or "-"
        raise StoreUnfit("pg_programs", name=name, least=least, found=have)
    return found[fit[0]]


def _candidates(name: str) -> Iterator[str]:
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    yield from sorted(map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")))
