"""Editions in the store: written once, read whole."""

import zlib
from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.tables import Edition as EditionRow
from desk.store.tables import Revision, Submission
from publisher.articles.edition import Edition


class StoredEdition(Struct, frozen=True, kw_only=True):
    """An edition and its id."""

    id: int
    submission_id: int
    edition: Edition


def add(tx: Transaction, submission_id: int, edition: Edition) -> int:
    """Keep an edition; its id. Its URI is the submission's from the first on."""
    submission = tx.get_one(Submission, submission_id)
    submission.article_uri = submission.article_uri or edition.uri
    row = EditionRow(
        submission_id=submission_id,
        number=edition.number,
        revision_id=_revision_id(tx, submission_id, edition.revision),
        content=freeze(edition),
        made_by=edition.made_by,
        made_at=edition.made_at,
        reason=edition.reason,
    )
    tx.add(row)
    tx.flush()
    return row.id


def get(tx: Transaction, edition_id: int | None) -> Edition | None:
    """One edition; None where there is none of that id."""
    row = tx.get(EditionRow, edition_id) if edition_id is not None else None
    return thaw(row.content) if row is not None else None


def get_many(tx: Transaction, edition_ids: Collection[int]) -> Mapping[int, Edition]:
    """These editions by id; one query."""
    found = select(EditionRow).where(EditionRow.id.in_(edition_ids))
    return {row.id: thaw(row.content) for row in tx.scalars(found)}


def newest(tx: Transaction, submission_id: int) -> StoredEdition | None:
    """The last edition of a submission."""
    found = select(EditionRow).where(EditionRow.submission_id == submission_id)
    row = tx.scalars(found.order_by(EditionRow.number.desc()).limit(1)).first()
    if row is None:
        return None
    return StoredEdition(id=row.id, submission_id=submission_id, edition=thaw(row.content))


def find_numbered(tx: Transaction, submission: str, number: int) -> StoredEdition | None:
    """Edition `number` of the submission of this number; None for none."""
    found = (
        select(EditionRow)
        .join(Submission, Submission.id == EditionRow.submission_id)
        .where(Submission.number == submission, EditionRow.number == number)
    )
    row = tx.scalars(found).first()
    if row is None:
        return None
    return StoredEdition(id=row.id, submission_id=row.submission_id, edition=thaw(row.content))


def find_before(tx: Transaction, submission_id: int, edition: Edition | None) -> Edition | None:
    """The edition that this one corrects; None for the first."""
    if edition is None or edition.number < 2:
        return None
    wanted = EditionRow.submission_id == submission_id, EditionRow.number == edition.number - 1
    row = tx.scalars(select(EditionRow).where(*wanted)).first()
    return thaw(row.content) if row is not None else None


def find_newest_two(tx: Transaction, submission_id: int) -> tuple[Edition | None, Edition | None]:
    """The last edition, and the one that it corrects; one query."""
    wanted = select(EditionRow).where(EditionRow.submission_id == submission_id)
    rows = tx.scalars(wanted.order_by(EditionRow.number.desc()).limit(2))
    found = [thaw(row.content) for row in rows]
    return found[0] if found else None, found[1] if len(found) > 1 else None


def first_made_at(tx: Transaction, submission_id: int) -> datetime | None:
    """When edition 1 was made."""
    found = select(EditionRow.made_at).where(EditionRow.submission_id == submission_id)
    return tx.scalar(found.order_by(EditionRow.number).limit(1))


def freeze(edition: Edition) -> bytes:
    """An edition as its row keeps it."""
    return zlib.compress(msgspec.json.encode(edition))


def thaw(content: bytes) -> Edition:
    """An edition as its row has it."""
    return msgspec.json.decode(zlib.decompress(content), type=Edition)


def _revision_id(tx: Transaction, submission_id: int, number: int) -> int | None:
    wanted = Revision.submission_id == submission_id, Revision.number == number
    return tx.scalar(select(Revision.id).where(*wanted))
