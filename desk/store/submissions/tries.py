"""Which mails the tries of a submission are of, and what a mail was filed as."""

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.submissions.frozen import thaw
from desk.store.tables import Examination, Revision, Submission
from redaksi.model import Assessment


def mails_of(tx: Transaction, submission_id: int) -> tuple[int, ...]:
    """The ids of the mails whose tries a submission has had, each once; none where nobody could
    examine its mail."""
    found = tx.scalars(select(Revision.mail_id).where(Revision.submission_id == submission_id))
    return tuple(sorted(set(found)))


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
