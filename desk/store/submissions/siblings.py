"""What else may belong to a submission: other submissions near it, and what names its mails and
letters."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Text, and_, cast, func, or_, select

from desk.domain.other_mail import NEAR, Party, is_full_name
from desk.store.engine import Transaction
from desk.store.people.addresses import spellings
from desk.store.submissions import threads
from desk.store.tables import Address, Mail, Outbox, Person, Revision, Submission
from redaksi.model import Submission as HandedIn
from redaksi.states import State

_OPEN: tuple[State, ...] = ("received", "review", "revising", "incomplete", "noted", "failed")
_MOST = 10


class Sibling(Struct, frozen=True, kw_only=True):
    """Another submission that may be part of it. `is_named`: an editor is asked already whether
    they belong together."""

    number: str
    is_named: bool
    submission: HandedIn | None  # None: nobody could examine it


def party_of(tx: Transaction, submission_id: int) -> Party:
    """By what a mail that belongs to the submission may be known."""
    row = tx.get_one(Submission, submission_id)
    mails = (
        select(Mail.message_id)
        .join(Revision, Revision.mail_id == Mail.id)
        .where(Revision.submission_id == submission_id)
    )
    letters = select(Outbox.message_id).where(Outbox.submission_id == submission_id)
    addresses = select(Address.address).where(Address.person_id == row.person_id)
    names = {one.strip("<> ").lower() for one in (*tx.scalars(mails), *tx.scalars(letters))}
    for address in tx.scalars(addresses):
        names |= {spelt.lower() for spelt in (address, *spellings(address))}
    person = tx.get(Person, row.person_id) if row.person_id else None
    return Party(
        names=frozenset(names - {""}),
        number=row.number.lower(),
        full_name=person.name.strip().lower() if person else "",
    )


def siblings(tx: Transaction, submission_id: int) -> list[Sibling]:
    """Open submissions that are said to be part of this one, and those that came near it from the
    same person, or from somebody of the same full name."""
    row = tx.get_one(Submission, submission_id)
    named = cast(Submission.candidates, Text).like(f'%"{row.number}"%')
    arrived = _last_arrival(tx, row)
    near = and_(
        Submission.received_at >= arrived - NEAR,
        Submission.received_at <= arrived + NEAR,
        Submission.person_id.in_(_same_people(tx, row)),
    )
    wanted = (
        select(Submission.id, Submission.number, named.label("is_named"))
        .where(Submission.id != row.id, Submission.state.in_(_OPEN), or_(named, near))
        .order_by(Submission.id.desc())
        .limit(_MOST)
    )
    found = []
    for other in tx.execute(wanted):
        judged = threads.newest(tx, other.id)
        submission = judged.submission if judged else None
        found.append(
            Sibling(number=other.number, is_named=bool(other.is_named), submission=submission)
        )
    return found


def _last_arrival(tx: Transaction, row: Submission) -> datetime:
    last = (
        select(func.max(Mail.received_at))
        .join(Revision, Revision.mail_id == Mail.id)
        .where(Revision.submission_id == row.id)
    )
    return tx.scalar(last) or row.received_at


def _same_people(tx: Transaction, row: Submission) -> list[int]:
    person = tx.get(Person, row.person_id) if row.person_id else None
    if person is None:
        return []
    name = person.name.strip().lower()
    if not is_full_name(name):
        return [person.id]
    namesakes = select(Person.id).where(func.lower(func.trim(Person.name)) == name)
    return [person.id, *tx.scalars(namesakes)]


def number_of_mail(tx: Transaction, mail_id: int) -> str:
    """The number that stands for a mail nobody could examine; "" for none."""
    found = select(Submission.number).where(Submission.mail_id == mail_id).limit(1)
    return tx.scalar(found) or ""
