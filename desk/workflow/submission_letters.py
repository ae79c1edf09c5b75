"""The letters about a submission: what one may say now, which were written, which say what is no
longer so."""

from contextlib import suppress
from datetime import datetime

import msgspec

from desk.app import App
from desk.domain.overrides import Overrides
from desk.outbound.enqueue import LetterRef, choose_automatic_policy, local_now, write
from desk.outbound.letter_context import active_sections, context_of_thread
from desk.store import Transaction, events
from desk.store.outbound import outbox
from desk.store.publications import decisions
from desk.store.submissions import threads
from publisher.letters.letter_context import LetterContext, LetterKind
from redaksi.errors import IllegalMove
from redaksi.model import Assessment
from redaksi.states import Letter as Due

LETTERS: dict[Due, LetterKind] = {
    "scheduled": "scheduled", "noted": "notes", "declined": "declined", "published": "published",
    "reminder": "reminder", "expired": "closed", "withdrawn": "withdrawn", "revise": "revise",
}  # fmt: skip
ASKS = frozenset({"revise", "partly-fixed", "unreadable", "nothing-attached", "notes", "reminder"})
RETURNS = ASKS - {"notes", "reminder"}  # by the machine


def context_of_submission(
    tx: Transaction, app: App, submission_id: int, aside: Overrides = ()
) -> LetterContext | None:
    """What a letter about a submission may say; None when there is nobody to write to. `aside`: what
    is being set aside with it, beside what was before."""
    posted, one = threads.posted(tx, submission_id), threads.get(tx, submission_id)
    if posted is None:
        return None
    return context_of_thread(
        one,
        posted,
        now=local_now(app),
        active=active_sections(app.config.rules),
        overrides=(*decisions.overrides_of(tx, submission_id), *aside),
    )


def write_about(
    tx: Transaction,
    app: App,
    submission_id: int,
    kind: LetterKind,
    *,
    idempotency_key: str,
    **facts: object,
) -> int | None:
    """A letter that goes by itself where letters do; None where nobody can be written to, or it was
    written on this occasion before."""
    context = context_of_submission(tx, app, submission_id)
    if context is None or app.config.reply.mode == "off":
        return None
    context = msgspec.structs.replace(context, **facts)
    about = refer(tx, submission_id, idempotency_key)
    return write(tx, app, kind, context, about, choose_automatic_policy(app))


def supersede(
    tx: Transaction, submission_id: int, now: datetime, kinds: frozenset[str] | None = None
) -> frozenset[str]:
    """Letters (of these kinds; None: all) that have not left say what is no longer so: they
    never will. The kinds of those that were dropped."""
    dropped = set()
    for letter in outbox.of_submission(tx, submission_id):
        # due or not: the sender asks again, under a lock
        waits = letter.state in (
            "draft",
            "held",
            "queued",
            "failed",
        )
        if waits and (kinds is None or letter.kind in kinds):
            with suppress(IllegalMove):  # the sender was faster: it is on its way
                outbox.drop(tx, letter.id, now, "worker")
                dropped.add(letter.kind)
    return frozenset(dropped)


def key_of_published(tx: Transaction, submission_id: int) -> str:
    """The occasion of the letter that it is published: it is written once for ever, but one that was
    dropped told nobody."""
    key = f"submission:{submission_id}:published"
    written = [x for x in outbox.of_submission(tx, submission_id) if x.kind == "published"]
    if not written or any(letter.state != "dropped" for letter in written):
        return key
    return f"{key}:{count_events(tx, submission_id)}"


def is_unasked(tx: Transaction, submission_id: int, now: datetime) -> bool:
    """Another mail came in time: what would have been asked for is not, and was no return.
    Whether a letter waited."""
    waiting = [
        letter
        for letter in outbox.of_submission(tx, submission_id)
        if letter.state in ("queued", "held", "draft") and letter.kind in RETURNS
    ]
    dropped = 0
    for letter in waiting:
        with suppress(IllegalMove):  # the sender was faster
            outbox.drop(tx, letter.id, now, "worker")
            dropped += 1
    return dropped > 0


def last_told(tx: Transaction, submission_id: int) -> Assessment | None:
    """The try of the last letter that left and asked for something: what a later try is compared
    with."""
    told = [
        letter
        for letter in outbox.of_submission(tx, submission_id)
        if letter.kind in RETURNS and letter.state in ("sending", "sent", "unknown")
    ]
    return (
        threads.assessed_at(tx, told[-1].revision_id)
        if told and told[-1].revision_id is not None
        else None
    )


def was_told(tx: Transaction, submission_id: int, kind: LetterKind) -> bool:
    """Whether a letter of this kind may have been read already."""
    gone = ("sending", "sent", "unknown")
    return any(
        one.kind == kind and one.state in gone for one in outbox.of_submission(tx, submission_id)
    )


def is_asked_back(tx: Transaction, submission_id: int) -> bool:
    """Whether its contributor asked for it back since it was last scheduled or opened again: an editor
    confirms, or decides otherwise."""
    settling = ("withdraw", "schedule", "reopen")
    history = events.still_standing(events.of_submission(tx, submission_id))
    asked = [e for e in history if e.what in settling]
    return bool(asked) and asked[-1].what == "withdraw" and asked[-1].actor == "contributor"


def refer(tx: Transaction, submission_id: int, idempotency_key: str) -> LetterRef:
    """What a letter about a submission is filed under."""
    mailbox = threads.get(tx, submission_id).mailbox
    return LetterRef(
        mailbox=mailbox,
        submission_id=submission_id,
        revision_id=threads.newest_revision_id(tx, submission_id),
        idempotency_key=idempotency_key,
    )


def count_events(tx: Transaction, submission_id: int) -> int:
    """How much has happened: each decision is an occasion of its own."""
    return len(events.of_submission(tx, submission_id))
