"""The contract of every BlobStore: what has a name is complete, and only its own bytes have it."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.blobs.blob_store import BlobStore
from desk.blobs.local import LocalBlobs
from redaksi.errors import BlobMissing, StoreError

Make = Callable[[Path], BlobStore]
IMPLEMENTATIONS: dict[str, Make] = {"local": lambda folder: LocalBlobs(folder / "blobs")}


@pytest.fixture(params=IMPLEMENTATIONS)
def make(request: pytest.FixtureRequest) -> Make:
    return IMPLEMENTATIONS[request.param]


@pytest.fixture
def blobs(make: Make, tmp_path: Path) -> BlobStore:
    return make(tmp_path)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(blobs: BlobStore, sha256: str) -> bytes:
    with blobs.open(sha256) as stream:
        return stream.read()


@pytest.mark.parametrize("implementation", IMPLEMENTATIONS)
@settings(max_examples=20, deadline=None)
@given(content=st.binary(max_size=3_000_000))
def test_what_was_put_comes_back(
    tmp_path_factory: pytest.TempPathFactory, implementation: str, content: bytes
) -> None:
    blobs = IMPLEMENTATIONS[implementation](tmp_path_factory.mktemp("store"))
    assert blobs.put(content) == blobs.put(io.BytesIO(content)) == sha(content)
    assert read(blobs, sha(content)) == blobs.local_path(sha(content)).read_bytes() == content


def test_a_stream_is_put_from_where_it_stands(blobs: BlobStore) -> None:
    stream = io.BytesIO(b"headhello")
    stream.seek(4)
    assert blobs.put(stream) == sha(b"hello")


def test_a_file_is_copied_in(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    assert blobs.put(tmp_path / "a") == sha(b"hello")
    assert (tmp_path / "a").exists()


def test_a_put_that_fails_leaves_nothing(blobs: BlobStore) -> None:
    class Cut(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(5, "Input/output error")
            return super().read(size)

    cut: BinaryIO = Cut(b"x" * 2_000_000)
    with pytest.raises(StoreError, match="files"):
        blobs.put(cut)
    assert list(blobs.iterate()) == []


def test_an_adopted_file_is_moved(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    assert blobs.adopt(tmp_path / "a", sha(b"hello")) == sha(b"hello")
    assert read(blobs, sha(b"hello")) == b"hello"
    assert not (tmp_path / "a").exists()


def test_what_is_here_already_is_adopted_too(blobs: BlobStore, tmp_path: Path) -> None:
    blobs.put(b"hello")
    (tmp_path / "a").write_bytes(b"hello")
    blobs.adopt(tmp_path / "a", sha(b"hello"))
    assert (list(blobs.iterate()), (tmp_path / "a").exists()) == ([sha(b"hello")], False)


def test_a_file_that_is_not_what_it_says_is_not_adopted(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"evil")
    with pytest.raises(ValueError, match="not what"):
        blobs.adopt(tmp_path / "a", sha(b"hello"))
    assert not blobs.exists(sha(b"hello"))
    assert (tmp_path / "a").exists()


def test_a_file_that_we_hashed_ourselves_is_taken_in_unread(
    blobs: BlobStore, tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"hello")
    blobs.take(tmp_path / "a", sha(b"hello"))
    assert read(blobs, sha(b"hello")) == b"hello"
    assert not (tmp_path / "a").exists()


def test_a_link_is_not_adopted(blobs: BlobStore, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"hello")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    with pytest.raises(ValueError, match="plain file"):
        blobs.adopt(tmp_path / "a", sha(b"hello"))
    assert not blobs.exists(sha(b"hello"))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_only_a_hash_names_a_blob(blobs: BlobStore, name: str) -> None:
    for call in (blobs.open, blobs.local_path, blobs.exists, blobs.delete):
        with pytest.raises(ValueError, match="SHA-256"):
            call(name)


def test_a_blob_that_is_not_there_is_a_store_error(blobs: BlobStore) -> None:
    assert not blobs.exists("0" * 64)
    for read_it in (blobs.open, blobs.local_path):
        with pytest.raises(BlobMissing):
            read_it("0" * 64)


def test_a_deleted_blob_is_gone_and_may_be_deleted_again(blobs: BlobStore) -> None:
    name = blobs.put(b"hello")
    for _ in range(2):
        blobs.delete(name)
    assert not blobs.exists(name)


def test_every_blob_is_iterated_once(blobs: BlobStore) -> None:
    names = sorted(blobs.put(b"%d" % number) for number in (*range(20), 3))
    assert sorted(blobs.iterate()) == sorted(set(names))


def test_another_process_sees_it(make: Make, tmp_path: Path) -> None:
    name = make(tmp_path).put(b"hello")
    assert read(make(tmp_path), name) == b"hello"


def test_marks_are_texts_beside_the_blobs(make: Make, tmp_path: Path) -> None:
    blobs = make(tmp_path)
    assert blobs.read_mark("database") is None
    for text in ("first", "second"):
        blobs.write_mark("database", text)
        assert make(tmp_path).read_mark("database") == text
    blobs.write_mark("process-1", "")
    assert sorted(blobs.marks()) == ["database", "process-1"]
    assert list(blobs.iterate()) == []
    for _ in range(2):
        blobs.delete_mark("process-1")
    assert list(blobs.marks()) == ["database"]


@pytest.mark.parametrize("name", ["", "../x", "A", "a/b", "a" * 101])
def test_a_mark_has_a_plain_name(blobs: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        blobs.write_mark(name, "x")
