"""What an editor, a contributor's BATAL, the clock or the publisher decides: one transaction
each, letter included."""

from contextlib import suppress
from datetime import datetime

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.moments import check_moment
from desk.outbound.enqueue import (
    LetterRef,
    choose_automatic_policy,
    choose_editor_policy,
    local_now,
    write,
)
from desk.outbound.letter_context import active_sections, context_of_thread
from desk.store import Transaction, events
from desk.store.inbound.mails import MailRow
from desk.store.outbound import outbox
from desk.store.submissions import submission_rows, threads
from publisher.letters.letter_context import LetterContext, LetterKind, Remark
from redaksi.arrival import Mail
from redaksi.errors import IllegalMove
from redaksi.model import Assessment
from redaksi.states import RETENTION, Actor, Event, State, Transition
from redaksi.states import Letter as Due
from redaksi.text.web_address import check_address

LETTERS: dict[Due, LetterKind] = {
    "scheduled": "scheduled", "noted": "notes", "declined": "declined", "published": "published",
    "reminder": "reminder", "expired": "closed", "withdrawn": "withdrawn", "revise": "revise",
}  # fmt: skip
ASKS = frozenset({"revise", "partly-fixed", "unreadable", "nothing-attached", "notes", "reminder"})


RETURNS = ASKS - {"notes", "reminder"}  # by the machine


class Decision(Struct, frozen=True, kw_only=True):
    """An editor's word. `seen_revision`: the newest try the editor saw; a newer one refuses the
    decision."""

    event: Event
    editor: str = ""  # a name, as it signs the letter
    seen_revision: int | None = None
    publish_at: datetime | None = None
    url: str = ""  # where readers see it, of what is published already
    headline: str = ""
    category: str = ""
    note: str = ""
    reason: str = ""
    remarks: tuple[Remark, ...] = ()
    silent: bool = False  # decide without a letter


class Resolved(Struct, frozen=True, kw_only=True):
    """What came of it."""

    state: State
    letter_id: int | None


def decide(app: App, number: str, decision: Decision) -> Resolved:
    """Let an editor's decision happen. Raises IllegalMove when it cannot, and says why."""
    with app.store.begin() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        decision = _checked(app, decision)
        event = _event(threads.get(tx, found).state, decision)
        _complete(tx, found, decision)
        who = f"editor:{decision.editor}" if decision.editor else "editor"
        happened = events.Happened(
            at=app.clock(), actor=who, what=event, facts=_asked(tx, found, event)
        )
        row = submission_rows.move(
            tx, found, event, "editor", happened, seen_revision=decision.seen_revision
        )
        if event in ("schedule", "unschedule"):
            when = decision.publish_at if event == "schedule" else None
            submission_rows.plan_publication(tx, found, when, decision.headline, decision.category)
        if event == "publish":
            submission_rows.put_online(tx, found, decision.url)
        if event != "seen":
            supersede(tx, found, app.clock())
        letter = None if decision.silent else _letter(tx, app, found, row, decision)
        return Resolved(state=threads.get(tx, found).state, letter_id=letter)


def happen(
    tx: Transaction,
    app: App,
    submission_id: int,
    event: Event,
    actor: Actor,
    *,
    idempotency_key: str,
    **told: object,
) -> Transition:
    """Let the clock or the publisher move a submission; its letter goes by itself where letters
    do."""
    happened = events.Happened(at=app.clock(), actor=actor, what=event)
    row = submission_rows.move(tx, submission_id, event, actor, happened)
    kind = LETTERS.get(row.letter)
    context = context_of_submission(tx, app, submission_id)
    if kind is not None and context is not None and app.config.reply.mode != "off":
        context = msgspec.structs.replace(context, **told)
        write(
            tx,
            app,
            kind,
            context,
            _filed(tx, submission_id, idempotency_key),
            choose_automatic_policy(app),
        )
    return row


def take_back(
    tx: Transaction, app: App, submission_id: int, row: MailRow, mail: Mail | None = None
) -> None:
    """BATAL, in the mail `row`: withdrawn at once, or, where it may be in print, an editor's to
    confirm."""
    happened = events.Happened(at=app.clock(), actor="contributor", what="withdraw", mail_id=row.id)
    moved = submission_rows.move(tx, submission_id, "withdraw", "contributor", happened)
    supersede(tx, submission_id, app.clock())
    context = context_of_submission(tx, app, submission_id)
    kind = LETTERS.get(moved.letter)
    if kind is None or context is None or app.config.reply.mode == "off":
        return
    if mail is not None and mail.message_id:
        before = (*context.references, context.message_id)
        context = msgspec.structs.replace(context, references=before, message_id=mail.message_id)
    purge = (local_now(app) + RETENTION["withdrawn"]).date()
    context = msgspec.structs.replace(context, purge=purge, asked_back=True)
    idempotency_key = f"submission:{submission_id}:withdrawn:{_newest(tx, submission_id)}"
    write(
        tx,
        app,
        kind,
        context,
        _filed(tx, submission_id, idempotency_key),
        choose_automatic_policy(app, junk=row.junk),
    )


def supersede(
    tx: Transaction, submission_id: int, now: datetime, kinds: frozenset[str] | None = None
) -> None:
    """Letters (of these kinds; None: all) that have not left say what is no longer so: they
    never will."""
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


def context_of_submission(tx: Transaction, app: App, submission_id: int) -> LetterContext | None:
    """What a letter about a submission may say; None when there is nobody to write to."""
    posted, one = threads.posted(tx, submission_id), threads.get(tx, submission_id)
    if posted is None:
        return None
    return context_of_thread(
        one, posted, now=local_now(app), active=active_sections(app.config.rules)
    )


def _event(state: State, decision: Decision) -> Event:
    """What may be in print is withdrawn by an event of its own."""
    return (
        "confirm_withdrawal"
        if decision.event == "withdraw" and state in ("scheduled", "published")
        else decision.event
    )


def _checked(app: App, decision: Decision) -> Decision:
    """The same, with its moment and its address as they may be kept. Raises IllegalMove."""
    if decision.event == "schedule" and decision.publish_at is not None:
        check_moment(decision.publish_at, app.clock(), app.config.zone)
    if decision.event != "publish":
        return decision
    if not decision.url:
        raise IllegalMove("needs_address")
    return msgspec.structs.replace(decision, url=check_address(decision.url))


def _complete(tx: Transaction, submission_id: int, decision: Decision) -> None:
    """A decision says what its letter must say."""
    if decision.event == "schedule" and decision.publish_at is None:
        raise IllegalMove("needs_moment")
    if decision.event == "note" and not decision.remarks:
        raise IllegalMove("needs_asking")
    if decision.event == "return" and not decision.silent:
        judged = threads.newest(tx, submission_id)
        if judged is None or not any(f.severity == "must" for f in judged.findings):
            raise IllegalMove("nothing_to_mend")


def _letter(
    tx: Transaction, app: App, submission_id: int, row: Transition, decision: Decision
) -> int | None:
    kind, context = LETTERS.get(row.letter), context_of_submission(tx, app, submission_id)
    if kind is None or context is None or app.config.reply.mode == "off":
        return None
    context = msgspec.structs.replace(
        context,
        editor=decision.editor,
        note=decision.note,
        reason=decision.reason,
        remarks=decision.remarks,
        publish_at=decision.publish_at,
        url=decision.url,
        purge=(local_now(app) + RETENTION["withdrawn"]).date() if kind == "withdrawn" else None,
        moved=kind == "scheduled" and was_told(tx, submission_id, kind),
        asked_back=is_asked_back(tx, submission_id),
    )
    idempotency_key = f"submission:{submission_id}:{kind}:{_newest(tx, submission_id)}"
    return write(
        tx,
        app,
        kind,
        context,
        _filed(tx, submission_id, idempotency_key),
        choose_editor_policy(app),
    )


def was_told(tx: Transaction, submission_id: int, kind: LetterKind) -> bool:
    """Whether a letter of this kind may have been read already."""
    gone = ("sending", "sent", "unknown")
    return any(
        one.kind == kind and one.state in gone for one in outbox.of_submission(tx, submission_id)
    )


def _asked(tx: Transaction, submission_id: int, event: Event) -> dict[str, object]:
    """Whose withdrawal it is, where an editor confirms one: the contributor's, or nobody's but the
    editor's; and that the editor gave the address of what is published."""
    if event == "publish":
        return {"given": True}
    return {"asked_back": is_asked_back(tx, submission_id)} if event == "confirm_withdrawal" else {}


def is_asked_back(tx: Transaction, submission_id: int) -> bool:
    """Whether its contributor asked for it back since it was last scheduled: an editor confirms,
    or schedules anew."""
    said = [
        e for e in events.of_submission(tx, submission_id) if e.what in ("withdraw", "schedule")
    ]
    return bool(said) and said[-1].what == "withdraw" and said[-1].actor == "contributor"


def _filed(tx: Transaction, submission_id: int, idempotency_key: str) -> LetterRef:
    mailbox = threads.get(tx, submission_id).mailbox
    return LetterRef(
        mailbox=mailbox,
        submission_id=submission_id,
        revision_id=threads.newest_revision_id(tx, submission_id),
        idempotency_key=idempotency_key,
    )


def _newest(tx: Transaction, submission_id: int) -> int:
    """How much has happened: each decision is an occasion of its own."""
    return len(events.of_submission(tx, submission_id))
