"""Whose a blob is: the mails and submissions whose rows name it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import Select, null, or_, select

from desk.store.engine import Transaction
from desk.store.tables import Derivative, Document, Mail, Photo, Revision, Submission

Role = Literal["mail", "document", "photo", "copy"]
_AT_ONCE = 500  # below what SQLite and PostgreSQL take as parameters of one statement


class Named(Struct, frozen=True, kw_only=True):
    """`role`: what the blob is; "copy": made of a file, to be shown or published. `mails`: where each
    came from ("warta/INBOX/1/17"); `numbers`: of submissions. Both may be empty."""

    role: Role
    mails: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def find_names(tx: Transaction, blobs: Collection[str]) -> dict[str, Named]:
    """By whom each is named; who is named by no row is absent."""
    roles: dict[str, Role] = {}
    mails: defaultdict[str, set[str]] = defaultdict(set)
    numbers: defaultdict[str, set[str]] = defaultdict(set)
    every = sorted(blobs)
    for start in range(0, len(every), _AT_ONCE):
        for role, wanted in _statements(every[start : start + _AT_ONCE]):
            for sha256, mail, number in tx.execute(wanted):
                roles.setdefault(sha256, role)
                mails[sha256].update({mail} - {None})
                numbers[sha256].update({number} - {None})
    return {
        sha256: Named(
            role=role, mails=tuple(sorted(mails[sha256])), numbers=tuple(sorted(numbers[sha256]))
        )
        for sha256, role in roles.items()
    }


def _statements(blobs: Collection[str]) -> Iterator[tuple[Role, Select[*tuple[Any, ...]]]]:
    """Each finds rows of blob, mail, submission."""
    about = or_(Submission.id == Revision.submission_id, Submission.mail_id == Mail.id)
    yield (
        "mail",
        select(Mail.blob, Mail.source_text, Submission.number)
        .outerjoin(Revision, Revision.mail_id == Mail.id)
        .outerjoin(Submission, about)
        .where(Mail.blob.in_(blobs)),
    )
    yield "document", _of_file(Document).where(Document.sha256.in_(blobs))
    yield "photo", _of_file(Photo).where(Photo.sha256.in_(blobs))
    for table in (Document, Photo):
        made = _of_file(table).join(Derivative, Derivative.original == table.sha256)
        columns = made.with_only_columns(Derivative.sha256, Mail.source_text, Submission.number)
        yield "copy", columns.where(Derivative.sha256.in_(blobs))
    bare = select(Derivative.sha256, null(), null())  # of a file that is neither
    yield "copy", bare.where(Derivative.sha256.in_(blobs))


def _of_file(table: type[Document] | type[Photo]) -> Select[*tuple[Any, ...]]:
    return (
        select(table.sha256, Mail.source_text, Submission.number)
        .select_from(table)
        .join(Revision, Revision.id == table.revision_id)
        .join(Submission, Submission.id == Revision.submission_id)
        .join(Mail, Mail.id == Revision.mail_id)
    )
