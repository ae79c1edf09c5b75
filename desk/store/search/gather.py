"""The words a submission is found by: number, titles, headline, people, places, file names, the
article and the captions of its newest and its accepted revision, and what was written in mails."""

from collections.abc import Iterator

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.submissions.frozen import thaw
from desk.store.tables import (
    Address,
    Event,
    Examination,
    Mail,
    Person,
    PhotoChoice,
    Revision,
    Submission,
)
from redaksi.model import Document
from redaksi.model import Submission as ReadSubmission
from redaksi.text.search_words import list_words

MOST_WORDS = 20_000  # of 40 characters at most: a tsvector holds 1 MB
MOST_TEXT = 200_000  # characters of one part


def gather_words(tx: Transaction, submission_id: int, mail_id: int | None = None) -> str:
    """Its words, each once, a space between. `mail_id`: a mail about it that is on record a moment
    later. Of a person who was forgotten the number alone."""
    row = tx.get_one(Submission, submission_id)
    person = tx.get(Person, row.person_id) if row.person_id is not None else None
    parts = [row.number]
    if person is None or person.forgotten_at is None:
        address = tx.get(Address, row.address_id) if row.address_id is not None else None
        parts += [row.title, row.headline, row.province]
        parts += [person.name if person else "", address.address if address else ""]
        parts += _revisions(tx, row)
        parts += _captions(tx, submission_id)
        parts += _mails(tx, row, mail_id)
    words = dict.fromkeys(word for part in parts for word in list_words(part[:MOST_TEXT]))
    return " ".join(list(words)[:MOST_WORDS])


def _revisions(tx: Transaction, row: Submission) -> Iterator[str]:
    numbers = {row.latest_revision, row.accepted_revision}
    found = tx.scalars(
        select(Examination.judged)
        .join(Revision, Revision.id == Examination.revision_id)
        .where(Revision.submission_id == row.id, Revision.number.in_(numbers))
        .order_by(Revision.number.desc())
    )
    for frozen in found:
        yield from _submission(thaw(frozen).submission)


def _submission(read: ReadSubmission) -> Iterator[str]:
    yield read.title
    for document in read.documents:
        yield from _document(document)
    for photo in read.photos:
        yield photo.name
        yield photo.caption.text if photo.caption else ""
    yield from (label.text for label in (*read.orphans, *read.loose))
    yield from (other.name for other in read.others)


def _document(document: Document) -> Iterator[str]:
    yield from (document.name, document.title, document.dateline)
    if document.byline:
        yield f"{document.byline.name} {document.byline.role}"
    yield "\n".join(paragraph.text for paragraph in document.paragraphs)


def _captions(tx: Transaction, submission_id: int) -> Iterator[str]:
    chosen = select(PhotoChoice.caption).where(PhotoChoice.submission_id == submission_id)
    yield from (caption for caption in tx.scalars(chosen) if caption)


def _mails(tx: Transaction, row: Submission, mail_id: int | None) -> Iterator[str]:
    about = select(Event.mail_id).where(Event.submission_id == row.id, Event.mail_id.is_not(None))
    ids = {row.mail_id, *tx.scalars(about)} | ({mail_id} if mail_id is not None else set())
    mails = select(Mail.subject, Mail.written).where(Mail.id.in_(ids)).order_by(Mail.id.desc())
    for subject, written in tx.execute(mails):
        yield subject
        yield written or ""
