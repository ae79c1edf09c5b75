"""The data of one submission, or of one mail, goes: all of it or none, in the caller's transaction.

Rows stay, emptied as desk.store.retention.fates says; so numbers are never given twice, counts hold,
and the server's copy of a mail is still known. What was a blob is only no longer named: it is
deleted by who sees that nothing else names it (desk.workflow.retention).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update

from desk.domain.attention import EMPTIED
from desk.domain.retention.rule import ENDED_LETTERS
from desk.store import attention, events
from desk.store.columns import Base
from desk.store.engine import Transaction
from desk.store.inbound.ledger import OWED
from desk.store.jobs.job_rows import ASKED
from desk.store.retention import fates
from desk.store.retention.bare_editions import empty_editions
from desk.store.search.index import index
from desk.store.tables import (
    Address,
    Event,
    Job,
    Mail,
    Outbox,
    Person,
    Photo,
    Revision,
    Submission,
)

Ids = Select[*tuple[Any, ...]]
_OF_MAILS = ("examine", OWED)  # kinds of jobs that are about a mail


def empty_submission(tx: Transaction, submission_id: int, now: datetime, actor: str) -> bool:
    """Everything that is told of a submission but what stays, with those of its mails that no
    living submission is about, and its person where nobody else's submission names him.

    A published one keeps its headline and where it stands. It is on record as done by `actor`; the
    second time nothing happens (False). Whoever calls it has seen that it may go, and makes the index of
    words anew afterwards (desk.store.search.index.rebuild).
    """
    row = attention.lock(tx, submission_id)
    if row is None or _has_gone(row):
        return False
    is_published = row.state == "published"
    if is_published:
        row.headline = row.headline or row.title
    mails, person = mails_about(tx, submission_id), row.person_id
    row.emptied_at = now
    tx.flush()
    empty_editions(tx, submission_id, is_published=is_published)
    for table, about in _rows_of(submission_id):
        _empty(tx, table, about, is_published=is_published)
    tx.expire_all()
    happened = events.Happened(at=now, actor=actor, what=EMPTIED, submission_id=submission_id)
    events.record(tx, happened)
    for mail_id in sorted(mails):
        empty_mail(tx, mail_id, now)
    index(tx, submission_id)
    if person is not None:
        forget_unnamed(tx, person, now)
    return True


def empty_mail(tx: Transaction, mail_id: int, now: datetime) -> bool:
    """The same of a mail, with the letters that are about no submission; whether it went. It stays
    while a submission that is about it does, or one of these letters is under way."""
    letters = and_(Outbox.mail_id == mail_id, Outbox.submission_id.is_(None))
    waits = select(Outbox.id).where(letters, Outbox.state.not_in(ENDED_LETTERS)).limit(1)
    row = tx.get(Mail, mail_id, with_for_update=True)
    if row is None or row.emptied_at is not None or _is_named(tx, mail_id) or tx.scalar(waits):
        return False
    row.emptied_at = now
    tx.flush()
    jobs = and_(Job.kind.in_(_OF_MAILS), Job.key == str(mail_id), Job.state != "leased")
    _empty(
        tx, "letter_content", _of("letter_content", "outbox_id", select(Outbox.id).where(letters))
    )
    _empty(tx, "outbox", letters)
    _empty(tx, "job", jobs)
    _empty(tx, "event", and_(Event.mail_id == mail_id, Event.reason != ""))
    _empty(tx, "mail", Mail.id == mail_id)
    tx.expire_all()
    for submission_id in sorted(submissions_about(tx, mail_id)):
        index(tx, submission_id)  # it was found by what stood in the mail
    return True


def forget_unnamed(tx: Transaction, person_id: int, now: datetime) -> bool:
    """Name and addresses of somebody go whom no submission names; whether they did."""
    addresses = select(Address.id).where(Address.person_id == person_id)
    named = or_(Submission.person_id == person_id, Submission.address_id.in_(addresses))
    if tx.scalar(select(Submission.id).where(named).limit(1)) is not None:
        return False
    _empty(tx, "address", Address.person_id == person_id)
    tx.execute(update(Person).where(Person.id == person_id).values(name="", forgotten_at=now))
    tx.expire_all()
    return True


def _has_gone(row: Submission) -> bool:
    """What was published then and is withdrawn since has its headline still, and where it stood."""
    still = row.headline or row.published_url or row.article_uri
    return row.emptied_at is not None and (row.state == "published" or not still)


def submissions_about(tx: Transaction, mail_id: int) -> set[int]:
    """The submissions that a mail is a try of, or a word about."""
    asked: tuple[Ids, ...] = (
        select(Submission.id).where(Submission.mail_id == mail_id),
        select(Revision.submission_id).where(Revision.mail_id == mail_id),
        select(Event.submission_id).where(Event.mail_id == mail_id),
        select(Mail.for_submission_id).where(Mail.id == mail_id),
    )
    return {found for each in asked for found in tx.scalars(each) if found is not None}


def mails_about(tx: Transaction, submission_id: int) -> set[int]:
    """Its mails, and those with a word about it."""
    asked: tuple[Ids, ...] = (
        select(Submission.mail_id).where(Submission.id == submission_id),
        select(Revision.mail_id).where(Revision.submission_id == submission_id),
        select(Event.mail_id).where(Event.submission_id == submission_id),
        select(Mail.id).where(Mail.for_submission_id == submission_id),
    )
    return {found for each in asked for found in tx.scalars(each) if found is not None}


def _is_named(tx: Transaction, mail_id: int) -> bool:
    about = submissions_about(tx, mail_id)
    living = select(Submission.id).where(Submission.id.in_(about), Submission.emptied_at.is_(None))
    return tx.scalar(living.limit(1)) is not None


def _rows_of(submission_id: int) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """The rows of each table that are about a submission: what is found by others before them."""
    revisions = select(Revision.id).where(Revision.submission_id == submission_id)
    photos = select(Photo.id).where(Photo.revision_id.in_(revisions))
    letters = select(Outbox.id).where(Outbox.submission_id == submission_id)
    yield "caption", _of("caption", "photo_id", photos)
    for table in ("document", "photo", "finding", "examination"):
        yield table, _of(table, "try_id", revisions)
    yield "letter_content", _of("letter_content", "outbox_id", letters)
    for table in (
        "outbox", "try", "decision", "publication", "photo_choice", "edition_term", "claim",
        "decision_draft",
    ):  # fmt: skip
        yield table, _table(table).c["submission_id"] == submission_id
    yield "event", and_(Event.submission_id == submission_id, Event.reason != "")
    asked = and_(Job.kind == ASKED, Job.key == str(submission_id))
    yield "job", and_(asked, Job.state != "leased")
    yield "submission", Submission.id == submission_id


def _empty(
    tx: Transaction, table: str, about: ColumnElement[bool], *, is_published: bool = False
) -> None:
    rows = _table(table)
    if fates.FATES[table].rows:
        tx.execute(delete(rows).where(about))
        return
    values = fates.emptied(table, published=is_published)
    if table == "edition":
        values.pop("content")
    named = {rows.c[name]: value for name, value in values.items()}
    tx.execute(update(rows).where(about).values(named))


def _table(name: str) -> Any:
    return Base.metadata.tables[name]


def _of(table: str, column: str, ids: Ids) -> ColumnElement[bool]:
    found: ColumnElement[bool] = _table(table).c[column].in_(ids)
    return found
