"""Blobs that are named against blobs that lie there, both ways."""

from collections.abc import Collection

from msgspec import Struct

from desk.blobs.blob_store import BlobStore


class Compared(Struct, frozen=True, kw_only=True):
    """`missing`: named, and not there. `unnamed`: there, and no row names it: perhaps not yet, where
    a mail is being filed at this moment."""

    missing: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()


def compare_blobs(blobs: BlobStore, named: Collection[str]) -> Compared:
    """`named`: desk.store.named_blobs. Reads no blob: whether each is whole tells
    desk.blobs.verify. Raises StoreError."""
    there, wanted = set(blobs.iterate()), set(named)
    return Compared(missing=tuple(sorted(wanted - there)), unnamed=tuple(sorted(there - wanted)))
