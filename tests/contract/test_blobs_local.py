"""Blobs in a folder: nobody else's to read, on the disk before they have a name, nothing left over."""

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest

from desk.blobs.local import LEFTOVER_SECONDS, LocalBlobs
from redaksi.errors import StoreError

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "blobs")


def leftovers(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "blobs" / "tmp").iterdir())


def test_blobs_and_folders_are_private(blobs: LocalBlobs) -> None:
    path = blobs.local_path(blobs.put(b"hello"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_bytes_are_on_the_disk_before_they_have_a_name(
    blobs: LocalBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append((kind, blobs.exists(HELLO)))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    blobs.put(b"hello")
    assert synced == [("file", False), ("folder", False), ("folder", True)]


def test_a_full_disk_is_a_store_error_and_leaves_nothing(
    blobs: LocalBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="file system is full"):
        blobs.put(b"x")
    assert leftovers(tmp_path) == []


def test_a_childs_file_is_made_private(blobs: LocalBlobs, tmp_path: Path) -> None:
    with blobs.tmp() as path:
        path.write_bytes(b"hello")
        path.chmod(0o644)
        blobs.adopt(path, HELLO)
    assert stat.S_IMODE(blobs.local_path(HELLO).stat().st_mode) == 0o600
    assert leftovers(tmp_path) == []


def test_leftovers_of_the_dead_are_swept_and_those_of_the_living_are_not(
    blobs: LocalBlobs, tmp_path: Path
) -> None:
    old, new = (tmp_path / "blobs" / "tmp" / name for name in ("old", "new"))
    for path, age in ((old, LEFTOVER_SECONDS + 1), (new, LEFTOVER_SECONDS - 1)):
        path.write_bytes(b"x")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert blobs.sweep(now=1_000_000) == 1
    assert leftovers(tmp_path) == [new]
