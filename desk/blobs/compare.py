"""Blobs that are named against blobs that lie there, both ways."""

from collections.abc import Callable, Collection

from msgspec import Struct

from desk.blobs.blob_store import BlobStore

_OFTEN = 100  # blobs


class Compared(Struct, frozen=True, kw_only=True):
    """`missing`: named, and not there. `unnamed`: there, and no row names it: perhaps not yet, where
    a mail is being filed at this moment."""

    missing: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def compare_blobs(
    blobs: BlobStore,
    named: Collection[str],
    step: Callable[[int, int], None] = lambda _done, _all: None,
) -> Compared:
    """`named`: desk.store.named_blobs. Reads no blob: whether each is whole tells
    desk.blobs.verify. `step` is told how many were seen, of about how many. Raises StoreError."""
    there: set[str] = set()
    wanted = set(named)
    for sha256 in blobs.iterate():
        there.add(sha256)
        if len(there) % _OFTEN == 0:
            step(len(there), max(len(there), len(wanted)))
    return Compared(missing=tuple(sorted(wanted - there)), unnamed=tuple(sorted(there - wanted)))
