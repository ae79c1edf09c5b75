"""Blobs: what has a name is complete, on the disk, and nobody else's to read."""

import hashlib
import io
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.blobs.local import LEFTOVER_SECONDS
from desk.store import Blobs
from redaksi.errors import StoreError


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def leftovers(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "blobs" / "tmp").iterdir())


@settings(max_examples=20, deadline=None)
@given(content=st.binary(max_size=3_000_000))
def test_what_was_put_comes_back(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    blobs = Blobs(tmp_path_factory.mktemp("blobs"))
    assert blobs.put(content) == blobs.put(io.BytesIO(content)) == sha(content)
    assert blobs.read(sha(content)) == content


def test_a_file_is_copied_in(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    assert blobs.put(tmp_path / "a") == sha(b"hello")
    assert (tmp_path / "a").exists()


def test_blobs_and_folders_are_private(blobs: Blobs) -> None:
    path = blobs.path(blobs.put(b"hello"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_bytes_are_on_the_disk_before_they_have_a_name(
    blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        synced.append((kind, blobs.has(sha(b"hello"))))
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", watched)
    blobs.put(b"hello")
    assert synced == [("file", False), ("folder", False), ("folder", True)]


def test_a_put_that_fails_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    class Cut(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(StoreError, match="Input/output"):
        blobs.put(Cut())
    assert leftovers(tmp_path) == []


def test_a_childs_file_is_adopted_and_made_private(blobs: Blobs, tmp_path: Path) -> None:
    with blobs.tmp() as path:
        path.write_bytes(b"hello")
        path.chmod(0o644)
        blobs.adopt(path, sha(b"hello"))
    assert blobs.read(sha(b"hello")) == b"hello"
    assert stat.S_IMODE(blobs.path(sha(b"hello")).stat().st_mode) == 0o600
    assert leftovers(tmp_path) == []


def test_a_file_that_is_not_what_it_says_is_not_adopted(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"evil")
    with pytest.raises(ValueError, match="not what"):
        blobs.adopt(tmp_path / "a", sha(b"hello"))
    assert not blobs.has(sha(b"hello"))


def test_a_link_is_not_adopted(blobs: Blobs, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"hello")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="plain file"):
        blobs.adopt(tmp_path / "a", sha(b"hello"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_only_a_hash_names_a_blob(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.path(name)


def test_leftovers_of_the_dead_are_swept_and_those_of_the_living_are_not(
    blobs: Blobs, tmp_path: Path
) -> None:
    old, new = (tmp_path / "blobs" / "tmp" / name for name in ("old", "new"))
    for path, age in ((old, LEFTOVER_SECONDS + 1), (new, LEFTOVER_SECONDS - 1)):
        path.write_bytes(b"x")
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert blobs.sweep(now=1_000_000) == 1
    assert leftovers(tmp_path) == [new]


def test_a_blob_that_is_not_there_is_a_store_error(blobs: Blobs) -> None:
    with pytest.raises(StoreError):
        blobs.read("0" * 64)


def test_a_removed_blob_is_gone_and_may_be_removed_again(blobs: Blobs) -> None:
    name = blobs.put(b"hello")
    for _ in range(2):
        blobs.remove(name)
    assert not blobs.has(name)
