"""Letters out. Composed once, in the transaction of the verdict; what goes over the wire is what is stored here.

draft ─► queued ─► sending ─► sent
  │        │ ▲         ├────► unknown   a cut after DATA: nobody knows; an editor decides
  ▼        ▼ │         ├────► failed    refused for good
dropped   held          └────► queued    not now, later again
"""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from desk.store import events
from desk.store.engine import Transaction
from desk.store.rows import add_unless_there
from desk.store.tables import LetterState as LetterState  # noqa: PLC0414 - callers name it outbox.LetterState
from desk.store.tables import Outbox
from redaksi.errors import IllegalMove
from redaksi.model import Language


class Letter(Struct, frozen=True, kw_only=True):
    """A composed letter, to be queued. It belongs to a try, else to a submission, else to a mail."""

    kind: str  # accepted, revise, unreadable, nothing-attached, …
    language: Language
    mailbox: str
    to: str
    message_id: str  # with angle brackets, unique, derived from key and occasion
    key_id: str
    subject: str
    text: str
    content: bytes
    at: datetime
    state: LetterState = "queued"  # "draft" waits for an editor, "held" for a limit to pass
    why: str = ""
    not_before: datetime | None = None
    submission_id: int | None = None
    try_id: int | None = None
    mail_id: int | None = None
    once: str = ""  # the occasion it may be written for only once; "" = its kind and its try


class Stored(Struct, frozen=True, kw_only=True):
    """A letter of the outbox."""

    id: int
    kind: str
    language: Language
    mailbox: str
    to: str
    message_id: str
    subject: str
    text: str
    content: bytes
    state: LetterState
    why: str
    attempts: int
    last_error: str
    not_before: datetime
    created_at: datetime
    sending_at: datetime | None
    sent_at: datetime | None
    submission_id: int | None
    try_id: int | None
    mail_id: int | None


def enqueue(tx: Transaction, letter: Letter) -> int | None:
    """The new letter's id; None when a letter was written on this occasion before (answering table, row 12)."""
    values = {
        "once": letter.once or _occasion(letter), "kind": letter.kind, "language": letter.language,
        "mailbox_id": letter.mailbox, "submission_id": letter.submission_id, "try_id": letter.try_id,
        "mail_id": letter.mail_id, "to_address": letter.to.strip().lower(), "message_id": letter.message_id,
        "key_id": letter.key_id, "subject": letter.subject, "text": letter.text, "content": letter.content,
        "state": letter.state, "why": letter.why, "not_before": letter.not_before or letter.at,
        "created_at": letter.at,
    }  # fmt: skip
    made: int | None = add_unless_there(tx, Outbox, values)
    if made is not None:
        _told(tx, tx.get_one(Outbox, made), f"letter {letter.state}", "worker", letter.at, letter.why)
    return made


def written(tx: Transaction, once: str) -> bool:
    """Whether the letter of this occasion exists."""
    return tx.scalar(select(func.count()).select_from(Outbox).where(Outbox.once == once)) == 1


def get(tx: Transaction, letter_id: int) -> Stored | None:
    """One letter."""
    row = tx.get(Outbox, letter_id)
    return _stored(row) if row else None


def due(tx: Transaction, now: datetime, limit: int = 50) -> list[Stored]:
    """Letters that may be sent now, oldest first."""
    return _list(tx, and_(Outbox.state == "queued", Outbox.not_before <= now), limit)


def drafts(tx: Transaction) -> list[Stored]:
    """Letters that wait for an editor: drafts, held ones, and those whose fate is not known."""
    return _list(tx, Outbox.state.in_(("draft", "held", "unknown")), None)


def in_doubt(tx: Transaction) -> list[Stored]:
    """Letters that were being sent when somebody died: the Sent folder knows what became of them."""
    return _list(tx, Outbox.state == "sending", None)


def of_submission(tx: Transaction, submission_id: int) -> list[Stored]:
    """Every letter about a submission, oldest first."""
    return _list(tx, Outbox.submission_id == submission_id, None)


def begin_sending(tx: Transaction, letter_id: int, now: datetime) -> Stored:
    """The attempt is counted; commit before a byte goes over the wire.

    Raises IllegalMove when the letter is not queued any more: somebody else sends it.
    """
    row = _locked(tx, letter_id, "queued")
    row.state, row.sending_at, row.last_error = "sending", now, ""
    row.attempts += 1
    tx.flush()
    return _stored(row)


def sent(tx: Transaction, letter_id: int, now: datetime, reason: str = "") -> None:
    """The relay took it, or the Sent folder has it (`reason` says so)."""
    row = _locked(tx, letter_id, "sending", "unknown")
    row.state, row.sent_at, row.last_error = "sent", now, ""
    _told(tx, row, "letter sent", "worker", now, reason)


def unknown(tx: Transaction, letter_id: int, now: datetime, error: str) -> None:
    """Nobody can tell whether it went out; an editor decides."""
    row = _locked(tx, letter_id, "sending")
    row.state, row.last_error = "unknown", error
    _told(tx, row, "letter unknown", "worker", now, "")


def failed(tx: Transaction, letter_id: int, now: datetime, error: str) -> None:
    """The relay refused it for good, or the time to try is over."""
    row = _locked(tx, letter_id, "queued", "sending")
    row.state, row.last_error = "failed", error
    _told(tx, row, "letter failed", "worker", now, "")


def retry_at(tx: Transaction, letter_id: int, when: datetime, error: str) -> None:
    """It certainly did not go out; it is due again at `when`."""
    row = _locked(tx, letter_id, "sending")
    row.state, row.not_before, row.last_error = "queued", when, error


def hold(tx: Transaction, letter_id: int, now: datetime, why: str) -> None:
    """A limit stands in its way; it waits for an editor or for `release`."""
    row = _locked(tx, letter_id, "queued")
    row.state, row.why = "held", why
    _told(tx, row, "letter held", "worker", now, why)


def release(tx: Transaction, letter_id: int, now: datetime, actor: str = "editor") -> None:
    """Send it: a draft, a held letter, one that failed, or one whose fate is not known (it may arrive twice)."""
    row = _locked(tx, letter_id, "draft", "held", "unknown", "failed")
    row.state, row.not_before, row.why = "queued", now, ""
    _told(tx, row, "letter released", actor, now, "")


def drop(tx: Transaction, letter_id: int, now: datetime, actor: str = "editor") -> None:
    """It will not be sent."""
    row = _locked(tx, letter_id, "draft", "queued", "held", "unknown", "failed")
    row.state = "dropped"
    _told(tx, row, "letter dropped", actor, now, "")


def counts(tx: Transaction) -> dict[LetterState, int]:
    """How many letters are in each state."""
    rows = tx.execute(select(Outbox.state, func.count()).group_by(Outbox.state))
    return dict(rows.all())


def count_to(tx: Transaction, address: str, since: datetime) -> int:
    """Letters to one address that went out, or may have or soon will, since then."""
    return _count(tx, and_(_leaving(since), Outbox.to_address == address.strip().lower()))


def count_all(tx: Transaction, since: datetime) -> int:
    """Letters to anybody that went out, or may have or soon will, since then."""
    return _count(tx, _leaving(since))


def count_sent(tx: Transaction, since: datetime) -> int:
    """Letters that went out, or may have, since then: what the provider counts."""
    may_have = and_(Outbox.state.in_(("sending", "unknown")), Outbox.sending_at > since)
    return _count(tx, or_(and_(Outbox.state == "sent", Outbox.sent_at > since), may_have))


def by_message_id(tx: Transaction, message_ids: tuple[str, ...]) -> Stored | None:
    """The newest letter of ours that one of these Message-IDs names: a reply or a bounce is about it."""
    if not message_ids:
        return None
    found = select(Outbox).where(Outbox.message_id.in_(message_ids)).order_by(Outbox.id.desc()).limit(1)
    row = tx.scalars(found).first()
    return _stored(row) if row else None


def _leaving(since: datetime) -> ColumnElement[bool]:
    on_its_way = and_(Outbox.state.in_(("queued", "sending", "unknown")), Outbox.created_at > since)
    return or_(and_(Outbox.state == "sent", Outbox.sent_at > since), on_its_way)


def _count(tx: Transaction, condition: ColumnElement[bool]) -> int:
    return tx.scalar(select(func.count()).select_from(Outbox).where(condition)) or 0


def _list(tx: Transaction, condition: ColumnElement[bool], limit: int | None) -> list[Stored]:
    found = select(Outbox).where(condition).order_by(Outbox.not_before, Outbox.id).limit(limit)
    return [_stored(row) for row in tx.scalars(found)]


def _locked(tx: Transaction, letter_id: int, *allowed: LetterState) -> Outbox:
    row = tx.scalars(
        select(Outbox)
        .where(Outbox.id == letter_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None or row.state not in allowed:
        raise IllegalMove(
            f"letter {letter_id} is {row.state if row else 'unknown here'}, not {' or '.join(allowed)}"
        )
    return row


def _occasion(letter: Letter) -> str:
    for kind, identifier in (
        ("try", letter.try_id),
        ("submission", letter.submission_id),
        ("mail", letter.mail_id),
    ):
        if identifier is not None:
            return f"{kind}:{identifier}:{letter.kind}"
    raise ValueError("a letter belongs to a try, a submission or a mail, or says what it is about")


def _told(tx: Transaction, row: Outbox, what: str, actor: str, now: datetime, reason: str) -> None:
    events.record(
        tx,
        events.Happened(
            at=now, actor=actor, what=what, submission_id=row.submission_id, mail_id=row.mail_id, letter_id=row.id,
            message_id=row.message_id, reason=reason, facts={"kind": row.kind},
        ),
    )  # fmt: skip


def _stored(row: Outbox) -> Stored:
    return Stored(
        id=row.id, kind=row.kind, language=row.language, mailbox=row.mailbox_id, to=row.to_address,
        message_id=row.message_id, subject=row.subject, text=row.text, content=row.content, state=row.state,
        why=row.why, attempts=row.attempts, last_error=row.last_error, not_before=row.not_before,
        created_at=row.created_at, sending_at=row.sending_at, sent_at=row.sent_at,
        submission_id=row.submission_id, try_id=row.try_id, mail_id=row.mail_id,
    )  # fmt: skip
