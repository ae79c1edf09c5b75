"""Mails that we could not examine, by our own fault: shown to editors, nobody blamed, taken back
on demand."""

from datetime import datetime

from sqlalchemy import select

from desk.domain.arrival import find_arrival
from desk.store import events
from desk.store.engine import Transaction
from desk.store.inbound.ledger import OWED
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Claim
from desk.store.search.index import index
from desk.store.submissions import tries
from desk.store.submissions.numbers import next_number
from desk.store.tables import Mail, Submission
from desk.store.tally import Counter, count
from redaksi.reasons import read_reason
from redaksi.states import move


def give_up(tx: Transaction, claim: Claim, now: datetime, reason: str) -> None:
    """The job of a mail failed for the last time."""
    set_aside(tx, int(claim.key), now, reason, withheld=claim.kind == OWED)


def retry_job(tx: Transaction, job_id: int, now: datetime, actor: str = "editor") -> bool:
    """Begin the job of a mail anew, its attempts forgotten; False when none of that number was
    set aside."""
    claim = job_rows.retry(tx, job_id, now)
    if claim is None:
        return False
    mail_id = int(claim.key)
    events.record(tx, events.Happened(at=now, actor=actor, what="job retried", mail_id=mail_id))
    take_back(tx, mail_id, now, actor, withheld=claim.kind == OWED)
    return True


def drop_job(tx: Transaction, job_id: int, now: datetime, actor: str = "editor") -> bool:
    """Give the job of a mail up for good; its submission stays visible as failed. False when none
    of that number was set aside."""
    claim = job_rows.drop(tx, job_id, now)
    if claim is None:
        return False
    mail_id = int(claim.key)
    events.record(tx, events.Happened(at=now, actor=actor, what="job dropped", mail_id=mail_id))
    return True


def set_aside(
    tx: Transaction, mail_id: int, now: datetime, reason: str, *, withheld: bool = False
) -> None:
    """The mail is failed from now on (our fault) or `withheld` (the server's), and stands in the
    queue under a number of its own."""
    mail = tx.get_one(Mail, mail_id)
    mail.state, mail.outcome = ("withheld", None) if withheld else ("failed", "failed")
    mail.reason = read_reason(reason)
    if not withheld:
        count(tx, Counter.MAILS, "failed")
    submission = unexamined(tx, mail_id)
    if submission is None:
        submission = Submission(
            number=next_number(tx, "W", now.year),
            mailbox_id=mail.mailbox_id,
            source=mail.source,
            mail_id=mail.id,
            position=0,
            state=move("received", "failed", "worker"),
            received_at=find_arrival(mail.internaldate, mail.received_at),
            updated_at=now,
        )
        tx.add(submission)
        tx.flush()
    else:
        submission.state, submission.updated_at = move(submission.state, "failed", "worker"), now
    events.record(
        tx,
        events.Happened(
            at=now,
            actor="worker",
            what="failed",
            submission_id=submission.id,
            mail_id=mail.id,
            reason=reason,
        ),
    )
    index(tx, submission.id)


def find_set_aside(tx: Transaction, submission_id: int) -> tuple[int, ...]:
    """The jobs that were set aside of the mails of a submission, oldest first."""
    mails = set(map(str, tries.list_mails(tx, submission_id)))
    return tuple(job.id for job in job_rows.failed_jobs(tx) if job.key in mails)


def take_back(
    tx: Transaction, mail_id: int, now: datetime, actor: str, *, withheld: bool = False
) -> None:
    """The mail is to be examined again; to be asked for again where it is `withheld`."""
    mail = tx.get_one(Mail, mail_id)
    mail.state, mail.outcome, mail.reason = "withheld" if withheld else "received", None, None
    submission = unexamined(tx, mail_id)
    if submission is not None:
        submission.state, submission.updated_at = move(submission.state, "retry", "editor"), now
        events.record(
            tx,
            events.Happened(
                at=now, actor=actor, what="retry", submission_id=submission.id, mail_id=mail_id
            ),
        )


def unexamined(tx: Transaction, mail_id: int) -> Submission | None:
    """The submission that stands for a mail nobody could examine yet."""
    return tx.scalars(
        select(Submission).where(Submission.mail_id == mail_id, Submission.latest_revision == 0)
    ).first()
