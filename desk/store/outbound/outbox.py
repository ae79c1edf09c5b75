"""Letters out. Composed once, in the transaction of the verdict; what goes over the wire is what is
stored here.

draft ◄─► queued ─► sending ─► sent
  │        │ ▲         ├────► unknown   a cut after DATA: nobody knows; an editor decides
  ▼        ▼ │         ├────► failed    refused for good
dropped   held          └────► queued    not now, later again

What waits, what left, and how much of it: outbox_queries. Reasons name no address: they stand in
the history.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from desk.store.engine import Transaction
from desk.store.outbound.letter_rows import lock_row, read_row, tell
from desk.store.outbound.letters import Letter, Stored
from desk.store.outbound.outbox_queries import drafts as drafts  # noqa: PLC0414 - callers name it outbox.drafts
from desk.store.people.addresses import address_key
from desk.store.rows import add_unless_there
from desk.store.tables import LetterContent, Outbox
from desk.store.tables import LetterState as LetterState  # noqa: PLC0414 - callers name it outbox.LetterState
from desk.store.tally import Counter, count
from redaksi.errors import IllegalMove
from redaksi.reasons import Reason, text_of


def enqueue(tx: Transaction, letter: Letter) -> int | None:
    """The new letter's id; None when a letter was written on this occasion before (answering
    table, row 12)."""
    values = {
        "once": letter.idempotency_key or _once(letter),
        "kind": letter.kind,
        "language": letter.language,
        "mailbox_id": letter.mailbox,
        "submission_id": letter.submission_id,
        "try_id": letter.revision_id,
        "mail_id": letter.mail_id,
        "to_address": letter.to.strip(),
        "to_key": address_key(letter.to),
        "message_id": letter.message_id,
        "key_id": letter.key_id,
        "subject": letter.subject,
        "text": letter.text,
        "state": letter.state,
        "automatic": letter.automatic,
        "why": letter.reason,
        "not_before": letter.not_before or letter.at,
        "good_until": letter.good_until,
        "created_at": letter.at,
        "queued_at": letter.at,
        "source": letter.source,
        "facts_hash": letter.facts_hash,
        "edited_by": letter.edited_by,
        "kept_until": letter.kept_until,
        "edited_at": None if letter.edited_by is None else letter.at,
    }
    made: int | None = add_unless_there(tx, Outbox, values)
    if made is not None:
        tx.add(LetterContent(outbox_id=made, content=letter.content))
        tell(
            tx,
            tx.get_one(Outbox, made),
            f"letter {letter.state}",
            "worker",
            letter.at,
            text_of(letter.reason),
        )
    return made


def is_written(tx: Transaction, idempotency_key: str) -> bool:
    """Whether the letter of this occasion exists."""
    return (
        tx.scalar(
            select(func.count())
            .select_from(Outbox)
            .where(Outbox.idempotency_key == idempotency_key)
        )
        == 1
    )


def get(tx: Transaction, letter_id: int) -> Stored | None:
    """One letter."""
    row = tx.get(Outbox, letter_id)
    return read_row(row) if row else None


def content(tx: Transaction, letter_id: int) -> bytes:
    """What goes over the wire; empty once its addressee is forgotten."""
    return tx.get_one(LetterContent, letter_id).content


def in_doubt(tx: Transaction, now: datetime) -> list[Stored]:
    """Letters that were being sent when the line or somebody died, and whose Sent folder may be
    asked now."""
    return _list(tx, and_(Outbox.state == "sending", Outbox.not_before <= now))


def of_submission(tx: Transaction, submission_id: int) -> list[Stored]:
    """Every letter about a submission, oldest first."""
    return _list(tx, Outbox.submission_id == submission_id)


def states_of(tx: Transaction, submission_id: int) -> dict[int, LetterState]:
    """How every letter about a submission stands, by id."""
    found = select(Outbox.id, Outbox.state).where(Outbox.submission_id == submission_id)
    return {row.id: row.state for row in tx.execute(found.order_by(Outbox.id))}


def by_message_id(tx: Transaction, message_ids: tuple[str, ...]) -> Stored | None:
    """The newest letter of ours that one of these Message-IDs names: a reply or a bounce is
    about it."""
    if not message_ids:
        return None
    found = (
        select(Outbox).where(Outbox.message_id.in_(message_ids)).order_by(Outbox.id.desc()).limit(1)
    )
    row = tx.scalars(found).first()
    return read_row(row) if row else None


# ── the sender's moves ────────────────────────────────────────────────────────────────────────────


def begin_sending(tx: Transaction, letter_id: int, now: datetime) -> Stored:
    """The attempt is counted; commit before a byte goes over the wire.

    Raises IllegalMove when the letter is not queued any more: somebody else sends it, or it was
    dropped meanwhile.
    """
    row = lock_row(tx, letter_id, "queued")
    row.state, row.sending_at, row.not_before = "sending", now, now
    row.last_error, row.reason = "", None
    row.attempts += 1
    tell(tx, row, "letter sending", "worker", now, "")
    tx.flush()
    return read_row(row)


def mark_sent(tx: Transaction, letter_id: int, now: datetime, reason: str = "") -> None:
    """The relay took it (`reason` is its word, with the number it goes by there), or the Sent
    folder has it."""
    row = lock_row(tx, letter_id, "sending", "unknown")
    row.state, row.sent_at, row.last_error = "sent", now, ""
    tell(tx, row, "letter sent", "worker", now, reason)
    count(tx, Counter.LETTERS_SENT, row.kind)


def mark_unknown(tx: Transaction, letter_id: int, now: datetime, error: str) -> None:
    """Nobody can tell whether it went out; an editor decides."""
    row = lock_row(tx, letter_id, "sending")
    row.state, row.last_error = "unknown", error
    tell(tx, row, "letter unknown", "worker", now, error)


def mark_failed(tx: Transaction, letter_id: int, now: datetime, error: str) -> None:
    """The relay refused it for good, or the time to try is over."""
    row = lock_row(tx, letter_id, "queued", "sending")
    row.state, row.last_error = "failed", error
    tell(tx, row, "letter failed", "worker", now, error)


def defer(tx: Transaction, letter_id: int, now: datetime, when: datetime, error: str) -> None:
    """The relay said "not now" of this letter: it certainly did not go out, and is due again at
    `when`."""
    row = lock_row(tx, letter_id, "sending")
    row.state, row.not_before, row.last_error = "queued", when, error
    row.deferred_at = row.deferred_at or now
    tell(tx, row, "letter deferred", "worker", now, error)


def put_back(tx: Transaction, letter_id: int, now: datetime, when: datetime, error: str) -> None:
    """The relay took nothing at all: that is no fault of the letter's, and its two days begin
    anew."""
    row = lock_row(tx, letter_id, "sending")
    row.state, row.not_before, row.last_error, row.deferred_at = "queued", when, error, None
    tell(tx, row, "letter deferred", "worker", now, error)


def ask_later(tx: Transaction, letter_id: int, when: datetime, error: str) -> None:
    """It stays in doubt; the Sent folder is asked again at `when`."""
    row = lock_row(tx, letter_id, "sending")
    row.not_before, row.last_error = when, error


def hold(tx: Transaction, letter_id: int, now: datetime, reason: Reason) -> None:
    """A limit stands in its way; it waits until the limit has passed, or for an editor's
    `release`."""
    row = lock_row(tx, letter_id, "queued")
    row.state, row.reason = "held", reason
    tell(tx, row, "letter held", "worker", now, str(reason))


def resume(tx: Transaction, letter_id: int, now: datetime, reason: Reason) -> None:
    """The limit that held it has passed."""
    row = lock_row(tx, letter_id, "held")
    row.state, row.reason = "queued", None
    tell(tx, row, "letter queued", "worker", now, str(reason))


def redraft(tx: Transaction, letter_id: int, now: datetime, reason: Reason) -> None:
    """It does not go by itself any more: an editor decides."""
    row = lock_row(tx, letter_id, "queued", "held")
    row.state, row.reason = "draft", reason
    tell(tx, row, "letter draft", "worker", now, str(reason))


def wait_until(
    tx: Transaction, letter_id: int, when: datetime, reason: Reason | None = None
) -> None:
    """It stays queued and is due at `when`."""
    row = lock_row(tx, letter_id, "queued")
    row.not_before, row.reason = when, reason


def lock_queued(tx: Transaction, letter_id: int) -> Stored:
    """The letter as it is now, nobody else's until the transaction ends. Raises IllegalMove when
    it is not queued any more."""
    return read_row(lock_row(tx, letter_id, "queued"))


# ── an editor's moves ─────────────────────────────────────────────────────────────────────────────


_RELEASABLE: tuple[LetterState, ...] = ("draft", "queued", "held", "unknown", "failed")


def lock_releasable(tx: Transaction, letter_id: int) -> Stored:
    """A letter that `release` would take, nobody else's until the transaction ends. Raises
    IllegalMove, also where its words went with its submission's."""
    row = lock_row(tx, letter_id, *_RELEASABLE)
    if not row.to_address:
        raise IllegalMove("letter_emptied", number=letter_id)
    return read_row(row)


def release(tx: Transaction, letter_id: int, now: datetime, actor: str = "editor") -> None:
    """Send it now: a draft, one that waits, one that failed, or one whose fate is not known (it may
    arrive twice).

    From here on an editor decided on it, and its two days begin anew.
    """
    row = lock_row(tx, letter_id, *_RELEASABLE)
    row.state, row.not_before, row.queued_at, row.reason = "queued", now, now, None
    row.automatic, row.attempts, row.deferred_at, row.good_until = False, 0, None, None
    tell(tx, row, "letter released", actor, now, "")


def drop(
    tx: Transaction,
    letter_id: int,
    now: datetime,
    actor: str = "editor",
    reason: Reason | None = None,
) -> None:
    """It will not be sent."""
    row = lock_row(tx, letter_id, *_RELEASABLE)
    row.state, row.reason = "dropped", reason or row.reason
    tell(tx, row, "letter dropped", actor, now, text_of(reason))


def restore(
    tx: Transaction, letter_id: int, state: LetterState, now: datetime, actor: str = "editor"
) -> None:
    """What was dropped with a decision that is taken back is what it was."""
    row = lock_row(tx, letter_id, "dropped")
    row.state = state
    tell(tx, row, "letter restored", actor, now, "")


def _list(tx: Transaction, condition: ColumnElement[bool]) -> list[Stored]:
    found = select(Outbox).where(condition).order_by(Outbox.not_before, Outbox.id)
    return [read_row(row) for row in tx.scalars(found)]


def _once(letter: Letter) -> str:
    for kind, identifier in (
        ("try", letter.revision_id),
        ("submission", letter.submission_id),
        ("mail", letter.mail_id),
    ):
        if identifier is not None:
            return f"{kind}:{identifier}:{letter.kind}"
    raise ValueError("a letter belongs to a try, a submission or a mail, or says what it is about")
