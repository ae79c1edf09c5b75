"""An editor releases a letter. A draft is composed anew then, with its dates and counts as facts
stand; or it is dropped, where its submission has moved on since it was written.

It keeps its idempotency key and, while the key that signs is the same, its Message-ID: it is the
same letter, and goes once. What an editor decided (its words are in the letter alone until there is
a table of decisions) and what may have left already go as they were composed.
"""

from datetime import date, datetime
from typing import cast

import msgspec

from desk.app import App
from desk.outbound.enqueue import compose_letter, local_now
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.outbound import keys, outbox
from desk.store.outbound.letters import Stored
from desk.store.outbound.recompose import replace_words
from desk.store.publications import decisions
from desk.store.submissions import threads
from desk.store.submissions.threads import Thread
from desk.workflow.reminders import last_day_of, silence
from desk.workflow.submission_letters import context_of_submission, is_asked_back, last_told
from desk.workflow.verdict_letter import Answered, context_of_verdict
from publisher.letters.letter_context import LetterContext, LetterKind
from redaksi.arrival import Mail
from redaksi.reasons import ReasonCode, explain
from redaksi.states import RETENTION, WAITS_FOR_CONTRIBUTOR, State

VERDICTS: frozenset[LetterKind] = frozenset({
    "accepted", "nothing-attached", "partly-fixed", "revise", "unreadable",
})  # fmt: skip
_WAITING: frozenset[State] = frozenset({"revising", "incomplete"})
# The states in which a letter is true; a kind that is not named is true in any.
_TRUE_IN: dict[str, frozenset[State]] = {
    "accepted": frozenset({"review"}),
    "revise": _WAITING,
    "partly-fixed": _WAITING,
    "unreadable": _WAITING | {"quarantined", "not_a_submission"},
    "nothing-attached": _WAITING | {"not_a_submission"},
    "reminder": WAITS_FOR_CONTRIBUTOR,
    "notes": frozenset({"noted"}),
    "scheduled": frozenset({"scheduled"}),
    "declined": frozenset({"declined"}),
    "published": frozenset({"published"}),
    "closed": frozenset({"expired"}),
    "withdrawn": frozenset({"withdrawn"}),
}


def release(tx: Transaction, app: App, letter_id: int, actor: str = "editor") -> bool:
    """Let a letter leave; whether it will. A draft that says what is no longer so is dropped.

    Raises IllegalMove when the letter cannot be released, Unwritable when its template fails.
    """
    now = app.clock()
    letter = outbox.lock_releasable(tx, letter_id)
    if letter.state == "draft" and letter.submission_id is not None:
        thread = threads.get(tx, letter.submission_id)
        if not _is_true(tx, letter, thread):
            outbox.drop(tx, letter_id, now, actor, explain(ReasonCode.MOVED_ON))
            return False
        _compose_anew(tx, app, letter, thread)
    outbox.release(tx, letter_id, now, actor)
    return True


def _is_true(tx: Transaction, letter: Stored, thread: Thread) -> bool:
    """Whether the submission is where it was when the letter was written."""
    if thread.state not in _TRUE_IN.get(letter.kind, {thread.state}):
        return False
    newest = threads.newest_revision_id(tx, thread.id)
    if letter.revision_id is not None and letter.revision_id != newest:
        return letter.kind == "published"  # what came later is not what is published
    if letter.kind != "reminder":
        return True
    quiet = silence(tx, thread)
    return quiet is not None and quiet.since <= letter.created_at


def _compose_anew(tx: Transaction, app: App, letter: Stored, thread: Thread) -> None:
    context = _context(tx, app, letter, thread)
    if context is None:
        return
    again = sum(
        other.kind == letter.kind
        and other.revision_id == letter.revision_id
        and other.id < letter.id
        for other in outbox.of_submission(tx, thread.id)
    )
    now = local_now(app)
    key = keys.current_key(tx, now)
    context = msgspec.structs.replace(context, again=again)
    kind = cast("LetterKind", letter.kind)
    composed = compose_letter(app, kind, context, letter.mailbox, key, now)
    replace_words(tx, letter.id, composed, context.language, key.id)


def _context(tx: Transaction, app: App, letter: Stored, thread: Thread) -> LetterContext | None:
    """What the letter may say now; None where nobody but the letter itself knows."""
    if letter.kind in VERDICTS:
        return _of_verdict(tx, app, letter, thread) if letter.mail_id is not None else None
    context = context_of_submission(tx, app, thread.id)
    if context is None:
        return None
    if letter.kind == "reminder":
        return _of_reminder(tx, app, thread, context)
    if letter.kind == "closed":
        return msgspec.structs.replace(context, purge=_purge(app, letter, "expired"))
    if letter.kind == "withdrawn" and is_asked_back(tx, thread.id):
        purge = _purge(app, letter, "withdrawn")
        return msgspec.structs.replace(context, purge=purge, asked_back=True)
    return None


def _of_verdict(tx: Transaction, app: App, letter: Stored, thread: Thread) -> LetterContext | None:
    posted = threads.posted(tx, thread.id)
    judged = threads.assessed_at(tx, letter.revision_id) if letter.revision_id is not None else None
    if posted is None or judged is None or letter.mail_id is None:
        return None
    row = mails.get(tx, letter.mail_id)
    mail = Mail(
        headers=(),
        from_name=posted.name,
        subject=row.subject,
        message_id=row.message_id,
        references=tuple(known for known in posted.references if known != row.message_id),
    )
    answered = Answered(
        mail=mail,
        to=letter.to,
        language=posted.language,
        number=thread.number,
        revision_number=thread.latest_revision,
        arrived_at=row.arrived_at,
        before=last_told(tx, thread.id),
        overrides=decisions.overrides_of(tx, thread.id),
    )
    return context_of_verdict(app, cast("LetterKind", letter.kind), judged, answered)


def _of_reminder(
    tx: Transaction, app: App, thread: Thread, context: LetterContext
) -> LetterContext | None:
    quiet = silence(tx, thread)
    if quiet is None:
        return None
    return msgspec.structs.replace(
        context,
        asked=quiet.asked.astimezone(app.config.zone).date(),
        noted=thread.state == "noted",
        expires=last_day_of(app, quiet),
    )


def _purge(app: App, letter: Stored, state: State) -> date | None:
    """The day it is deleted, counted from the event; None once it has passed: nothing is
    promised then."""
    day: datetime = letter.created_at.astimezone(app.config.zone) + RETENTION[state]
    return day.date() if day > local_now(app) else None
