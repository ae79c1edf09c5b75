"""What the review queue shows: rows of submissions, and everything about one of them."""

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, select

from desk.domain.attention import NONE, TRIES, WORDS, Attention
from desk.domain.overrides import SetAside, keep_standing, list_set_aside
from desk.store import attention, events
from desk.store.engine import Transaction
from desk.store.inbound import mails
from desk.store.outbound import letters, outbox
from desk.store.publications import decisions, editions
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import row_parts, row_publications
from desk.store.submissions.frozen import thaw
from desk.store.submissions.row_parts import DocumentRow, LetterRow, PhotoRow
from desk.store.submissions.row_publications import PublicationRow
from desk.store.tables import (
    Address,
    Decision,
    Document,
    Event,
    Examination,
    Finding,
    Mail,
    MailSource,
    Outbox,
    Person,
    Photo,
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
    version: int = 0  # grows with every move, decision and choice of photos
    stamp: int = 0  # the newest event's id: it grows with every change


class RevisionRow(Struct, frozen=True, kw_only=True):
    """One look at a submission."""

    id: int
    number: int
    examined_at: datetime
    decision: str
    reason: Reason | None
    findings: tuple[FoundFinding, ...]
    mail: mails.MailRow


class SubmissionPage(Struct, frozen=True, kw_only=True):
    """All there is to show about a submission."""

    row: QueueRow
    # of the newest try, paragraphs included; None while it could not be examined, or purged
    judged: Assessment | None
    revisions: tuple[RevisionRow, ...]
    mails: tuple[mails.MailRow, ...]  # its tries' and those that were a word about it, newest first
    letters: tuple[letters.Stored, ...]
    events: tuple[events.Happened, ...]
    decisions: tuple[StoredDecision, ...] = ()  # oldest first
    edition: Edition | None = None  # where a target asks an editor to set it
    before: Edition | None = None  # what stands there then


def queue_rows(tx: Transaction, states: Iterable[State] = STATES) -> list[QueueRow]:
    """Submissions in these states, the one that waits longest first. Ten queries, however many
    there are."""
    return rows_of(tx, Submission.state.in_(list(states)))


def rows_by_id(tx: Transaction, ids: Collection[int]) -> list[QueueRow]:
    """These submissions, the one that waits longest first."""
    return rows_of(tx, Submission.id.in_(ids))


def all_ids(tx: Transaction) -> list[int]:
    """Every submission there is."""
    return list(tx.scalars(select(Submission.id).order_by(Submission.id)))


def called_rows(tx: Transaction) -> list[QueueRow]:
    """Those somebody is called to, the one that waits longest first."""
    return rows_of(tx, Submission.attention_since.is_not(None))


def submission_page(tx: Transaction, number: str) -> SubmissionPage | None:
    """Everything about one submission; None when there is none of that number."""
    rows = rows_of(tx, Submission.number == number)
    if not rows:
        return None
    row = rows[0]
    edition, before = _asked(tx, row)
    frozen = tx.get(Examination, row.revision_id) if row.revision_id is not None else None
    return SubmissionPage(
        row=row,
        judged=thaw(frozen.judged) if frozen else None,
        revisions=_revisions(tx, row.id),
        mails=tuple(mails.of_row(mail) for mail in _mails_about(tx, row.id))
        or (mails.get(tx, row.mail_id),),
        letters=tuple(outbox.of_submission(tx, row.id)),
        events=tuple(events.of_submission(tx, row.id)),
        decisions=tuple(decisions.of_submission(tx, row.id)),
        edition=edition,
        before=before,
    )


def _asked(tx: Transaction, row: QueueRow) -> tuple[Edition | None, Edition | None]:
    """The edition that a target asks an editor to set, and the one it corrects."""
    asking = [p for p in row.publications if p.state == "asking" and p.wanted == "up"]
    newest = editions.newest(tx, row.id) if asking else None
    if newest is None:
        return None, None
    behind = any(each.is_behind for each in asking)
    return newest.edition, editions.find_before(tx, row.id, newest.edition) if behind else None


def _mails_about(tx: Transaction, submission_id: int) -> list[Mail]:
    """Every mail that was a try of it or a word about it, newest first."""
    ids = select(Event.mail_id).where(
        Event.submission_id == submission_id, Event.what.in_(TRIES | WORDS | {"resent"})
    )
    return list(
        tx.scalars(
            select(Mail).where(Mail.id.in_(ids)).order_by(Mail.received_at.desc(), Mail.id.desc())
        )
    )


def rows_of(tx: Transaction, wanted: ColumnElement[bool]) -> list[QueueRow]:
    """The submissions that `wanted` finds, the one that waits longest first. Ten
    queries."""
    newest = and_(
        Revision.submission_id == Submission.id, Revision.number == Submission.latest_revision
    )
    found = tx.execute(
        select(Submission, Revision, Person, Address, Mail, Revision.id)
        .outerjoin(Revision, newest)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Address, Address.id == Submission.address_id)
        .join(Mail, Mail.id == func.coalesce(Revision.mail_id, Submission.mail_id))
        .where(wanted)
        .order_by(Submission.received_at, Submission.id)
    )
    tries = select(Revision.id).join(Submission, newest).where(wanted)
    findings = row_parts.findings_of(tx, Finding.revision_id.in_(tries))
    documents = row_parts.documents_of(tx, Document.revision_id.in_(tries))
    photos = row_parts.photos_of(tx, Photo.revision_id.in_(tries))
    flags = attention.raised(
        tx, AttentionRow.submission_id.in_(select(Submission.id).where(wanted))
    )
    words = row_parts.words_of(tx, _events_of(wanted))
    ids = select(Submission.id).where(wanted)
    written = row_parts.letters_of(tx, Outbox.submission_id.in_(ids))
    stands = row_publications.publications_of(tx, Publication.submission_id.in_(ids))
    editors, overrides = row_publications.decided_of(tx, Decision.submission_id.in_(ids))
    stamps = _stamps(tx, _events_of(wanted))
    return [
        msgspec.structs.replace(
            _row(submission, revision, mail, person, address),
            findings=keep_standing(findings.get(revision_id, ()), overrides.get(submission.id, ())),
            set_aside=list_set_aside(
                findings.get(revision_id, ()), overrides.get(submission.id, ())
            ),
            documents=tuple(documents.get(revision_id, ())),
            photos=tuple(photos.get(revision_id, ())),
            attention=attention.of_row(submission, flags),
            written=words.get(submission.id, ""),
            letters=tuple(written.get(submission.id, ())),
            editor=editors.get(submission.id, ""),
            publications=tuple(stands.get(submission.id, ())),
            stamp=stamps.get(submission.id, 0),
        )
        for submission, revision, person, address, mail, revision_id in found
    ]


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


def _revisions(tx: Transaction, submission_id: int) -> tuple[RevisionRow, ...]:
    found = tx.execute(
        select(Revision, Mail)
        .join(Mail, Mail.id == Revision.mail_id)
        .where(Revision.submission_id == submission_id)
        .order_by(Revision.number)
    )
    findings = row_parts.findings_of(
        tx,
        Finding.revision_id.in_(select(Revision.id).where(Revision.submission_id == submission_id)),
    )
    return tuple(
        RevisionRow(
            id=row.id,
            number=row.number,
            examined_at=row.examined_at,
            decision=row.decision,
            reason=row.reason,
            findings=tuple(findings[row.id]),
            mail=mails.of_row(mail),
        )
        for row, mail in found
    )


def _events_of(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return Event.submission_id.in_(select(Submission.id).where(wanted))


def _stamps(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, int]:
    rows = tx.execute(
        select(Event.submission_id, func.max(Event.id)).where(wanted).group_by(Event.submission_id)
    )
    return {subject: newest for subject, newest in rows if subject is not None}
