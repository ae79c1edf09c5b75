"""A person goes out of the store, at once and whatever state his submissions are in, in the caller's
transaction. What stays of a row desk.store.retention.fates says, as it does when its time is over.
"""

import json
from collections.abc import Collection, Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, or_, select, update

from desk.domain.publications import PublicationState
from desk.store import events
from desk.store.engine import Transaction
from desk.store.inbound.ledger import OWED
from desk.store.jobs import processes
from desk.store.jobs.job_rows import ASKED
from desk.store.people.belongings import Whose
from desk.store.publications import moves
from desk.store.retention.empty import empty_mail, empty_submission, forget_unnamed
from desk.store.search.index import rebuild
from desk.store.submissions import submission_rows
from desk.store.tables import (
    Address,
    DecisionDraft,
    Job,
    LetterContent,
    Mail,
    Outbox,
    Person,
    Process,
    Publication,
    SenderDay,
    Submission,
)
from redaksi.states import Event

ACTOR = "erase"
_EXAMINE = "examine"
_SHORTEST = 4  # letters of a name that is looked for in a form
_ENDED = ("sent", "dropped")
_AT_REST: tuple[PublicationState, ...] = ("down", "cancelled", "planned")
_WITHDRAWN = ("received", "revising", "incomplete", "review", "noted", "failed")


class His(Struct, frozen=True, kw_only=True):
    """What goes: ids. `mails`: those he wrote, and those about his submissions."""

    whose: Whose
    submissions: tuple[int, ...]
    mails: tuple[int, ...]
    letters: tuple[int, ...]


class UnderWay(Struct, frozen=True, kw_only=True):
    """What is being done at this moment, and must end first: letters that are being sent, mails that are
    being examined, submissions that are just published, corrected or taken down."""

    letters: tuple[int, ...] = ()
    mails: tuple[int, ...] = ()
    submissions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.letters or self.mails or self.submissions)


def find_under_way(tx: Transaction, his: His) -> UnderWay:
    """What of it cannot go this moment."""
    letters = select(Outbox.id).where(Outbox.id.in_(his.letters), Outbox.state == "sending")
    keys = [str(mail_id) for mail_id in his.mails]
    asked = [str(submission_id) for submission_id in his.submissions]
    jobs = select(Job.key).where(
        Job.state == "leased",
        Job.holder.in_(select(Process.id).where(processes.alive(tx))),
        or_(
            Job.kind.in_((_EXAMINE, OWED)) & Job.key.in_(keys),
            (Job.kind == ASKED) & Job.key.in_(asked),
        ),
    )
    return UnderWay(
        letters=tuple(tx.scalars(letters.order_by(Outbox.id))),
        mails=tuple(sorted(map(int, tx.scalars(jobs)))),
        submissions=tuple(_list_moving(tx, his.submissions)),
    )


def _list_moving(tx: Transaction, submissions: Collection[int]) -> list[str]:
    """What stands at a target as it should is at rest; so is what was never begun."""
    rows = tx.execute(
        select(Submission.number, Submission.state, Publication.state, Publication.wanted)
        .join(Publication, Publication.submission_id == Submission.id)
        .where(Submission.id.in_(submissions), Publication.state.not_in(_AT_REST))
        .order_by(Submission.id)
    )
    moving = {
        number
        for number, state, publication, wanted in rows
        if publication in ("delivering", "checking") or state != "published" or wanted == "down"
    }
    return sorted(moving)


def erase_person(tx: Transaction, his: His, now: datetime, *, is_restored: bool = False) -> None:
    """All of it goes. Nobody is written to. `is_restored`: a store that nobody works in yet, where
    nothing is under way whatever its rows say; else the caller saw that nothing is."""
    _drop_letters(tx, his.letters, now, is_restored=is_restored)
    _end_jobs(tx, his, now)
    for submission_id in his.submissions:
        _close(tx, submission_id, now)
        empty_submission(tx, submission_id, now, ACTOR)
    for mail_id in his.mails:
        empty_mail(tx, mail_id, now)
    _empty_letters(tx, his.letters)
    tx.execute(delete(SenderDay).where(SenderDay.address.in_(his.whose.keys)))
    _forget_forms(tx, his.whose)
    for person_id in sorted(his.whose.persons):
        forget_unnamed(tx, person_id, now)
    _forget_nobody(tx, now)
    rebuild(tx)


def _forget_nobody(tx: Transaction, now: datetime) -> None:
    """Names that no address and no submission leads to: of addresses that turned out to be somebody
    else's."""
    named = select(Submission.person_id).where(Submission.person_id.is_not(None))
    addressed = select(Address.person_id)
    tx.execute(
        update(Person)
        .where(Person.name != "", Person.id.not_in(named), Person.id.not_in(addressed))
        .values(name="", forgotten_at=now)
    )
    tx.expire_all()


def _close(tx: Transaction, submission_id: int, now: datetime) -> None:
    """What is open is withdrawn, and planned nowhere."""
    state = tx.get_one(Submission, submission_id).state
    event: Event = "withdraw" if state in _WITHDRAWN else "confirm_withdrawal"
    if state not in (*_WITHDRAWN, "scheduled"):
        return
    happened = events.Happened(at=now, actor=ACTOR, what=event)
    submission_rows.move(tx, submission_id, event, "editor", happened)
    planned = select(Publication.id).where(
        Publication.submission_id == submission_id, Publication.state.not_in(("down", "cancelled"))
    )
    for row_id in tx.scalars(planned.order_by(Publication.id)).all():
        moves.take_down(tx, row_id, now)


def _drop_letters(
    tx: Transaction, letters: Iterable[int], now: datetime, *, is_restored: bool
) -> None:
    waits = Outbox.state.not_in(_ENDED if is_restored else (*_ENDED, "sending"))
    rows = tx.scalars(select(Outbox).where(Outbox.id.in_(list(letters)), waits).with_for_update())
    for row in rows.all():
        row.state, row.reason, row.last_error = "dropped", None, ""
        happened = events.Happened(
            at=now,
            actor=ACTOR,
            what="letter dropped",
            submission_id=row.submission_id,
            mail_id=row.mail_id,
            letter_id=row.id,
        )
        events.record(tx, happened)
    tx.flush()


def _empty_letters(tx: Transaction, letters: Collection[int]) -> None:
    """Those too that are about somebody else's submission and went to him."""
    content = update(LetterContent).where(LetterContent.outbox_id.in_(letters))
    tx.execute(content.values(content=b""))
    tx.execute(
        update(Outbox)
        .where(Outbox.id.in_(letters))
        .values(
            to_address="",
            to_normalized="",
            subject="",
            text="",
            source="",
            facts_hash="",
            last_error="",
        )
    )
    tx.expire_all()


def _end_jobs(tx: Transaction, his: His, now: datetime) -> None:
    """Nothing of his is examined or fetched any more."""
    mails = [str(mail_id) for mail_id in his.mails]
    of_mails = Job.kind.in_((_EXAMINE, OWED)) & Job.key.in_(mails)
    asked = (Job.kind == ASKED) & Job.key.in_([str(each) for each in his.submissions])
    ended = {"state": "done", "payload": {}, "last_error": "", "ended_at": now}
    open_jobs = Job.state.in_(("waiting", "leased", "failed"))
    tx.execute(update(Job).where(or_(of_mails, asked), open_jobs).values(**ended))
    examined = {"state": "examined", "outcome": "ignore", "examined_at": now}
    unread = Mail.state != "examined"
    tx.execute(update(Mail).where(Mail.id.in_(his.mails), unread).values(**examined))
    tx.expire_all()


def _forget_forms(tx: Transaction, whose: Whose) -> None:
    """What was typed of him into a form that belongs to no submission, and not sent."""
    words = {*whose.keys, *(name.lower() for name in whose.names if len(name) >= _SHORTEST)}
    for row in tx.scalars(select(DecisionDraft).where(DecisionDraft.submission_id == 0)).all():
        typed = json.dumps(row.fields, ensure_ascii=False).lower()
        if any(word in typed for word in words):
            tx.delete(row)
    tx.flush()
