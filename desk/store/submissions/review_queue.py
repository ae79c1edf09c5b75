"""What the review queue shows: rows of submissions, and everything about one of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select

from desk.domain.attention import NONE, Attention
from desk.domain.overrides import SetAside, keep_standing, list_set_aside
from desk.domain.photos.choices import Choices
from desk.store import attention, events
from desk.store.asking import is_among
from desk.store.attention import Flags
from desk.store.editors.claims import Holder, holder_of
from desk.store.engine import Transaction
from desk.store.inbound import mails
from desk.store.jobs.job_rows import select_asked
from desk.store.outbound import letters, outbox
from desk.store.publications import photo_choices
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import row_parts, row_publications
from desk.store.submissions.about.history import read_history
from desk.store.submissions.about.parts_read import read_parts
from desk.store.submissions.frozen import thaw
from desk.store.submissions.row_parts import Around, DocumentRow, LetterRow, PhotoRow, Revisions
from desk.store.submissions.row_publications import PublicationRow
from desk.store.tables import (
    Account,
    Address,
    Claim,
    Event,
    Examination,
    Finding,
    Mail,
    MailSource,
    Person,
    Publication,
    Revision,
    Submission,
)
from desk.store.tables import Attention as AttentionRow
from publisher.articles.edition import Edition
from redaksi.model import Assessment, Language
from redaksi.model import Finding as FoundFinding
from redaksi.reasons import Reason
from redaksi.sender_rule import SenderRule
from redaksi.states import STATES, State


class QueueRow(Struct, frozen=True, kw_only=True):
    """A submission at a glance: its newest try, who sent it, how long it waits."""

    id: int
    number: str
    state: State
    decision: str  # the newest try's verdict; "failed" while there is none
    reason: Reason | None
    title: str
    contributor: str
    address: str
    language: Language
    province: str
    mailbox: str
    source: MailSource
    mail_id: int  # the newest try's
    mail_subject: str
    answer_rule: SenderRule | None
    received_at: datetime
    updated_at: datetime
    revision_id: int | None
    latest_revision: int
    returns: int
    claimed_by: str
    publish_at: datetime | None
    accepted_revision: int  # the try that is published
    published_url: str
    caption_action: str
    doubts: tuple[str, ...]
    findings: tuple[FoundFinding, ...] = ()  # those that stand
    set_aside: tuple[SetAside, ...] = ()  # those that an editor set aside
    documents: tuple[DocumentRow, ...] = ()
    photos: tuple[PhotoRow, ...] = ()
    attention: Attention = NONE
    written: str = ""  # what was written last, in short; while that calls an editor, what asks
    letters: tuple[LetterRow, ...] = ()
    headline: str = ""  # it is published under, where an editor gave another than its title
    category: str = ""
    editor: str = ""  # initials or name of who decided last that it is published
    publications: tuple[PublicationRow, ...] = ()  # where it stands at each target
    holder: Holder | None = None  # who claimed it; the claim may have lapsed
    version: int = 0  # grows with every move, decision and choice of photos
    asked: Mapping[str, Any] | None = None  # what the worker was asked about it and has not ended
    emptied_at: datetime | None = None  # when its data went
    stamp: int = 0  # the newest event's id: it grows with every change


class SubmissionPage(Struct, frozen=True, kw_only=True):
    """All there is to show about a submission."""

    row: QueueRow
    # of the newest try, paragraphs included; None while it could not be examined, or purged
    judged: Assessment | None
    mails: tuple[mails.MailRow, ...]  # its tries' and those that were a word about it, newest first
    letters: tuple[letters.Stored, ...]
    events: tuple[events.Happened, ...]
    decisions: tuple[StoredDecision, ...] = ()  # oldest first
    edition: Edition | None = None  # where a target asks an editor to set it
    before: Edition | None = None  # what stands there then
    names: Mapping[int, str] = {}  # of the accounts that its history names
    choices: Choices = {}  # what editors chose of its photos


def queue_rows(tx: Transaction, states: Iterable[State] = STATES) -> list[QueueRow]:
    """Submissions in these states, the one that waits longest first. Eight queries, however
    many there are."""
    return rows_of(tx, Submission.state.in_(list(states)))


def rows_by_id(tx: Transaction, ids: Collection[int]) -> list[QueueRow]:
    """These submissions, the one that waits longest first."""
    return rows_of(tx, is_among(Submission.id, ids))


def all_ids(tx: Transaction) -> list[int]:
    """Every submission there is."""
    return list(tx.scalars(select(Submission.id).order_by(Submission.id)))


def called_rows(tx: Transaction) -> list[QueueRow]:
    """Those somebody is called to, the one that waits longest first."""
    return rows_of(tx, Submission.attention_since.is_not(None))


def submission_page(tx: Transaction, number: str) -> SubmissionPage | None:
    """Everything about one submission; None when there is none of that number."""
    rows = tx.execute(_WITH_EXAMINATION, {"number": number}).all()
    if not rows:
        return None
    *columns, frozen, _ = rows[0]
    submission, revision, mail = columns[0], columns[1], columns[4]
    judged = thaw(frozen) if frozen is not None else None
    past = read_history(tx, submission.id)
    written = tuple(outbox.of_submission(tx, submission.id))
    choices = photo_choices.of_submission(tx, submission.id)
    stands, edition, before = row_publications.publications_asked(tx, submission.id)
    newest = [revision.id] if revision else []
    hung = Hung(
        parts=_read_parts(revision.id, judged, choices) if judged else _find_parts(tx, newest),
        flags=attention.read_flags(flag for *_, flag in rows if flag is not None),
        publications={submission.id: stands},
        around=row_parts.fold_around(submission.id, past, written),
    )
    (row,) = _complete([columns], hung)
    known = tuple(mails.of_row(each) for each in _order_mails(past.events))
    return SubmissionPage(
        row=row,
        judged=judged,
        mails=known or (mails.of_row(mail),),
        letters=written,
        events=tuple(each for each, _ in past.events),
        decisions=past.decisions,
        edition=edition,
        before=before,
        names=past.names,
        choices=choices,
    )


def _order_mails(history: Iterable[tuple[events.Happened, Mail | None]]) -> list[Mail]:
    """Every mail that was a try or a word about it, newest first."""
    about = {mail.id: mail for _, mail in history if mail is not None}
    return sorted(about.values(), key=lambda mail: (mail.received_at, mail.id), reverse=True)


def rows_of(tx: Transaction, wanted: ColumnElement[bool]) -> list[QueueRow]:
    """The submissions that `wanted` finds, the one that waits longest first. Eight queries."""
    found = tx.execute(_ROWS.where(wanted).order_by(Submission.received_at, Submission.id)).all()
    newest = select(Revision.id).join(Submission, _NEWEST).where(wanted)
    ids = select(Submission.id).where(wanted)
    return _complete(found, _find_hung(tx, ids, newest))


def rows_found(tx: Transaction, ids: Select[Any], order: Sequence[Any]) -> list[QueueRow]:
    """The submissions that `ids` selects, few enough to name, in this order; as many queries."""
    found = tx.execute(_ROWS.where(Submission.id.in_(ids)).order_by(*order)).all()
    submissions = [row[0].id for row in found]
    newest = [row[1].id for row in found if row[1]]
    return _complete(found, _find_hung(tx, submissions, newest))


_NEWEST = and_(
    Revision.submission_id == Submission.id, Revision.number == Submission.latest_revision
)


def _select_rows() -> Select[*tuple[Any, ...]]:
    newest_event = (
        select(func.max(Event.id))
        .where(Event.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    return (
        select(Submission, Revision, Person, Address, Mail, Claim, Account)
        .add_columns(newest_event, select_asked(Submission.__table__.c.id))
        .outerjoin(Revision, _NEWEST)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Address, Address.id == Submission.address_id)
        .outerjoin(Claim, Claim.submission_id == Submission.id)
        .outerjoin(Account, Account.id == Claim.account_id)
        .join(Mail, Mail.id == func.coalesce(Revision.mail_id, Submission.mail_id))
    )


_ROWS = _select_rows()
_WITH_EXAMINATION = (
    _select_rows()
    .add_columns(Examination.judged, AttentionRow)
    .outerjoin(Examination, Examination.revision_id == Revision.id)
    .outerjoin(AttentionRow, AttentionRow.submission_id == Submission.id)
    .where(Submission.number == bindparam("number"))
    .order_by(AttentionRow.flag)
)


class Parts(Struct, frozen=True, kw_only=True):
    """What was handed in and found, by revision."""

    findings: Mapping[int, Sequence[FoundFinding]]
    documents: Mapping[int, Sequence[DocumentRow]]
    photos: Mapping[int, Sequence[PhotoRow]]


class Hung(Struct, frozen=True, kw_only=True):
    """What hangs on rows; flags and publications by submission."""

    parts: Parts
    flags: Flags
    publications: Mapping[int, Sequence[PublicationRow]]
    around: Around


def _find_hung(tx: Transaction, ids: Revisions, newest: Revisions) -> Hung:
    """`ids`: of the rows, or what finds them; `newest`: of their newest revisions."""
    return Hung(
        parts=_find_parts(tx, newest),
        flags=attention.raised(tx, is_among(AttentionRow.submission_id, ids)),
        publications=row_publications.publications_of(tx, is_among(Publication.submission_id, ids)),
        around=row_parts.look_around(tx, ids),
    )


def _find_parts(tx: Transaction, revisions: Revisions) -> Parts:
    findings = row_parts.findings_of(tx, is_among(Finding.revision_id, revisions))
    documents, photos = row_parts.parts_of(tx, revisions)
    return Parts(findings=findings, documents=documents, photos=photos)


def _read_parts(revision_id: int, judged: Assessment, choices: Choices) -> Parts:
    """Without a query: it was read whole."""
    documents, photos = read_parts(judged, choices)
    return Parts(
        findings={revision_id: judged.findings},
        documents={revision_id: documents},
        photos={revision_id: photos},
    )


def _complete(found: Sequence[Any], hung: Hung) -> list[QueueRow]:
    parts, around, rows = hung.parts, hung.around, []
    for submission, revision, person, address, mail, claim, holder, newest_event, asked in found:
        at = revision.id if revision else 0  # nothing is at 0
        its, given = parts.findings.get(at, ()), around.overrides.get(submission.id, ())
        row = msgspec.structs.replace(
            _row(submission, revision, mail, person, address),
            findings=keep_standing(its, given),
            set_aside=list_set_aside(its, given),
            documents=tuple(parts.documents.get(at, ())),
            photos=tuple(parts.photos.get(at, ())),
            holder=holder_of(claim, holder) if claim else None,
            attention=attention.of_row(submission, hung.flags),
            written=around.words.get(submission.id, ""),
            letters=tuple(around.letters.get(submission.id, ())),
            editor=around.editors.get(submission.id, ""),
            publications=tuple(hung.publications.get(submission.id, ())),
            asked=asked,
            stamp=newest_event or 0,
        )
        rows.append(row)
    return rows


def _row(
    submission: Submission,
    revision: Revision | None,
    mail: Mail,
    person: Person | None,
    address: Address | None,
) -> QueueRow:
    return QueueRow(
        id=submission.id,
        number=submission.number,
        state=submission.state,
        decision=revision.decision if revision else "failed",
        reason=revision.reason if revision and revision.reason else mail.reason,
        title=submission.title,
        contributor=person.name if person else "",
        address=address.address if address else "",
        language=person.language if person else "id",
        province=submission.province,
        mailbox=submission.mailbox_id,
        source=submission.source,
        mail_id=mail.id,
        mail_subject=mail.subject,
        answer_rule=mail.answer_rule,
        received_at=submission.received_at,
        updated_at=submission.updated_at,
        revision_id=revision.id if revision else None,
        latest_revision=submission.latest_revision,
        version=submission.version,
        emptied_at=submission.emptied_at,
        returns=submission.returns,
        claimed_by=submission.claimed_by,
        publish_at=submission.publish_at,
        accepted_revision=submission.accepted_revision,
        published_url=submission.published_url,
        headline=submission.headline,
        category=submission.category,
        caption_action=revision.caption_action if revision else "auto",
        doubts=tuple(revision.doubts) if revision else (),
    )
