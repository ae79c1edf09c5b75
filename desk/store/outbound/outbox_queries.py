"""What waits to leave, what left, and how much of it: what the limits are measured by. No
letter's bytes are read."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update

from desk.domain.rate_limit import H_KINDS, Left, Waiting
from desk.store.engine import Transaction
from desk.store.tables import LetterState, Mail, Outbox, Revision
from redaksi.reasons import Reason, ReasonCode, code_of

FOR_EDITORS: tuple[LetterState, ...] = ("draft", "held", "unknown", "failed")
WAITS_FOR_WORD: tuple[LetterState, ...] = ("draft", "unknown", "failed")  # leaves no more by itself


class Draft(Struct, frozen=True, kw_only=True):
    """A letter that an editor may have a word about."""

    id: int
    kind: str
    to: str
    subject: str
    state: LetterState
    reason: Reason | None
    last_error: str
    submission_id: int | None


def waiting(tx: Transaction, now: datetime) -> list[Waiting]:
    """Queued letters that are due and all held ones, the one that has been due longest first."""
    due = or_(Outbox.state == "held", and_(Outbox.state == "queued", Outbox.not_before <= now))
    found = select(
        Outbox.id,
        Outbox.kind,
        Outbox.to_normalized,
        Outbox.automatic,
        Outbox.state,
        Outbox.reason,
        Outbox.queued_at,
        Outbox.good_until,
        Mail.received_at,
    )
    found = found.outerjoin(Mail, Mail.id == Outbox.mail_id).where(due)
    return [
        Waiting(
            id=row.id,
            kind=row.kind,
            to=row.to_normalized,
            automatic=row.automatic,
            held=row.state == "held",
            reason=code_of(row.reason),
            queued_at=row.queued_at,
            good_until=row.good_until,
            received=row.received_at,
        )
        for row in tx.execute(found.order_by(Outbox.not_before, Outbox.id))
    ]


def left(tx: Transaction, since: datetime) -> list[Left]:
    """Letters that left since then, or may have: what the provider counts."""
    found = select(
        Outbox.to_normalized, Outbox.kind, Outbox.state, Outbox.sent_at, Outbox.sending_at
    ).where(_left(since))
    return [
        Left(
            to=row.to_normalized,
            at=row.sent_at if row.state == "sent" else row.sending_at,
            kind=row.kind,
        )
        for row in tx.execute(found)
    ]


def drafts(tx: Transaction) -> list[Draft]:
    """Letters that an editor may have a word about: drafts, held ones, those that failed or may
    have left."""
    found = select(
        Outbox.id,
        Outbox.kind,
        Outbox.to_address,
        Outbox.subject,
        Outbox.state,
        Outbox.reason,
        Outbox.last_error,
        Outbox.submission_id,
    ).where(Outbox.state.in_(FOR_EDITORS))
    return [
        Draft(
            id=row.id,
            kind=row.kind,
            to=row.to_address,
            subject=row.subject,
            state=row.state,
            reason=row.reason,
            last_error=row.last_error,
            submission_id=row.submission_id,
        )
        for row in tx.execute(found.order_by(Outbox.not_before, Outbox.id))
    ]


def count_waiting(tx: Transaction, submission_id: int) -> int:
    """How many letters about a submission wait for an editor's word; what a limit holds leaves by
    itself."""
    return _count(tx, and_(Outbox.submission_id == submission_id, Outbox.state.in_(WAITS_FOR_WORD)))


def count_drafts(tx: Transaction) -> int:
    """How many letters `drafts` would tell of."""
    return _count(tx, Outbox.state.in_(FOR_EDITORS))


def counts(tx: Transaction) -> dict[LetterState, int]:
    """How many letters are in each state; of an index alone."""
    rows = tx.execute(select(Outbox.state, func.count()).group_by(Outbox.state))
    return dict(rows.all())


def held(tx: Transaction) -> dict[ReasonCode, int]:
    """How many letters are held, by why."""
    found = (
        select(Outbox.reason, func.count()).where(Outbox.state == "held").group_by(Outbox.reason)
    )
    return {reason.code: count for reason, count in tx.execute(found) if reason is not None}


def select_longest_due() -> Select[datetime]:
    """Since when the oldest queued letter is due, to be asked with other questions; in the future for
    one that is not due yet."""
    return select(func.min(Outbox.not_before)).where(Outbox.state == "queued")


def select_longest_sending() -> Select[datetime | None]:
    """Since when the oldest letter in `sending` is there, to be asked with other questions."""
    return select(func.min(Outbox.sending_at)).where(Outbox.state == "sending")


def asked_for_articles(tx: Transaction, since: datetime) -> list[Left]:
    """Letters about an article that is missing or cannot be read, whatever they are called, that
    were written since then to go by themselves, or were sent: to whom, when, and of what kind."""
    missing = or_(
        Outbox.kind.in_(H_KINDS),
        and_(Outbox.kind == "revise", Revision.decision == "incomplete"),
    )
    goes = and_(Outbox.state.not_in(("draft", "dropped")), missing, Outbox.created_at > since)
    found = (
        select(Outbox.to_normalized, Outbox.created_at, Outbox.kind)
        .outerjoin(Revision, Revision.id == Outbox.revision_id)
        .where(goes)
    )
    rows = tx.execute(found)
    return [Left(to=row.to_normalized, at=row.created_at, kind=row.kind) for row in rows]


def put_off(tx: Transaction, reason: Reason) -> None:
    """Everything that waits to leave stays where it is, and says why."""
    tx.execute(update(Outbox).where(_waits_without(reason)).values(reason=reason))


def hurry(tx: Transaction, now: datetime) -> None:
    """What was tried before and waits for its next attempt is due now."""
    tried = and_(Outbox.state == "queued", Outbox.attempts > 0, Outbox.not_before > now)
    tx.execute(update(Outbox).where(tried).values(not_before=now))


def some_wait(tx: Transaction, reason: Reason) -> bool:
    """Whether a letter that waits to leave does not say `reason` yet."""
    return _count(tx, _waits_without(reason)) > 0


def _waits_without(reason: Reason) -> ColumnElement[bool]:
    return and_(Outbox.state.in_(("queued", "held")), Outbox.reason != reason)


def _left(since: datetime) -> ColumnElement[bool]:
    may_have = and_(Outbox.state.in_(("sending", "unknown")), Outbox.sending_at > since)
    return or_(and_(Outbox.state == "sent", Outbox.sent_at > since), may_have)


def _count(tx: Transaction, condition: ColumnElement[bool]) -> int:
    return tx.scalar(select(func.count()).select_from(Outbox).where(condition)) or 0
