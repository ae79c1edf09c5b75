"""Whether every blob still is what its name says, and readable by us alone."""

import hashlib
from collections.abc import Callable, Iterator

from desk.blobs.blob_store import BlobStore

OTHERS = 0o077  # mode bits of group and others


def find_differing(
    blobs: BlobStore, step: Callable[[int, int], None] = lambda _done, _all: None
) -> Iterator[str]:
    """The blobs whose bytes are others than their name says, or that others may read; `step` is
    told how many are done, of how many. Raises StoreError."""
    names = list(blobs.iterate())
    for done, sha256 in enumerate(names, start=1):
        path = blobs.local_path(sha256)
        with path.open("rb") as stream:
            whole = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        if not whole or path.stat().st_mode & OTHERS:
            yield sha256
        step(done, len(names))
