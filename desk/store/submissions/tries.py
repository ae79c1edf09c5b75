"""The tries of a submission, the mails that they are of, and what a mail was filed as."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.inbound import mails
from desk.store.submissions import row_parts
from desk.store.submissions.frozen import thaw
from desk.store.tables import Event, Examination, Finding, Mail, Revision, Submission
from redaksi.model import Assessment
from redaksi.model import Finding as FoundFinding
from redaksi.reasons import Reason


class RevisionRow(Struct, frozen=True, kw_only=True):
    """One look at a submission."""

    id: int
    number: int
    examined_at: datetime
    decision: str
    reason: Reason | None
    findings: tuple[FoundFinding, ...]
    mail: mails.MailRow


def mails_of(tx: Transaction, submission_id: int) -> tuple[int, ...]:
    """The ids of the mails whose tries a submission has had, each once; none where nobody could
    examine its mail."""
    found = tx.scalars(select(Revision.mail_id).where(Revision.submission_id == submission_id))
    return tuple(sorted(set(found)))


def list_mails(tx: Transaction, submission_id: int) -> tuple[int, ...]:
    """The ids of all that its page offers: its own, its tries', and those that were a word about it."""
    own = tx.scalar(select(Submission.mail_id).where(Submission.id == submission_id))
    words = select(Event.mail_id).where(
        Event.submission_id == submission_id, Event.mail_id.is_not(None)
    )
    found = {own, *mails_of(tx, submission_id), *tx.scalars(words)}
    return tuple(sorted(each for each in found if each is not None))


def filed_as(tx: Transaction, mail_id: int) -> tuple[int, ...]:
    """The ids of the submissions that a mail is by itself, in the order in which it holds them."""
    wanted = select(Submission.id).where(Submission.mail_id == mail_id)
    return tuple(tx.scalars(wanted.order_by(Submission.position)))


def joined(tx: Transaction, mail_id: int) -> tuple[int, ...]:
    """The ids of the submissions that have a revision of this mail."""
    wanted = select(Revision.submission_id).where(Revision.mail_id == mail_id).distinct()
    return tuple(tx.scalars(wanted.order_by(Revision.submission_id)))


def newest_before(tx: Transaction, submission_id: int, mail_id: int) -> Assessment | None:
    """What was handed in last but for what this mail brought; None when nothing was, or it was
    purged."""
    frozen = tx.scalars(
        select(Examination)
        .join(Revision, Revision.id == Examination.revision_id)
        .where(Revision.submission_id == submission_id, Revision.mail_id != mail_id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()
    return thaw(frozen.judged) if frozen else None


def revisions_of(tx: Transaction, submission_id: int) -> tuple[RevisionRow, ...]:
    """Every look at a submission, oldest first. Two queries."""
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
