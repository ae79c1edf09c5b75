"""Submissions as a conversation sees them: whose they are, what was handed in last, which mails
and letters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, select

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
    judged: Assessment | None = None  # the newest revision
    accepted: Assessment | None = None  # the revision an editor scheduled
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
    """Every submission of the sender's, and those of these numbers, whose data is there; the newest revision where it may be
    needed.

    It may be where the contributor is waited for, where something happened since `since`, and in
    the last few: what is sent again is sent again soon.
    """
    asked = {number.upper() for number in numbers}
    own = select(Address.person_id).where(Address.address == sender)
    theirs = or_(Submission.person_id.in_(own), Submission.number.in_(asked))
    wanted = and_(theirs, Submission.emptied_at.is_(None))
    found = list(tx.scalars(select(Submission).where(wanted).order_by(Submission.id)))
    last = {row.id for row in found[-_LAST:]}
    whole = {
        row.id
        for row in found
        if row.id in last
        or row.number in asked
        or row.state in WAITS_FOR_CONTRIBUTOR
        or (since is not None and row.updated_at >= since)
    }
    return _threads(tx, found, wanted, whole)


def get(tx: Transaction, submission_id: int) -> Thread:
    """One, whole."""
    row = tx.get_one(Submission, submission_id)
    (thread,) = _threads(tx, [row], Submission.id == submission_id, {submission_id})
    return thread


def _threads(
    tx: Transaction, rows: Sequence[Submission], wanted: ColumnElement[bool], whole: Set[int]
) -> list[Thread]:
    """The values of the rows that `wanted` finds, those of `whole` with their newest revision. Six
    queries, however many there are."""
    assessments = _assessments(tx, [row for row in rows if row.id in whole])
    newest_mails = _newest_mails(tx, whole)
    message_ids = _message_ids(tx, wanted)
    participants = _participants(tx, wanted)
    return [
        _thread(
            row,
            newest_mails.get(row.id),
            assessments.get(row.id, (None, None)),
            message_ids.get(row.id, frozenset()),
            participants.get(row.person_id or 0, frozenset()),
        )
        for row in rows
    ]


def _thread(
    row: Submission,
    mail: Mail | None,
    assessments: tuple[Assessment | None, Assessment | None],
    message_ids: frozenset[str],
    participants: frozenset[str],
) -> Thread:
    judged, accepted = assessments
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
        participants=participants,
        judged=judged,
        accepted=accepted,
        headline=row.headline,
        category=row.category,
        subject=mail.subject if mail else "",
        arrived=(mail.internaldate or mail.received_at) if mail else None,
        mails=message_ids,
    )


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
    """What was found in this revision; None when there is none of that number, or it was purged."""
    wanted = select(Examination).join(Revision, Revision.id == Examination.revision_id)
    row = tx.scalars(
        wanted.where(Revision.submission_id == submission_id, Revision.number == number)
    ).first()
    return thaw(row.judged) if row else None


def list_revisions(tx: Transaction, submission_id: int) -> list[tuple[int, int, datetime]]:
    """Every revision, the first first: id, number, when it was examined."""
    found = select(Revision.id, Revision.number, Revision.examined_at)
    rows = tx.execute(
        found.where(Revision.submission_id == submission_id).order_by(Revision.number)
    )
    return [(row.id, row.number, row.examined_at) for row in rows]


def assessed_at(tx: Transaction, revision_id: int) -> Assessment | None:
    """What was found at this revision; None when it was purged."""
    row = tx.get(Examination, revision_id)
    return thaw(row.judged) if row else None


def newest_revision_id(tx: Transaction, submission_id: int) -> int | None:
    """The id of the newest revision."""
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
    return _newest_mails(tx, {submission_id}).get(submission_id)


def _newest_mails(tx: Transaction, submission_ids: Set[int]) -> dict[int, Mail]:
    tried = (
        select(Revision.submission_id, Mail)
        .join(Mail, Revision.mail_id == Mail.id)
        .where(Revision.submission_id.in_(submission_ids))
        .order_by(Revision.submission_id, Revision.number)
    )
    return dict(tx.execute(tried).all())


def _assessments(
    tx: Transaction, rows: Sequence[Submission]
) -> dict[int, tuple[Assessment | None, Assessment | None]]:
    """Of the newest revision and of the accepted one, by submission; what was purged is None."""
    known: dict[int, dict[int, int]] = defaultdict(dict)  # revision ids by number, by submission
    examined = (
        select(Revision.submission_id, Revision.number, Revision.id)
        .join(Examination, Examination.revision_id == Revision.id)
        .where(Revision.submission_id.in_([row.id for row in rows]))
    )
    for submission_id, number, revision_id in tx.execute(examined):
        known[submission_id][number] = revision_id
    asked = {
        row.id: (
            known[row.id][max(known[row.id])] if known[row.id] else None,
            known[row.id].get(row.accepted_revision),
        )
        for row in rows
    }
    ids = {
        revision_id for pair in asked.values() for revision_id in pair if revision_id is not None
    }
    frozen = select(Examination.revision_id, Examination.judged).where(
        Examination.revision_id.in_(ids)
    )
    thawed = {revision_id: thaw(judged) for revision_id, judged in tx.execute(frozen)}
    return {
        submission_id: (thawed.get(newest or 0), thawed.get(accepted or 0))
        for submission_id, (newest, accepted) in asked.items()
    }


def _message_ids(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    tried = (
        select(Revision.submission_id, Mail.message_id)
        .join(Mail, Revision.mail_id == Mail.id)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(wanted, Mail.message_id != "")
    )
    for submission_id, message_id in tx.execute(tried):
        found[submission_id].add(message_id)
    return {submission_id: frozenset(ids) for submission_id, ids in found.items()}


def _participants(tx: Transaction, wanted: ColumnElement[bool]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    people = select(Submission.person_id).where(wanted)
    addresses = select(Address.person_id, Address.address).where(Address.person_id.in_(people))
    for person_id, address in tx.execute(addresses):
        found[person_id].add(address)
    return {person_id: frozenset(addresses) for person_id, addresses in found.items()}
