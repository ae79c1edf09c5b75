"""A backup becomes a `data_dir` again, every hash checked, its schema brought up to date.

MARK is the first file that is written and the last that goes: while it is there nobody opens the
folder. On PostgreSQL the tables come without their revision, which is written in the one transaction
that migrates and settles: a database in between opens for nobody either.
"""

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from sqlalchemy import Connection, func, inspect, select, table, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from desk.backup import erasures, place
from desk.backup.database import FILES, run_program
from desk.backup.make import CONFIG, ERASURES
from desk.backup.manifest import NAME, Manifest, find_damaged, read_manifest
from desk.backup.settle import Settled, settle
from desk.blobs.compare import compare_blobs
from desk.blobs.local import LocalBlobs
from desk.blobs.tie import DATABASE
from desk.store import Store, open_current, schema_meta
from desk.store.engine import make_engine
from desk.store.keeping.copy_sqlite import check_database, force_to_disk
from desk.store.keeping.half import MARK
from desk.store.migrate import migrate_on, refuse_newer
from desk.store.named_blobs import find_named
from redaksi.errors import BlobMissing, ConfigError, StoreError, StoreUnfit

Step = Callable[[int, int], None]
SHOWN = 5
_FOUND_IN_EMPTY = frozenset({"lost+found"})  # of a file system of its own


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be restored, and where. `database`: the SQLAlchemy URL of an empty PostgreSQL database,
    "" for SQLite; `erasures`: more of them; `is_incomplete`: although blobs are damaged."""

    backup: Path
    into: Path
    database: str = ""
    erasures: Sequence[Path] = ()
    is_incomplete: bool = False


class Restored(Struct, frozen=True, kw_only=True):
    """What stands now. `missing`: blobs that the database names and nobody has whole."""

    manifest: Manifest
    settled: Settled
    erased: int
    missing: tuple[str, ...] = ()


def find_backup(source: Path) -> Path:
    """The backup that `source` names: itself, or the newest in it. Raises StoreUnfit."""
    if (source / NAME).is_file():
        return source
    whole = place.list_whole(source) if source.is_dir() else []
    if not whole:
        raise StoreUnfit("restore_no_backup", path=source)
    return whole[-1]


def restore(wanted: Wanted, now: datetime, step: Step = lambda _d, _a: None) -> Restored:
    """Bring it back. Raises ConfigError for a folder or database that cannot take it, StoreUnfit for
    a backup that is damaged or newer, StoreError when disk or database refuse: the folder is empty
    then, as it was."""
    with place.lock(wanted.backup.parent, is_shared=True), place.faults_named():
        manifest = _examine(wanted)
        _claim(wanted.into)
        try:
            return _bring_back(wanted, manifest, now, step)
        except BaseException:
            for path in wanted.into.iterdir():
                _remove(path)
            raise


def _examine(wanted: Wanted) -> Manifest:
    """Everything that can be refused before a byte is written."""
    manifest = read_manifest(wanted.backup)
    refuse_newer(manifest.revision)
    damaged = find_damaged(wanted.backup, manifest)
    if damaged:
        raise StoreUnfit("backup_damaged", n=len(damaged), names=", ".join(damaged))
    is_server = manifest.database == "postgresql"
    if is_server != bool(wanted.database):
        raise ConfigError("restore_database" if is_server else "restore_no_database")
    if is_server:
        _refuse_filled(wanted.database)
    return manifest


def _refuse_filled(url: str) -> None:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                raise ConfigError("restore_not_fresh", name=make_url(url).database or "")
    finally:
        engine.dispose()


def _claim(into: Path) -> None:
    """An empty folder, marked as half restored."""
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (into / MARK).exists():
        raise ConfigError("restore_half", path=into)
    if {path.name for path in into.iterdir()} - _FOUND_IN_EMPTY:
        raise ConfigError("restore_not_empty", path=into)
    (into / MARK).touch(mode=0o600)
    force_to_disk(into)


def _bring_back(wanted: Wanted, manifest: Manifest, now: datetime, step: Step) -> Restored:
    source, into = wanted.backup, wanted.into
    again = erasures.gather(source, wanted.erasures)
    damaged = _copy_blobs(source.parent / place.BLOBS, into / place.BLOBS, manifest, step)
    if damaged and not wanted.is_incomplete:
        raise StoreUnfit("restore_blobs", n=len(damaged), names=", ".join(damaged[:SHOWN]))
    _copy_file(source / CONFIG, into / CONFIG)
    if again:
        _write_file(into / ERASURES, b"".join(line + b"\n" for line in again))
    url = wanted.database or f"sqlite:///{(into / FILES['sqlite']).absolute()}"
    _fill(source / FILES[manifest.database], into, url, manifest)
    settled = _settle(url, manifest, now)
    missing = {*damaged, *manifest.missing}
    with closing(open_current(url)) as store:
        erased = _finish(store, LocalBlobs(into / place.BLOBS), again, missing)
    (into / MARK).unlink()
    force_to_disk(into)
    return Restored(
        manifest=manifest, settled=settled, erased=erased, missing=tuple(sorted(missing))
    )


# ── files ─────────────────────────────────────────────────────────────────────────────────────────


def _copy_blobs(source: Path, target: Path, manifest: Manifest, step: Step) -> list[str]:
    """Every blob, hashed while it is copied; those that are not what their name says."""
    kept, blobs = LocalBlobs(source, looks=True), LocalBlobs(target)
    damaged: list[str] = []
    for done, (sha256, size) in enumerate(sorted(manifest.blobs.items()), start=1):
        try:
            with kept.open(sha256) as stream:
                if blobs.receive(stream, sha256) != size:
                    damaged.append(sha256)
        except (BlobMissing, ValueError):
            damaged.append(sha256)
        step(done, len(manifest.blobs))
    return damaged


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as stream, _new(target) as out:
        shutil.copyfileobj(stream, out)


def _write_file(target: Path, content: bytes) -> None:
    with _new(target) as out:
        out.write(content)


@contextmanager
def _new(target: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        if path.name not in _FOUND_IN_EMPTY:
            shutil.rmtree(path)
    else:
        path.unlink()


# ── the database ──────────────────────────────────────────────────────────────────────────────────


def _fill(dump: Path, into: Path, url: str, manifest: Manifest) -> None:
    """The rows of the backup, of its own revision."""
    if manifest.database == "sqlite":
        file = into / FILES["sqlite"]
        _copy_file(dump, file)
        check_database(file)
        return
    contents = into / "contents"
    run_program("pg_restore", ["--list", f"--file={contents}", str(dump)], None, 0)
    lines = contents.read_text(encoding="utf-8").splitlines(keepends=True)
    contents.write_text("".join(x for x in lines if " TABLE DATA public alembic_version " not in x))
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    run_program("pg_restore", [*options, f"--use-list={contents}", str(dump)], url, 0)
    contents.unlink()


def _settle(url: str, manifest: Manifest, now: datetime) -> Settled:
    """Counted, migrated and settled in one transaction."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            _begin(connection, manifest)
            migrate_on(connection)
            with Session(connection, expire_on_commit=False) as tx:
                settled = settle(tx, now)
                tx.flush()
        return settled
    finally:
        engine.dispose()


def _begin(connection: Connection, manifest: Manifest) -> None:
    if connection.dialect.name == "postgresql":
        at = text("INSERT INTO alembic_version (version_num) VALUES (:at)")
        connection.execute(at.bindparams(at=manifest.revision))
    fewer = [
        name
        for name, count in sorted(manifest.counts.items())
        if connection.scalar(select(func.count()).select_from(table(name))) != count
    ]
    if fewer:
        raise StoreUnfit("restore_counts", names=", ".join(fewer))


def _finish(store: Store, blobs: LocalBlobs, again: list[bytes], missing: Collection[str]) -> int:
    """Who was erased goes again; blobs and rows are each other's, and know it."""
    erased = erasures.execute(store, blobs, again)
    with store.read() as tx:
        compared = compare_blobs(blobs, find_named(tx.connection()))
        tie = schema_meta.value_of(tx, schema_meta.TIE)
    lost = sorted(set(compared.missing) - set(missing))
    if lost:
        raise StoreError("backup_damaged", n=len(lost), names=", ".join(lost[:SHOWN]))
    for sha256 in compared.unnamed:
        blobs.delete(sha256)
    if tie is not None:
        blobs.write_mark(DATABASE, tie)
    return erased
