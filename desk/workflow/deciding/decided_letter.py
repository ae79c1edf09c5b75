"""What the letter of a decision may say: when it is decided, and again from what is kept of it."""

from datetime import date

import msgspec

from desk.app import App
from desk.domain.overrides import Overrides
from desk.store import Transaction
from desk.store.editors import accounts
from desk.store.publications import decisions
from desk.store.publications.decisions import StoredDecision, read_overrides
from desk.workflow.deciding.decision import Decision
from desk.workflow.submission_letters import context_of_submission, is_asked_back, was_told
from publisher.letters.letter_context import LetterContext, LetterKind, Remark


def context_of_decision(
    tx: Transaction,
    app: App,
    submission_id: int,
    kind: LetterKind,
    decision: Decision,
    *,
    aside: Overrides = (),
    purge: date | None = None,
) -> LetterContext | None:
    """What its letter may say as facts stand; None where there is nobody to write to. `aside`: what
    it sets aside and is not kept yet; `purge`: when what is withdrawn is deleted."""
    context = context_of_submission(tx, app, submission_id, aside)
    if context is None:
        return None
    when = decision.publish_at
    return msgspec.structs.replace(
        context,
        editor=decision.editor,
        note=decision.note,
        reason="" if decision.unasked else decision.reason,  # why it is set aside is not theirs
        remarks=decision.remarks,
        returned=decision.event == "return",
        publish_at=when.astimezone(app.config.zone) if when is not None else None,
        url=decision.url,
        purge=purge if kind == "withdrawn" else None,
        moved=kind == "scheduled" and was_told(tx, submission_id, kind),
        asked_back=is_asked_back(tx, submission_id),
        was_published=decision.event == "taken_down",
    )


def find_written(tx: Transaction, submission_id: int, letter_id: int) -> Decision | None:
    """The decision that wrote a letter, as it was made; None where no decision did that stands."""
    found = [
        each
        for each in decisions.of_submission(tx, submission_id)
        if each.letter_id == letter_id and not each.is_undone
    ]
    return _restore(tx, found[-1]) if found else None


def _restore(tx: Transaction, kept: StoredDecision) -> Decision:
    account = accounts.get(tx, kept.account_id) if kept.account_id is not None else None
    aside = read_overrides("", kept.overrides) if kept.event == "return" else ()
    return Decision(
        event=kept.event,  # type: ignore[arg-type]  # it was one when it was kept
        account=kept.account_id,
        editor=account.signs_as if account is not None else kept.editor,
        publish_at=kept.publish_at,
        url=kept.url,
        reason=kept.reason,
        note=kept.note,
        remarks=tuple(msgspec.convert(remark, Remark) for remark in kept.remarks),
        unasked=tuple((each.code, each.subject) for each in aside),
    )
