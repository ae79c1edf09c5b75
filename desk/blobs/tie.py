"""A database and its blobs know each other: an id stands in both. A database beside the files of
another, files that lie where one of two machines cannot see them, a restore that forgot the files:
each is refused before anything is written.
"""

import secrets

from desk.blobs.blob_store import BlobStore
from desk.store import Store, Transaction, schema_meta
from desk.store.jobs import processes
from desk.store.jobs.processes import Birth
from redaksi.errors import StoreUnfit

DATABASE = "database"  # the mark whose text is the id
PROCESS = "process-"  # marks of those at work now
ID_BYTES = 16


def tie_together(store: Store, blobs: BlobStore, where: str) -> None:
    """See that these blobs are this database's; the first time, make it so. `where` they lie is
    told. Raises StoreUnfit."""
    mark = blobs.read_mark(DATABASE)
    with store.read() as tx:
        if mark is not None and schema_meta.value_of(tx, schema_meta.TIE) == mark:
            return
    with store.begin() as tx:
        schema_meta.lock(tx)
        mark = blobs.read_mark(DATABASE)
        known = schema_meta.value_of(tx, schema_meta.TIE)
        if known is not None and mark is not None and known != mark:
            raise StoreUnfit("files_of_another", where=where)
        _refuse_strange(tx, blobs, where, known, mark)
        identity = known or mark or secrets.token_hex(ID_BYTES)
        if mark is None:
            blobs.write_mark(DATABASE, identity)
        schema_meta.write(tx, schema_meta.TIE, identity)


def _refuse_strange(
    tx: Transaction, blobs: BlobStore, where: str, known: str | None, mark: str | None
) -> None:
    """What the database names tells whether the files are its own, where the ids do not."""
    sample = schema_meta.sample_blobs(tx)
    missing = sum(not blobs.exists(sha256) for sha256 in sample)
    if 2 * missing > len(sample):
        raise StoreUnfit("files_missing", where=where, missing=missing, n=len(sample))
    if sample:
        return
    if known is not None and mark is None:
        raise StoreUnfit("files_elsewhere", where=where)
    if mark is not None and known is None and next(iter(blobs.iterate()), None) is not None:
        raise StoreUnfit("files_of_another", where=where)


def mark_of(identifier: str) -> str:
    """The name of a process's mark."""
    return f"{PROCESS}{identifier}"


def enter(tx: Transaction, blobs: BlobStore, birth: Birth) -> None:
    """Leave a mark for the others, after theirs were found; in the transaction that registers.

    Raises StoreUnfit when one is at work whose mark is not among these files: it looks at others.
    """
    schema_meta.lock(tx)
    others = [other for other in processes.unended(tx) if other.id != birth.id and other.marker]
    for other in others:
        if not other.silent and blobs.read_mark(other.marker) is None:
            raise StoreUnfit("files_unseen", label=other.label)
    known = {other.marker for other in others}
    for name in blobs.marks():
        if name.startswith(PROCESS) and name not in known:
            blobs.delete_mark(name)
    blobs.write_mark(birth.marker, birth.label)
