"""Mails the server lists and would not give. Each is a mail without bytes and a job of kind
"fetch": the line goes on past it, the poller asks again, and when its attempts are used up it is
shown as failed.

    waiting ─► leased ─► done (the bytes came, or it is gone, or a mail we have)
                  └────► failed (visible; asked again at every reconciliation and by `redaksi failed retry`)
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Text, and_, cast, func, or_, select, update

from desk.store import events
from desk.store.engine import Transaction
from desk.store.inbound import dead_letters, ledger
from desk.store.inbound.ledger import OWED, Arrival, Place
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import Claim
from desk.store.rows import add_unless_there
from desk.store.tables import Job, Ledger, Mail
from redaksi.reasons import Reason, ReasonCode, explain, read_reason
from redaksi.states import move

_OPEN = ("waiting", "leased", "failed")


class Owed(Struct, frozen=True, kw_only=True):
    """A mail we still want."""

    job_id: int
    mail_id: int
    place: Place
    size: int
    failed: bool  # it is shown to editors by now
    reason: str = ""  # why it did not come the last time
    stand_in: str = ""  # SHA-256 of what the server gave in its place


def owe(tx: Transaction, arrival: Arrival, reason: str, *, advance: bool = True) -> int:
    """Account for a UID whose mail did not come: ledger row, mail without bytes, job; the mail's
    id.

    The try that failed is the first attempt. The mail has an identity of its own until its bytes
    tell what it is.
    """
    place, now = arrival.place, arrival.at
    where = f"{place.mailbox}/{place.folder}/{place.uidvalidity}/{place.uid}"
    made: int | None = add_unless_there(
        tx,
        Mail,
        {
            "mailbox_id": place.mailbox,
            "source": "mail",
            "source_text": where,
            "identity": f"owed:{where}",
            "size": arrival.size,
            "message_id": arrival.message_id[: ledger.MOST],
            "state": "withheld",
            "internaldate": arrival.internaldate,
            "received_at": now,
            "reason": read_reason(reason),
        },
    )
    mail_id = made or tx.scalars(select(Mail.id).where(Mail.identity == f"owed:{where}")).one()
    ledger.skip(tx, place, "skipped", now, advance=advance, mail_id=mail_id)
    if job_rows.find(tx, OWED, str(mail_id)) is None:
        row = tx.get_one(Job, job_rows.defer(tx, OWED, str(mail_id), now=now))
        row.attempts, row.last_error, row.not_before = 1, reason, now + job_rows.BACKOFF[0]
        events.record(
            tx,
            events.Happened(
                at=now, actor="poller", what="mail withheld", mail_id=mail_id, reason=reason
            ),
        )
    return mail_id


def keep_stand_in(tx: Transaction, mail_id: int, reason: Reason, now: datetime) -> None:
    """What came is the server's own words in place of the mail, which is owed from now on: shown to
    editors at once, asked for at every reconciliation. Its bytes stay until the mail's come."""
    mail = tx.get_one(Mail, mail_id)
    tx.execute(update(Ledger).where(Ledger.mail_id == mail_id).values(outcome="skipped"))
    row = tx.get_one(Job, job_rows.defer(tx, OWED, str(mail_id), now=now))
    row.payload = {"stand_in": mail.blob}
    row.state, row.attempts, row.ended_at, row.last_error = "failed", 1, now, str(reason)
    mail.subject = str(reason.facts.get("subject", ""))
    events.record(
        tx,
        events.Happened(
            at=now, actor="worker", what="mail withheld", mail_id=mail_id, reason=str(reason)
        ),
    )
    dead_letters.set_aside(tx, mail_id, now, str(reason), withheld=True)


def due(
    tx: Transaction, mailbox: str, folder: str, now: datetime, *, failed_too: bool = False
) -> list[Owed]:
    """What may be asked for again; of every epoch, since a new one makes the old UIDs
    meaningless. Ask under the mailbox's lease: nobody is at one that is leased then."""
    ready = [and_(Job.state == "waiting", Job.not_before <= now), Job.state == "leased"]
    if failed_too:
        ready.append(Job.state == "failed")
    rows = tx.execute(
        select(Job, Mail, Ledger)
        .join(Mail, Job.key == cast(Mail.id, Text))
        .join(Ledger, Ledger.mail_id == Mail.id)
        .where(Job.kind == OWED, Ledger.mailbox_id == mailbox, Ledger.folder == folder, or_(*ready))
        .order_by(Job.id)
    )
    return [
        Owed(
            job_id=job.id,
            mail_id=mail.id,
            size=mail.size,
            failed=job.state == "failed",
            reason=job.last_error,
            stand_in=str(job.payload.get("stand_in", "")),
            place=Place(mailbox=mailbox, folder=folder, uidvalidity=row.uidvalidity, uid=row.uid),
        )
        for job, mail, row in rows
    ]


def count(tx: Transaction, mailbox: str) -> int:
    """How many mails of a mailbox are owed."""
    mine = (Job.kind == OWED, Job.state.in_(_OPEN), Mail.mailbox_id == mailbox)
    return (
        tx.scalar(
            select(func.count())
            .select_from(Job)
            .join(Mail, Job.key == cast(Mail.id, Text))
            .where(*mine)
        )
        or 0
    )


def begin(tx: Transaction, owed: Owed, worker: str, now: datetime) -> Claim:
    """Count the attempt, before it is made. `job_rows.failed` and `job_rows.postpone` take the
    job from here."""
    return job_rows.lease_row(tx, _row(tx, owed), worker, now)


def record_arrival(
    tx: Transaction, owed: Owed, sha256: str, size: int, gm_msgid: str, now: datetime
) -> bool:
    """The bytes are here. True when they are a mail we did not have: it is to be examined like any
    other."""
    mail = tx.get_one(Mail, owed.mail_id)
    same = [Mail.blob == sha256, *([Mail.gm_msgid == gm_msgid] if gm_msgid else [])]
    duplicate = tx.scalar(
        select(Mail.id)
        .where(Mail.mailbox_id == mail.mailbox_id, Mail.id != mail.id, or_(*same))
        .limit(1)
    )
    if duplicate is not None:
        tx.execute(
            update(Ledger)
            .where(Ledger.mail_id == mail.id)
            .values(mail_id=duplicate, outcome="twin")
        )
        settle(tx, owed, explain(ReasonCode.KNOWN_ALREADY), now)
        return False
    if owed.failed:
        dead_letters.take_back(tx, mail.id, now, "poller")
    mail.state = "received"
    mail.blob, mail.size, mail.gm_msgid, mail.reason = sha256, size, gm_msgid, None
    tx.execute(update(Ledger).where(Ledger.mail_id == mail.id).values(outcome="new"))
    _close(tx, owed, now)
    events.record(tx, events.Happened(at=now, actor="poller", what="mail arrived", mail_id=mail.id))
    return True


def settle(tx: Transaction, owed: Owed, reason: Reason, now: datetime) -> None:
    """It will not come, and nothing is lost by it: gone from the folder, or known by another
    copy."""
    mail = tx.get_one(Mail, owed.mail_id)
    mail.state, mail.outcome, mail.examined_at, mail.reason = "examined", "ignore", now, reason
    stand_in = dead_letters.unexamined(tx, mail.id)
    if stand_in is not None:
        stand_in.state, stand_in.updated_at = move(stand_in.state, "ignore", "validator"), now
    events.record(
        tx,
        events.Happened(
            at=now,
            actor="poller",
            what="ignore",
            mail_id=mail.id,
            reason=str(reason),
            submission_id=stand_in.id if stand_in else None,
        ),
    )
    _close(tx, owed, now)


def _close(tx: Transaction, owed: Owed, now: datetime) -> None:
    row = _row(tx, owed)
    row.state, row.ended_at, row.last_error = "done", now, ""


def _row(tx: Transaction, owed: Owed) -> Job:
    return tx.scalars(select(Job).where(Job.id == owed.job_id).with_for_update()).one()
