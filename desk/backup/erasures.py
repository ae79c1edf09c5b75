"""Who was erased after a backup was made is erased again when it is restored.

erasures.jsonl stands beside the database and goes into every backup; the newest of them tells most. So
a restore reads those of all backups beside its own, and what it is handed of the installation that
is no more.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from desk.backup import place
from desk.backup.make import ERASURES
from desk.backup.manifest import find_damaged, read_manifest
from desk.blobs.blob_store import BlobStore
from desk.store import Store
from desk.workflow.people.rows import apply_erasures
from redaksi.errors import StoreUnfit


def gather(backup: Path, more: Iterable[Path]) -> list[bytes]:
    """Every line once, in order. Raises StoreUnfit for one that cannot be trusted, OSError."""
    lines: dict[bytes, None] = {}
    for folder in place.list_whole(backup.parent):
        named = read_manifest(folder)
        if ERASURES in named.files:
            if ERASURES in find_damaged(folder, named):
                raise StoreUnfit("backup_damaged", n=1, names=str(folder / ERASURES))
            lines |= dict.fromkeys((folder / ERASURES).read_bytes().splitlines())
    for path in more:
        lines |= dict.fromkeys(path.read_bytes().splitlines())
    return [line for line in lines if line.strip()]


def execute(store: Store, blobs: BlobStore, lines: list[bytes]) -> int:
    """Erase everybody of these lines once more; how many were still there. Raises StoreUnfit where
    that cannot be done: nobody who was erased comes back unnoticed."""
    return apply_erasures(store, blobs, lines, datetime.now(UTC)) if lines else 0
