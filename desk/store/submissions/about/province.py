"""Which province a submission is from: read anew from each revision and all it came with."""

from sqlalchemy import select

from desk.domain.places.province import Letter, find_province_of_submission
from desk.store.engine import Transaction
from desk.store.submissions.frozen import thaw
from desk.store.tables import Examination as ExaminationRow
from desk.store.tables import Mail, Person, Revision, Submission
from redaksi import states
from redaksi.model import Assessment, Examination


def set_province(
    tx: Transaction, submission: Submission, judged: Assessment, examination: Examination
) -> None:
    """The province of a revision that is being filed; `examination`: of the mail that brings it.
    What an editor settled stays as he saw it."""
    if submission.state in states.SETTLED:
        return
    mail = examination.mail
    letters = _read_letters(tx, submission.id)
    if mail is not None:
        letters.append(Letter(mail.subject, examination.written))
    senders = (mail.from_name if mail else "", _find_name(tx, submission))
    submission.province = find_province_of_submission(judged, letters, senders)


def fill_province(tx: Transaction, submission_id: int) -> None:
    """The same for one that was filed before provinces were read: of the revision an editor
    accepted, else of the newest."""
    submission = tx.get_one(Submission, submission_id)
    if submission.province:
        return
    number = submission.accepted_revision or submission.latest_revision
    wanted = (
        select(ExaminationRow.judged)
        .join(Revision, Revision.id == ExaminationRow.revision_id)
        .where(Revision.submission_id == submission_id, Revision.number == number)
    )
    frozen = tx.scalar(wanted)
    if frozen is None or submission.state == "not_a_submission":
        return
    letters, sender = _read_letters(tx, submission_id), _find_name(tx, submission)
    submission.province = find_province_of_submission(thaw(frozen), letters, (sender,))


def _read_letters(tx: Transaction, submission_id: int) -> list[Letter]:
    """What was written with each of its revisions."""
    brought = select(Revision.mail_id).where(Revision.submission_id == submission_id)
    wanted = select(Mail.subject, Mail.written).where(Mail.id.in_(brought)).order_by(Mail.id)
    return [Letter(subject, written or "") for subject, written in tx.execute(wanted)]


def _find_name(tx: Transaction, submission: Submission) -> str:
    person = tx.get(Person, submission.person_id) if submission.person_id is not None else None
    return person.name if person else ""
