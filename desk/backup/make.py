"""Make a backup: database, then blobs, then what is said of them; read again, then named.

The database comes first: a blob that no row names is harmless, a row without its blob is not. What a
purge took away in between is no damage: then the database is copied anew.
"""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from desk.backup import place
from desk.backup.database import Held, dump
from desk.backup.manifest import NAME, Manifest, find_damaged, measure, read_manifest, seal
from desk.blobs.blob_store import BlobStore
from desk.blobs.local import LocalBlobs
from desk.store import open_current, schema_meta
from desk.store.engine import is_there, read_revision
from desk.store.keeping.copy_sqlite import force_to_disk
from desk.store.keeping.half import refuse_half_restored
from desk.store.migrate import newest
from redaksi.config.schema import Config
from redaksi.errors import BlobMissing, StoreError, StoreUnfit

CONFIG = "config.toml"
ERASURES = "erasures.jsonl"  # beside the database: who was erased, since restored
TRIES = 3  # copies of the database, where blobs are purged meanwhile
# a password within an address; the address itself is no secret
_IN_ADDRESS = re.compile(r"(://[^\s:/@\"']{0,200}):[^\s/@\"']{1,500}@")
Step = Callable[[int, int], None]


class Made(Struct, frozen=True, kw_only=True):
    """A backup that stands."""

    folder: Path
    manifest: Manifest
    removed: int  # older backups


class Source(Struct, frozen=True, kw_only=True):
    """What a backup is made of. `config_file` goes along without its passwords."""

    config: Config
    config_file: Path
    url: str


def make_backup(
    source: Source, dest: Path, now: datetime, *, keep: int = 0, step: Step = lambda _d, _a: None
) -> Made:
    """Write a backup into `dest` and remove all but the newest `keep` (0: none). `step` is told how
    many blobs are done.

    Raises ConfigError for a `dest` inside `data_dir`, StoreUnfit where there is nothing to copy or
    PostgreSQL's programs are too old, StoreError when a disk or database refuses: no backup has a
    name then, and those that were there stand as they stood.
    """
    refuse_half_restored(source.config.home)
    if not is_there(source.url):
        raise StoreUnfit("backup_nothing")
    place.prepare(dest, source.config.home)
    with place.lock(dest):
        place.sweep(dest)
        name = place.choose_name(dest, now)
        part = dest / f".part-{name}"
        try:
            manifest = _write(source, dest, part, now, step)
            with place.faults_named():
                part.rename(dest / name)
                force_to_disk(dest)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        note_backup(source.url, now)
        removed = place.keep_newest(dest, keep) if keep else 0
    return Made(folder=dest / name, manifest=manifest, removed=removed)


def _write(source: Source, dest: Path, part: Path, now: datetime, step: Step) -> Manifest:
    held, sizes, missing = _copy(source, dest, part, step)
    with place.faults_named():
        _write_config(source, part / CONFIG)
        erasures = source.config.home / ERASURES
        if erasures.is_file():  # last: whoever was erased meanwhile is in it
            _write_file(part / ERASURES, erasures.read_bytes())
        files = {path.name: measure(path) for path in sorted(part.iterdir())}
        manifest = Manifest(
            program=version("redaksi"),
            revision=held.revision,
            database=held.kind,
            taken_at=now,
            counts=held.counts,
            files=files,
            blobs=sizes,
            missing=missing,
        )
        _write_file(part / NAME, seal(manifest))
        force_to_disk(part)
        _read_again(part)
    return manifest


def _read_again(part: Path) -> None:
    """What was written is what is there. Raises StoreError."""
    damaged = find_damaged(part, read_manifest(part))
    if damaged:
        raise StoreError("backup_damaged", names=", ".join(damaged), n=len(damaged))


def _copy(
    source: Source, dest: Path, part: Path, step: Step
) -> tuple[Held, Mapping[str, int], tuple[str, ...]]:
    """The database, and the size of each blob it names; those that could not be had."""
    blobs = LocalBlobs(source.config.home / "blobs", looks=True)
    kept = LocalBlobs(dest / place.BLOBS)
    before: set[str] | None = None
    for _ in range(TRIES):
        with place.faults_named():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(mode=0o700)
            held = dump(source.url, part)
        sizes, missing = _copy_blobs(blobs, kept, held.blobs | held.mentioned, step)
        missing &= held.blobs
        if not missing or missing == before:
            break
        before = missing  # gone since, or lost: the database says so when it is asked again
    return held, sizes, tuple(sorted(missing))


def _copy_blobs(
    blobs: BlobStore, kept: LocalBlobs, names: frozenset[str], step: Step
) -> tuple[Mapping[str, int], set[str]]:
    sizes: dict[str, int] = {}
    missing: set[str] = set()
    for done, sha256 in enumerate(sorted(names), start=1):
        size = _copy_blob(blobs, kept, sha256)
        if size is None:
            missing.add(sha256)
        else:
            sizes[sha256] = size
        step(done, len(names))
    return sizes, missing


def _copy_blob(blobs: BlobStore, kept: LocalBlobs, sha256: str) -> int | None:
    """Its size; None where it is not to be had whole. One that an earlier backup brought is read
    again: what the manifest names was whole on this day."""
    with place.faults_named():
        if kept.exists(sha256):
            file = measure(kept.local_path(sha256))
            if file.sha256 == sha256:
                return file.size
        try:
            with blobs.open(sha256) as stream:
                return kept.receive(stream, sha256)
        except (BlobMissing, ValueError):
            return None


def _write_config(source: Source, target: Path) -> None:
    text = source.config_file.read_text(encoding="utf-8")
    _write_file(target, _IN_ADDRESS.sub(r"\1:***@", text).encode())


def _write_file(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def note_backup(url: str, now: datetime) -> None:
    """Put on record when a backup was last whole; a store of another version is left alone."""
    if read_revision(url) != newest():
        return
    store = open_current(url)
    try:
        with store.begin() as tx:
            schema_meta.change(tx, schema_meta.BACKUP, now.isoformat())
    finally:
        store.close()
