"""Blobs that no living row names go, after a day of grace: a file is put before a row names it."""

from datetime import timedelta

from msgspec import Struct

from desk.app import App
from desk.store.named_blobs import find_mentioned, find_named
from desk.store.retention import old_pictures

GRACE = timedelta(hours=24)


class Swept(Struct, frozen=True, kw_only=True):
    """How many blobs went, and their bytes."""

    blobs: int = 0
    size: int = 0


def sweep_blobs(app: App, grace: timedelta = GRACE) -> Swept:
    """Delete what nothing names, and says since `grace` ago that it is there. Raises StoreError."""
    before = app.clock() - grace
    with app.store.begin() as tx:
        old_pictures.forget(tx, before)
    with app.store.read() as tx:
        named = find_named(tx.connection()) | find_mentioned(tx.connection())
    sizes = [
        size
        for sha256 in sorted(set(app.blobs.iterate()) - named)
        if (size := app.blobs.discard(sha256, before)) is not None
    ]
    for path in app.thumbnails.glob("[0-9a-f][0-9a-f]/*.jpg"):
        if path.stem not in named:
            path.unlink(missing_ok=True)
    return Swept(blobs=len(sizes), size=sum(sizes))
