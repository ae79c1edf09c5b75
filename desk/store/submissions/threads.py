"""Submissions as a conversation sees them: whose they are, what was handed in last, which mails
and letters."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import and_, or_, select

from desk.store.engine import Transaction
from desk.store.submissions.frozen import thaw
from desk.store.tables import Address, Examination, Mail, Outbox, Person, Revision, Submission
from redaksi.model import Assessment, Language
from redaksi.states import WAITS_FOR_CONTRIBUTOR, State

_LAST = 10  # of a sender's submissions


class Thread(Struct, frozen=True, kw_only=True):
    """A submission and who takes part in it."""

    id: int
    number: str
    state: State
    left: State | None
    latest_revision: int
    mailbox: str
    title: str
    participants: frozenset[str]
    person_id: int | None = None
    address_id: int | None = None
    judged: Assessment | None = None  # the newest try
    accepted: Assessment | None = None  # the try an editor scheduled
    headline: str = ""
    category: str = ""
    subject: str = ""  # of its newest mail
    arrived: datetime | None = None  # its newest mail, at its server
    mails: frozenset[str] = frozenset()  # Message-IDs of the mails it consists of


class Posted(Struct, frozen=True, kw_only=True):
    """What a letter to its contributor answers: the newest mail, and the Message-IDs before it."""

    subject: str
    message_id: str
    references: tuple[str, ...]
    to: str
    name: str
    language: Language
    person_id: int | None


def known_to(
    tx: Transaction, sender: str, numbers: Iterable[str], since: datetime | None = None
) -> list[Thread]:
    """Every submission of the sender's, and those of these numbers; the newest try where it may be
    needed.

    It may be where the contributor is waited for, where something happened since `since`, and in
    the last few: what is sent again is sent again soon.
    """
    asked = {number.upper() for number in numbers}
    own = select(Address.person_id).where(Address.address == sender)
    wanted = or_(Submission.person_id.in_(own), Submission.number.in_(asked))
    found = list(tx.scalars(select(Submission).where(wanted).order_by(Submission.id)))
    last = {row.id for row in found[-_LAST:]}
    return [
        thread(
            tx,
            row,
            whole=row.id in last
            or row.number in asked
            or row.state in WAITS_FOR_CONTRIBUTOR
            or (since is not None and row.updated_at >= since),
        )
        for row in found
    ]


def thread(tx: Transaction, row: Submission, *, whole: bool = True) -> Thread:
    """The value of a row; `whole`: with its newest try."""
    mail = _newest_mail(tx, row.id) if whole else None
    return Thread(
        id=row.id,
        number=row.number,
        state=row.state,
        left=row.left,
        latest_revision=row.latest_revision,
        mailbox=row.mailbox_id,
        title=row.title,
        person_id=row.person_id,
        address_id=row.address_id,
        participants=_participants(tx, row.person_id),
        judged=newest(tx, row.id) if whole else None,
        accepted=at_revision(tx, row.id, row.accepted_revision)
        if whole and row.accepted_revision
        else None,
        headline=row.headline,
        category=row.category,
        subject=mail.subject if mail else "",
        arrived=(mail.internaldate or mail.received_at) if mail else None,
        mails=_message_ids(tx, row.id),
    )


def untouched(tx: Transaction, states: Iterable[State], since: datetime) -> list[int]:
    """The submissions in these states that nothing happened to since then."""
    still = and_(Submission.state.in_(list(states)), Submission.updated_at <= since)
    return list(tx.scalars(select(Submission.id).where(still).order_by(Submission.id)))


def to_be_published(tx: Transaction, now: datetime) -> list[int]:
    """The scheduled submissions whose moment has come."""
    due = and_(Submission.state == "scheduled", Submission.publish_at <= now)
    return list(
        tx.scalars(select(Submission.id).where(due).order_by(Submission.publish_at, Submission.id))
    )


def publish_at(tx: Transaction, submission_id: int) -> datetime | None:
    """When it is to be published."""
    return tx.get_one(Submission, submission_id).publish_at


def get(tx: Transaction, submission_id: int) -> Thread:
    """One, whole."""
    return thread(tx, tx.get_one(Submission, submission_id))


def newest(tx: Transaction, submission_id: int) -> Assessment | None:
    """What was handed in last, and what was found in it; None when nothing was, or it was
    purged."""
    frozen = tx.scalars(
        select(Examination)
        .join(Revision, Revision.id == Examination.revision_id)
        .where(Revision.submission_id == submission_id)
        .order_by(Revision.number.desc())
        .limit(1)
    ).first()
    return thaw(frozen.judged) if frozen else None


def at_revision(tx: Transaction, submission_id: int, number: int) -> Assessment | None:
    """What was found in this try; None when there is none of that number, or it was purged."""
    wanted = select(Examination).join(Revision, Revision.id == Examination.revision_id)
    row = tx.scalars(
        wanted.where(Revision.submission_id == submission_id, Revision.number == number)
    ).first()
    return thaw(row.judged) if row else None


def assessed_at(tx: Transaction, revision_id: int) -> Assessment | None:
    """What was found at this try; None when it was purged."""
    row = tx.get(Examination, revision_id)
    return thaw(row.judged) if row else None


def newest_revision_id(tx: Transaction, submission_id: int) -> int | None:
    """The id of the newest try."""
    return tx.scalar(
        select(Revision.id)
        .where(Revision.submission_id == submission_id)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def posted(tx: Transaction, submission_id: int) -> Posted | None:
    """Whom to write to about a submission and in which thread; None when there is nobody."""
    row = tx.get_one(Submission, submission_id)
    address = tx.get(Address, row.address_id) if row.address_id else None
    person = tx.get(Person, row.person_id) if row.person_id else None
    if address is None or person is None:
        return None
    tried = (
        select(Revision.id, Mail)
        .join(Mail, Mail.id == Revision.mail_id)
        .where(Revision.submission_id == submission_id)
    )
    mails = list(tx.execute(tried.order_by(Revision.number)))
    left = and_(
        Outbox.submission_id == submission_id, Outbox.state.in_(("sent", "unknown", "sending"))
    )
    letters = list(tx.scalars(select(Outbox).where(left).order_by(Outbox.id)))
    chain = []
    for revision_id, mail in mails:  # each mail, then what was written about it
        chain += [
            mail.message_id,
            *(letter.message_id for letter in letters if letter.revision_id == revision_id),
        ]
    chain = [known for known in chain if known]
    return Posted(
        subject=mails[0][1].subject if mails else row.title,
        message_id=chain[-1] if chain else "",
        references=tuple(chain[:-1]),
        to=address.address,
        name=person.name,
        language=person.language,
        person_id=person.id,
    )


def mail_of(tx: Transaction, submission_id: int) -> int:
    """The id of its newest mail."""
    newest_mail = _newest_mail(tx, submission_id)
    return newest_mail.id if newest_mail else tx.get_one(Submission, submission_id).mail_id


def _newest_mail(tx: Transaction, submission_id: int) -> Mail | None:
    tried = (
        select(Mail)
        .join(Revision, Revision.mail_id == Mail.id)
        .where(Revision.submission_id == submission_id)
    )
    return tx.scalars(tried.order_by(Revision.number.desc()).limit(1)).first()


def _message_ids(tx: Transaction, submission_id: int) -> frozenset[str]:
    tried = (
        select(Mail.message_id)
        .join(Revision, Revision.mail_id == Mail.id)
        .where(Revision.submission_id == submission_id)
    )
    return frozenset(known for known in tx.scalars(tried) if known)


def _participants(tx: Transaction, person_id: int | None) -> frozenset[str]:
    if person_id is None:
        return frozenset()
    return frozenset(tx.scalars(select(Address.address).where(Address.person_id == person_id)))
