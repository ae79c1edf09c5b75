"""An editor takes a decision back: until its letter begins to be sent, for `reply.undo` where it has
none, and only while nothing else happened. What stands with readers stays."""

from datetime import datetime

from msgspec import Struct

from desk.app import App
from desk.domain.actor import name_actor
from desk.outbound.enqueue import local_now
from desk.store import Transaction, events
from desk.store.editors import form_drafts
from desk.store.editors.accounts import Account
from desk.store.editors.form_drafts import FormDraft
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.publications import decisions, undoing
from desk.store.publications.decisions import StoredDecision
from desk.store.publications.undoing import Undoable
from desk.store.submissions import submission_rows, threads
from desk.workflow.deciding.keep import FORM
from redaksi.errors import IllegalMove, UndoRefused
from redaksi.states import State

# what stands with readers, or goes there at once, is not taken back: a new decision is made
UNDOABLE = frozenset({
    "schedule", "unschedule", "note", "return", "decline", "withdraw", "confirm_withdrawal", "reopen",
    "release", "adopt", "discard", "seen",
})  # fmt: skip
SHOWN = 20  # decisions that are offered to be taken back
_WAITS = frozenset({"draft", "queued", "held"})


class Undone(Struct, frozen=True, kw_only=True):
    """What came of it."""

    number: str
    state: State
    event: str


def undo(app: App, decision_id: int, account: Account) -> Undone:
    """Take a decision back. Raises UndoRefused, and says why; IllegalMove for a decision nobody
    made."""
    with app.store.begin() as tx:
        decision = decisions.get(tx, decision_id)
        if decision is None:
            raise IllegalMove("no_decision", number=decision_id)
        submission_rows.lock(tx, decision.submission_id)
        decision = decisions.get(tx, decision_id) or decision  # as it is under the lock
        _check(tx, app, decision, account)
        return _undo(tx, app, decision, account)


def list_undoable(app: App, tx: Transaction, account: Account) -> list[Undoable]:
    """What this account can still take back, the newest first; one query."""
    found = undoing.find_undoable(tx, account.id, app.clock(), app.config.reply.undo, SHOWN)
    return [each for each in found if each.event in UNDOABLE]


def _check(tx: Transaction, app: App, decision: StoredDecision, account: Account) -> None:
    if decision.account_id != account.id and account.role != "chief":
        raise UndoRefused("undo_not_yours")
    if decision.is_undone:
        raise UndoRefused("undone_before")
    after = decision.before.get("after")
    if decision.event not in UNDOABLE or after is None:
        raise UndoRefused("undo_stands")
    letter = outbox.get(tx, decision.letter_id) if decision.letter_id is not None else None
    if letter is not None:
        _check_letter(app, letter)
    elif app.clock() - decision.at > app.config.reply.undo:
        raise UndoRefused("undo_late", seconds=int(app.config.reply.undo.total_seconds()))
    if not undoing.is_as_left(tx, decision.submission_id, after, decision.letter_id):
        raise UndoRefused("undo_overtaken")


def _check_letter(app: App, letter: Stored) -> None:
    """Under the submission's lock, which whoever sends takes first."""
    if letter.sending_at is not None or letter.attempts:
        left = letter.sent_at or letter.sending_at or letter.created_at
        raise UndoRefused("undo_sent", at=_clock_of(app, left))
    if letter.state not in _WAITS:
        raise UndoRefused("undo_overtaken")


def _clock_of(app: App, moment: datetime) -> str:
    return f"{moment.astimezone(app.config.zone):%H.%M.%S}"


def _undo(tx: Transaction, app: App, decision: StoredDecision, account: Account) -> Undone:
    now, actor = app.clock(), name_actor(account=account.id)
    if decision.letter_id is not None:
        outbox.drop(tx, decision.letter_id, now, actor)
    for letter in decision.before["letters"]:
        outbox.restore(tx, letter["id"], letter["state"], now, actor)
        if letter["state"] == "queued":
            app.new_letter.ring_after(tx)
    happened = events.Happened(
        at=now,
        actor=actor,
        what="undo",
        letter_id=decision.letter_id,
        facts={"undoes": decision.event_id, "event": decision.event},
    )
    undoing.restore(tx, decision.submission_id, decision.before, happened)
    decisions.mark_undone(tx, decision.id, now)
    _give_form_back(tx, app, decision)
    thread = threads.get(tx, decision.submission_id)
    return Undone(number=thread.number, state=thread.state, event=decision.event)


def _give_form_back(tx: Transaction, app: App, decision: StoredDecision) -> None:
    """What was typed is a draft again, unless something was typed since."""
    form, account = decision.before.get("form"), decision.account_id
    if form is None or account is None:
        return
    draft = FormDraft(
        fields=form["fields"], revision=form["revision"], seq=0, saved_at=local_now(app)
    )
    if form_drafts.find(tx, account, decision.submission_id, FORM) is None:
        form_drafts.save(tx, account, decision.submission_id, FORM, draft)
