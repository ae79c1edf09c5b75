"""`doctor --verify`: a stored file that changed, or that others may read, is named."""

from pathlib import Path

import pytest

from desk.blobs.local import LocalBlobs
from desk.blobs.verify import find_differing


@pytest.fixture
def blobs(tmp_path: Path) -> LocalBlobs:
    kept = LocalBlobs(tmp_path)
    for content in (b"one", b"two", b"three"):
        kept.put(content)
    return kept


def test_nothing_is_found_where_all_are_whole(blobs: LocalBlobs) -> None:
    steps: list[tuple[int, int]] = []
    assert list(find_differing(blobs, lambda *step: steps.append(step))) == []
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_one_that_was_overwritten_is_named(blobs: LocalBlobs) -> None:
    sha256 = blobs.put(b"four")
    blobs.local_path(sha256).write_bytes(b"five")
    assert list(find_differing(blobs)) == [sha256]


def test_one_that_others_may_read_is_named(blobs: LocalBlobs) -> None:
    sha256 = blobs.put(b"four")
    blobs.local_path(sha256).chmod(0o640)
    assert list(find_differing(blobs)) == [sha256]
