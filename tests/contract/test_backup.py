"""Backups of every released schema on both databases: what has a name was read again and is whole."""

import errno
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from sqlalchemy import text

from desk.backup import database as dumping
from desk.backup import place
from desk.backup.manifest import NAME, find_damaged, read_manifest, seal
from desk.blobs.local import LocalBlobs
from desk.store import open_store, schema_meta
from desk.store.engine import read_revision
from desk.store.migrate import newest
from redaksi.errors import ConfigError, RedaksiError, StoreError, StoreUnfit
from tests.backups import NOW, Kept, change, list_blobs, names_of, settle_in

DAY = timedelta(days=1)


@pytest.fixture
def kept(old_database: str, tmp_path: Path) -> Kept:
    """An installation of 0.1, on each database; of today's schema: test_restore."""
    return settle_in(old_database, tmp_path)


@pytest.fixture
def simple(database: str, tmp_path: Path) -> Kept:
    """An installation of today's with two mails, on each database."""
    kept = Kept(home=tmp_path / "data", url=database, dest=tmp_path / "cadangan")
    if database.startswith("sqlite"):
        kept.home.mkdir()
        (tmp_path / "redaksi.db").rename(kept.home / "redaksi.db")
        kept = Kept(home=kept.home, url=f"sqlite:///{kept.home / 'redaksi.db'}", dest=kept.dest)
    name(kept, b"first", b"second")
    return kept


def name(kept: Kept, *contents: bytes) -> list[str]:
    """Derivatives: rows that name a blob and nothing else."""
    made = []
    with change(kept.url) as connection:
        for content in contents:
            sha256 = kept.blobs.put(content)
            values = {
                "o": os.urandom(32).hex(),
                "s": sha256,
                "n": len(content),
                "at": NOW.isoformat(),
            }
            told = "INSERT INTO derivative (original, role, variant, sha256, size, created_at)"
            connection.execute(text(f"{told} VALUES (:o, 'screen', '', :s, :n, :at)"), values)
            made.append(sha256)
    return made


def test_what_stands_holds_every_row_and_file(kept: Kept) -> None:
    before = read_revision(kept.url)
    made = kept.back_up()
    held = read_manifest(made.folder)
    assert held == made.manifest
    assert find_damaged(made.folder, held) == []
    assert held.missing == ()
    assert set(held.blobs) == names_of(kept.url) == list_blobs(kept.dest / "blobs")
    assert (held.revision, read_revision(kept.url)) == (before, before)  # nothing was migrated
    assert held.counts["submission"] == 110
    assert {path.name for path in kept.dest.iterdir()} == {".lock", "blobs", made.folder.name}
    assert made.folder.name == "20261123T124003Z"


def test_a_file_that_only_a_reading_names_goes_along(old_database: str, tmp_path: Path) -> None:
    """A page offers it for download; one that was never kept is not missing."""
    open_store(old_database).close()
    kept = settle_in(old_database, tmp_path)
    sheet, never = kept.blobs.put(b"a sheet"), "0" * 64
    others = json.dumps([{"name": "anggaran.xlsx", "sha256": sha} for sha in (sheet, never)])
    with change(kept.url) as connection:
        first = "UPDATE mail SET others = :others WHERE id = (SELECT min(id) FROM mail)"
        connection.execute(text(first), {"others": others})
    made = kept.back_up()
    assert sheet in made.manifest.blobs
    assert sheet in list_blobs(kept.dest / "blobs")
    assert made.manifest.missing == ()


def test_secrets_do_not_go_along_and_nobody_else_reads_it(simple: Kept) -> None:
    (simple.home / "warta.token").write_text("token")
    (simple.home / "erasures.jsonl").write_text("{}\n")
    made = simple.back_up()
    assert (made.folder / "config.toml").read_text() == (
        'storage.database = "postgresql://redaksi:***@db/warta"\n'
    )
    dump = dumping.FILES[made.manifest.database]
    files = {path.name for path in made.folder.iterdir()}
    assert files == {"config.toml", "erasures.jsonl", NAME, dump}
    assert not [p for p in (simple.dest, *simple.dest.rglob("*")) if p.stat().st_mode & 0o077]


def test_it_is_on_record_when_one_was_last_whole(simple: Kept) -> None:
    store = open_store(simple.url)
    for moment in (NOW, NOW + DAY):
        simple.back_up(now=moment)
        with store.read() as tx:
            assert schema_meta.moment_of(tx, schema_meta.BACKUP) == moment
    store.close()


def test_what_was_lost_or_damaged_before_is_named_and_no_reason_to_have_no_backup(
    simple: Kept,
) -> None:
    lost, damaged, mended = name(simple, b"lost", b"damaged", b"mended")
    simple.back_up()
    for sha256 in (damaged, mended):
        simple.blobs.local_path(sha256).write_bytes(b"other")
    (simple.dest / "blobs" / damaged[:2] / damaged).write_bytes(b"rotten")
    simple.blobs.delete(lost)
    (simple.dest / "blobs" / lost[:2] / lost).unlink()
    held = simple.back_up(now=NOW + DAY).manifest
    assert held.missing == tuple(sorted((lost, damaged)))
    assert mended in held.blobs  # the earlier backup has it whole


def test_a_rotten_blob_of_an_earlier_backup_is_written_anew(simple: Kept) -> None:
    made = simple.back_up()
    for sha256 in made.manifest.blobs:
        (simple.dest / "blobs" / sha256[:2] / sha256).write_bytes(b"rotten")
    assert simple.back_up(now=NOW + DAY).manifest.missing == ()
    assert list_blobs(simple.dest / "blobs") == set(made.manifest.blobs)


def test_what_a_purge_takes_away_meanwhile_is_no_damage(simple: Kept) -> None:
    (purged,) = name(simple, b"purged")
    dump = dumping.dump
    dumped: list[Path] = []

    def dump_and_purge(url: str, folder: Path) -> Any:
        held = dump(url, folder)
        if not dumped:
            with change(url) as connection:
                told = text("DELETE FROM derivative WHERE sha256 = :s").bindparams(s=purged)
                connection.execute(told)
            simple.blobs.delete(purged)
        dumped.append(folder)
        return held

    with mock.patch("desk.backup.make.dump", dump_and_purge):
        held = simple.back_up().manifest
    assert len(dumped) == 2
    assert (held.missing, purged in held.blobs) == ((), False)


def test_only_the_newest_are_kept_and_blobs_that_one_of_them_names(simple: Kept) -> None:
    (gone,) = name(simple, b"gone")
    simple.back_up()
    with change(simple.url) as connection:
        connection.execute(text("DELETE FROM derivative WHERE sha256 = :s").bindparams(s=gone))
    days = [simple.back_up(now=NOW + day * DAY, keep=2) for day in (1, 2)]
    assert [made.removed for made in days] == [0, 1]
    assert place.list_whole(simple.dest) == [made.folder for made in days]
    assert list_blobs(simple.dest / "blobs") == set(days[-1].manifest.blobs)


def test_two_of_one_second_have_two_names(simple: Kept) -> None:
    assert simple.back_up().folder != simple.back_up().folder


@pytest.mark.parametrize("where", ["data", "data/cadangan", "data/../data/x"])
def test_no_backup_within_what_it_is_of(simple: Kept, where: str) -> None:
    inside = Kept(home=simple.home, url=simple.url, dest=simple.home.parent / where)
    with pytest.raises(ConfigError) as refused:
        inside.back_up()
    assert refused.value.sentence.key == "backup_inside"


def test_one_at_a_time(simple: Kept) -> None:
    place.prepare(simple.dest, simple.home)
    with place.lock(simple.dest), pytest.raises(StoreError) as refused:
        simple.back_up()
    assert (refused.value.sentence.key, refused.value.exit_code) == ("backup_busy", 75)


def test_nothing_to_back_up(tmp_path: Path) -> None:
    nothing = Kept(
        home=tmp_path / "data", url=f"sqlite:///{tmp_path}/data/redaksi.db", dest=tmp_path / "x"
    )
    nothing.home.mkdir()
    with pytest.raises(StoreUnfit, match="no database"):
        nothing.back_up()


def test_what_was_cut_off_has_no_name_and_is_swept(simple: Kept) -> None:
    place.prepare(simple.dest, simple.home)
    (simple.dest / ".part-20261122T000000Z").mkdir()
    (simple.dest / ".gone-20261121T000000Z").mkdir()
    assert place.list_whole(simple.dest) == []
    made = simple.back_up()
    assert {path.name for path in simple.dest.iterdir()} == {".lock", "blobs", made.folder.name}


def fill_disk(after: int) -> Callable[..., Any]:
    """fsync fails for want of room, the `after`th time on."""
    real, count = os.fsync, 0

    def fsync(descriptor: int) -> None:
        nonlocal count
        count += 1
        if count > after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    return fsync


def test_a_disk_that_fills_up_at_any_step_leaves_the_old_ones_whole(simple: Kept) -> None:
    old = simple.back_up()
    name(simple, b"third", b"fourth")
    for after in range(40):
        with mock.patch("os.fsync", fill_disk(after)):
            try:
                made = simple.back_up(now=NOW + DAY)
            except RedaksiError as error:
                assert error.exit_code == 75
                assert place.list_whole(simple.dest) == [old.folder]
                assert find_damaged(old.folder, read_manifest(old.folder)) == []
                assert set(old.manifest.blobs) <= list_blobs(simple.dest / "blobs")
                assert not list(simple.dest.glob(".part-*"))
                continue
        break
    assert after > 4
    assert place.list_whole(simple.dest) == [old.folder, made.folder]
    assert set(made.manifest.blobs) <= list_blobs(simple.dest / "blobs")


def test_a_manifest_is_only_what_was_written(simple: Kept) -> None:
    file = simple.back_up().folder / NAME
    raw = file.read_bytes()
    assert raw == seal(read_manifest(file.parent))
    for at in range(0, len(raw), max(1, len(raw) // 97)):
        file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(StoreUnfit):
            read_manifest(file.parent)
    for cut in (b"", raw[:-1], raw + b" "):
        file.write_bytes(cut)
        with pytest.raises(StoreUnfit):
            read_manifest(file.parent)


@pytest.mark.parametrize(("least", "found"), [(15, "/15"), (16, "/17"), (17, "/17"), (18, "")])
def test_postgresqls_programs_are_not_older_than_the_server(
    tmp_path: Path, least: int, found: str
) -> None:
    programs = []
    for version in (13, 15, 17):
        program = tmp_path / str(version)
        program.write_text(
            f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.4 (Debian {version}.4-1)'\n"
        )
        program.chmod(0o755)
        programs.append(str(program))
    with mock.patch.object(dumping, "_candidates", lambda _name: iter(programs)):
        if not found:
            with pytest.raises(StoreUnfit, match="13, 15, 17"):
                dumping.find_program("pg_dump", least)
        else:
            assert dumping.find_program("pg_dump", least).endswith(found)


def test_a_receiving_store_takes_nothing_for_what_it_is_not(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    file = tmp_path / "a"
    file.write_bytes(b"other")
    with file.open("rb") as stream, pytest.raises(ValueError, match="not what"):
        blobs.receive(stream, "a" * 64)
    assert list(blobs.iterate()) == []
    assert newest()
