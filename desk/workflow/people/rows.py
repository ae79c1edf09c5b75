"""The rows of a person go, and the line of the erasure is on the disk before they have: in a running
store, and in one that was restored from a backup of before."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import delete, select, tuple_

from desk.blobs.blob_store import BlobStore
from desk.store import Store, Transaction
from desk.store.keeping.rewrite import rewrite_files
from desk.store.named_blobs import find_mentioned, find_named
from desk.store.people.addresses import address_key
from desk.store.people.belongings import iterate_mails
from desk.store.publications import editions
from desk.store.retention import erasures
from desk.store.retention.empty import submissions_about
from desk.store.retention.erase import His, erase_person
from desk.store.retention.erasures import Erasure
from desk.store.tables import (
    Address,
    Derivative,
    Document,
    Edition,
    Mail,
    Outbox,
    Photo,
    Revision,
    SenderDay,
    Submission,
)
from desk.workflow.people.find import Belongings, find_belongings, read_senders
from publisher.articles.photo_words import gather_words, name_words
from redaksi.errors import StoreError, StoreUnfit
from redaksi.fault import name_fault

_AT_ONCE = 500  # values in one statement
Published = set[tuple[str, str]]  # an original, and the words that its copy for readers carries


def erase_rows(
    tx: Transaction, his: His, file: Path | None, now: datetime, *, is_restored: bool = False
) -> set[str]:
    """Everything of his in the store, in the caller's transaction; the blobs that nothing names any more.
    The erasure is a line of `file` when this returns (None: it is one already). Raises StoreError."""
    connection = tx.connection()
    named, originals = find_named(connection), _list_originals(tx)
    published = _list_published(tx, his)
    erase_person(tx, his, now, is_restored=is_restored)
    gone = originals - _list_originals(tx)
    _forget_pictures(tx, gone, published, his.mails)
    gone = (gone | named) - find_named(connection) - find_mentioned(connection)
    if file is not None:
        append_line(file, erasures.make_line(tx, his.whose.keys, gone, now))
    return gone


def _list_originals(tx: Transaction) -> set[str]:
    """What came, wherever a row names it; not what was made of it."""
    columns = (select(Mail.blob), select(Document.sha256), select(Photo.sha256))
    found = {sha256 for each in columns for sha256 in tx.scalars(each.distinct()) if sha256}
    return found | find_mentioned(tx.connection())


def _list_published(tx: Transaction, his: His) -> Published:
    """The copies for readers with words of his, which no other submission publishes."""
    own = _of_editions(tx, his.submissions)
    shared = (
        select(Revision.submission_id)
        .join(Photo, Photo.revision_id == Revision.id)
        .where(Photo.sha256.in_({original for original, _ in own}))
    )
    others = set(tx.scalars(shared.distinct())) - set(his.submissions)
    return own - _of_editions(tx, others)


def _of_editions(tx: Transaction, submissions: Iterable[int]) -> Published:
    rows = tx.scalars(select(Edition.content).where(Edition.submission_id.in_(list(submissions))))
    found = map(editions.thaw, rows)
    return {
        (photo.sha256, name_words(gather_words(edition, photo)))
        for edition in found
        for photo in edition.photos
    }


def _forget_pictures(
    tx: Transaction, originals: set[str], published: Published, mails: Iterable[int]
) -> None:
    """What was made of what is gone, what readers saw under his words, and what the readings of his mails
    made of files that somebody else sent too."""
    for part in _parts(sorted(originals)):
        tx.execute(delete(Derivative).where(Derivative.original.in_(part)))
    for pair in _parts(sorted(published)):
        key = tuple_(Derivative.original, Derivative.variant)
        tx.execute(delete(Derivative).where(Derivative.role == "publish", key.in_(pair)))
    for part in _parts([f"mail {mail_id}" for mail_id in mails]):
        tx.execute(delete(Derivative).where(Derivative.variant.in_(part)))
    tx.flush()


def _parts(values: Sequence[object]) -> list[Sequence[object]]:
    return [values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE)]


# ── the record ────────────────────────────────────────────────────────────────────────────────────


def read_file(file: Path) -> list[Erasure]:
    """The erasures on record; none where there is no file. Raises StoreError."""
    try:
        return erasures.read_lines(file.read_bytes()) if file.is_file() else []
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error
    except msgspec.DecodeError as error:
        raise StoreUnfit("erasures_damaged", path=file) from error


def append_line(file: Path, line: bytes) -> None:
    """On the disk when this returns; a line that was cut off before is ended first. Raises
    StoreError."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "r+b") as out:
            whole = out.read().rfind(b"\n") + 1
            out.seek(whole)
            out.truncate()
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
        folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


# ── a store that was restored ─────────────────────────────────────────────────────────────────────


def apply_erasures(store: Store, blobs: BlobStore, lines: Iterable[bytes], now: datetime) -> int:
    """Everybody who was erased since a backup was taken goes out of the store that was made of it, before
    anybody opens it: from its rows, its blobs and its files. How many persons went now. The lines: of
    erasures.jsonl, in any order.

    Raises StoreUnfit, and nothing is done, where a line is damaged or another store's: nobody could tell
    whom it is about; StoreError.
    """
    known = _read_own(store, lines)
    persons, gone = 0, {sha256 for line in known for sha256 in line.blobs}
    for line in known:
        with store.begin() as tx:
            for key in _find_addresses(tx, blobs, line):
                found = find_belongings(tx, blobs, None, key)
                if not found.is_empty:
                    persons += 1
                    gone |= erase_rows(tx, his_of(tx, found), None, now, is_restored=True)
    with store.read() as tx:
        connection = tx.connection()
        unnamed = gone - find_named(connection) - find_mentioned(connection)
    for sha256 in sorted(unnamed):
        blobs.delete(sha256)
    if persons and not rewrite_files(store):
        raise StoreError("erase_not_rewritten")
    return persons


def _read_own(store: Store, lines: Iterable[bytes]) -> list[Erasure]:
    try:
        read = erasures.read_lines(b"".join(line.strip() + b"\n" for line in lines))
    except msgspec.DecodeError as error:
        raise StoreUnfit("erasures_damaged", path=erasures.FILE) from error
    with store.read() as tx:
        secret = erasures.find_secret(tx)
    name = "" if secret is None else erasures.name_key(secret)
    foreign = sum(line.key != name for line in read)
    if foreign:
        raise StoreUnfit("erasures_of_another", n=foreign)
    return read


def _find_addresses(tx: Transaction, blobs: BlobStore, line: Erasure) -> list[str]:
    """Which of the addresses that this store knows the line is about."""
    secret = erasures.find_secret(tx) or b""
    columns = (select(Address.address), select(Outbox.to_normalized), select(SenderDay.address))
    known = {address_key(each) for column in columns for each in tx.scalars(column.distinct())}
    for mail in iterate_mails(tx):
        known |= read_senders(blobs, None, mail)
    return sorted(each for each in known if erasures.digest(secret, each) in line.addresses)


def his_of(tx: Transaction, found: Belongings) -> His:
    """What goes with him: his mails, and those of others about his submissions; not what is about
    somebody else's submission, which stays."""
    mails = (*found.written, *found.others)
    living = select(Submission.id).where(Submission.emptied_at.is_(None))
    not_his = {*tx.scalars(living.where(Submission.id.not_in(found.submissions)))}
    return His(
        whose=found.whose,
        submissions=found.submissions,
        mails=tuple(each for each in mails if not submissions_about(tx, each) & not_his),
        letters=found.letters,
    )
