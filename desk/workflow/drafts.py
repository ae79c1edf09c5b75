"""An editor releases a letter. A draft is composed anew then, with its dates and counts as facts
stand; or it is dropped, where its submission has moved on since it was written.

It keeps its idempotency key and, while the key that signs is the same, its Message-ID: it is the
same letter, and goes once. What an editor decided is composed of the decision's own words; a letter
of a decision that was not kept, and what may have left already, go as they were composed.
"""

from datetime import date
from typing import cast

import msgspec
from msgspec import Struct

from desk.app import App
from desk.outbound.enqueue import compose_letter, compose_shown, local_now, word_day
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.outbound import keys, outbox
from desk.store.outbound.keys import Key
from desk.store.outbound.letters import Stored
from desk.store.outbound.recompose import Edited, replace_words
from desk.store.publications import decisions
from desk.store.submissions import threads
from desk.store.submissions.threads import Thread
from desk.workflow.deciding.decided_letter import context_of_decision, find_written
from desk.workflow.reminders import last_day_of, silence
from desk.workflow.retention.day import name_day
from desk.workflow.submission_letters import context_of_submission, is_asked_back, last_told
from desk.workflow.verdict_letter import Answered, context_of_verdict
from publisher.letters.letter_context import Letter, LetterContext, LetterKind
from publisher.letters.source import LetterText, mark_edited
from redaksi.arrival import Mail
from redaksi.errors import LetterChanged, RedaksiError
from redaksi.reasons import ReasonCode, explain
from redaksi.states import WAITS_FOR_CONTRIBUTOR, State

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


def check_leaving(app: App) -> None:
    """Raise RedaksiError where nothing could leave: what is released would go some day, when nobody
    thinks of it any more."""
    if app.config.reply.mode == "off":
        raise RedaksiError("mode_off")
    if not app.config.reply.host:
        raise RedaksiError("no_host")


def release(
    tx: Transaction,
    app: App,
    letter_id: int,
    actor: str = "editor",
    shown: LetterText | None = None,
) -> bool:
    """Let a letter leave; whether it will. A draft that says what is no longer so is dropped.
    `shown`: as whoever releases it saw it.

    Raises IllegalMove when the letter cannot be released, Unwritable when its template fails,
    LetterChanged when it tells something else by now than what was shown, or than when it was
    edited.
    """
    now = app.clock()
    letter = outbox.lock_releasable(tx, letter_id)
    if not is_true(tx, letter):
        outbox.drop(tx, letter_id, now, actor, explain(ReasonCode.MOVED_ON))
        return False
    fresh = compose_now(tx, app, letter)
    _check_shown(letter, fresh, shown)
    if fresh is not None:
        write_anew(tx, app, letter, fresh)
    outbox.release(tx, letter_id, now, actor)
    return True


def is_true(tx: Transaction, letter: Stored) -> bool:
    """Whether a letter, where it is a draft about a submission, says what is still so."""
    if letter.state != "draft" or letter.submission_id is None:
        return True
    return _is_true(tx, letter, threads.get(tx, letter.submission_id))


class Fresh(Struct, frozen=True, kw_only=True):
    """A letter as it would be composed now, and from what."""

    letter: Letter
    context: LetterContext
    key: Key


def compose_now(
    tx: Transaction, app: App, letter: Stored, *, any_state: bool = False
) -> Fresh | None:
    """The letter as it would be now; None for one that goes as it was composed: it is no draft
    (unless `any_state`), or nobody but the letter itself knows what it tells. Raises Unwritable."""
    if letter.submission_id is None or not (any_state or letter.state == "draft"):
        return None
    thread = threads.get(tx, letter.submission_id)
    context = _context(tx, app, letter, thread)
    if context is None:
        return None
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
    return Fresh(letter=composed, context=context, key=key)


def write_anew(
    tx: Transaction,
    app: App,
    letter: Stored,
    fresh: Fresh,
    shown: LetterText | None = None,
    edited: Edited | None = None,
) -> None:
    """The letter's words are those of now: an editor's, where it has such (`shown` and `edited`: new
    ones), in a letter composed anew. Raises LetterChanged, Unwritable, IllegalMove."""
    if shown is None and letter.edited_by is not None and letter.edited_at is not None:
        shown = LetterText(source=letter.source, facts_hash=letter.facts_hash)
        shown = msgspec.structs.replace(shown, facts_hash=mark_edited(letter.facts_hash))
        edited = Edited(account_id=letter.edited_by, at=letter.edited_at)
    composed = fresh.letter
    if shown is not None:
        composed = compose_shown(
            app, fresh.context, letter.mailbox, fresh.key, local_now(app), composed, shown
        )
    is_edited = shown is not None and not shown.is_untouched
    replace_words(
        tx,
        letter.id,
        composed,
        fresh.context.language,
        fresh.key.id,
        edited if is_edited else None,
        kept_until=word_day(fresh.context.purge),
    )


def _check_shown(letter: Stored, fresh: Fresh | None, shown: LetterText | None) -> None:
    """Raise LetterChanged where it is not what was shown. An edited one is shown as it is kept."""
    is_kept = fresh is None or letter.edited_by is not None
    current = letter.facts_hash if is_kept or fresh is None else fresh.letter.facts_hash
    if shown is None or shown.facts_hash == current:
        return
    now = letter if fresh is None else fresh.letter
    raise LetterChanged(
        is_edited=False, source=now.source, text=now.text, facts_hash=now.facts_hash
    )


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


def _context(tx: Transaction, app: App, letter: Stored, thread: Thread) -> LetterContext | None:
    """What the letter may say now; None where nobody but the letter itself knows."""
    if letter.kind in VERDICTS and letter.mail_id is not None:
        return _of_verdict(tx, app, letter, thread)
    context = context_of_submission(tx, app, thread.id)
    if context is None:
        return None
    decision = find_written(tx, thread.id, letter.id)
    if decision is not None:
        kind, purge = cast("LetterKind", letter.kind), _purge(app, letter, "withdrawn")
        return context_of_decision(tx, app, thread.id, kind, decision, purge=purge)
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
    day = name_day(app, state, letter.created_at)
    return day if day > local_now(app).date() else None
