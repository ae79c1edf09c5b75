"""A decision is kept with its words, and with what taking it back would restore."""

from collections.abc import Mapping
from typing import Any

import msgspec

from desk.app import App
from desk.store import Transaction
from desk.store.editors import claims, form_drafts
from desk.store.outbound import outbox
from desk.store.publications import decisions, undoing
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import threads
from desk.store.tables import LetterState
from desk.workflow.deciding.decision import Decision

FORM = "decision"  # the scope of the form's draft


def keep_decision(
    tx: Transaction,
    app: App,
    submission_id: int,
    decision: Decision,
    kept: StoredDecision,
    letters: Mapping[int, LetterState],
) -> None:
    """Keep it, the last thing that a decision does. `kept`: what came of it; `letters`: how those
    about the submission stood before."""
    now = outbox.states_of(tx, submission_id)
    dropped = [
        {"id": letter, "state": state}
        for letter, state in letters.items()
        if state != "dropped" and now[letter] == "dropped"
    ]
    form = _take_form(tx, submission_id, decision.account)
    if decision.account is not None:
        claims.answer_for(tx, submission_id, decision.account)
    record = msgspec.structs.replace(
        kept,
        at=app.clock(),
        account_id=decision.account,
        editor=decision.editor,
        initials=decision.initials,
        revision=threads.get(tx, submission_id).latest_revision,
        headline=decision.headline,
        category=decision.category,
        publish_at=decision.publish_at,
        url=decision.url,
        reason=decision.reason,
        note=decision.note,
        remarks=tuple(msgspec.to_builtins(remark) for remark in decision.remarks),
        silent=decision.silent,
        before={
            **kept.before,
            "letters": dropped,
            "form": form,
            "after": undoing.look_after(tx, submission_id),
        },
    )
    decisions.add(tx, submission_id, record)


def _take_form(tx: Transaction, submission_id: int, account: int | None) -> dict[str, Any] | None:
    """What was typed before it was sent: no draft any more."""
    if account is None:
        return None
    draft = form_drafts.find(tx, account, submission_id, FORM)
    if draft is None:
        return None
    form_drafts.discard(tx, account, submission_id, FORM)
    return {"fields": dict(draft.fields), "revision": draft.revision}
