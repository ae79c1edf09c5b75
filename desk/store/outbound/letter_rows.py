"""A row of the outbox: locked as one of its moves needs it, put on record as moved, and read."""

from datetime import datetime

from sqlalchemy import select

from desk.store import attention, events
from desk.store.engine import Transaction
from desk.store.outbound.letters import Stored
from desk.store.outbound.outbox_queries import count_waiting
from desk.store.tables import LetterState, Outbox
from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove
from redaksi.redact import mask_addresses


def _named(state: LetterState) -> Sentence:
    return Sentence(section="letter_state", key=state)


def lock_row(tx: Transaction, letter_id: int, *allowed: LetterState) -> Outbox:
    """The row as it is now, nobody else's until the transaction ends. Raises IllegalMove when it is
    in none of these states."""
    about = tx.scalar(select(Outbox.submission_id).where(Outbox.id == letter_id))
    if about is not None:
        attention.lock(tx, about)
    row = tx.scalars(
        select(Outbox)
        .where(Outbox.id == letter_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if row is None or row.state not in allowed:
        if row is None:
            raise IllegalMove("letter_is_unknown", number=letter_id)
        raise IllegalMove(
            "letter_is",
            number=letter_id,
            state=_named(row.state),
            allowed=list(map(_named, allowed)),
        )
    return row


def tell(tx: Transaction, row: Outbox, what: str, actor: str, now: datetime, reason: str) -> None:
    """Put a move on record, with how many letters of the submission wait for an editor after it."""
    tx.flush()
    facts: dict[str, object] = {"kind": row.kind}
    if row.submission_id is not None:
        facts["waiting"] = count_waiting(tx, row.submission_id)
    events.record(
        tx,
        events.Happened(
            at=now,
            actor=actor,
            what=what,
            submission_id=row.submission_id,
            mail_id=row.mail_id,
            letter_id=row.id,
            message_id=row.message_id,
            reason=mask_addresses(reason),
            facts=facts,
        ),
    )


def read_row(row: Outbox) -> Stored:
    """The letter in it."""
    return Stored(
        id=row.id,
        kind=row.kind,
        language=row.language,
        mailbox=row.mailbox_id,
        to=row.to_address,
        message_id=row.message_id,
        subject=row.subject,
        text=row.text,
        state=row.state,
        automatic=row.automatic,
        reason=row.reason,
        attempts=row.attempts,
        last_error=row.last_error,
        not_before=row.not_before,
        created_at=row.created_at,
        deferred_at=row.deferred_at,
        sending_at=row.sending_at,
        sent_at=row.sent_at,
        submission_id=row.submission_id,
        revision_id=row.revision_id,
        mail_id=row.mail_id,
        source=row.source,
        facts_hash=row.facts_hash,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
