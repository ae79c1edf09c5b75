"""The clock or the publisher moves a submission; its letter goes by itself where letters do."""

from desk.app import App
from desk.store import Transaction, events
from desk.store.submissions import submission_rows
from desk.workflow.submission_letters import LETTERS, write_about
from redaksi.states import Actor, Event, Transition


def happen(
    tx: Transaction,
    app: App,
    submission_id: int,
    event: Event,
    actor: Actor,
    *,
    idempotency_key: str,
    silent: bool = False,
    **facts: object,
) -> Transition:
    """Move a submission. `facts` are what its letter may say beside; `silent`: it has none."""
    happened = events.Happened(at=app.clock(), actor=actor, what=event)
    row = submission_rows.move(tx, submission_id, event, actor, happened)
    kind = LETTERS.get(row.letter)
    if kind is not None and not silent:
        write_about(tx, app, submission_id, kind, idempotency_key=idempotency_key, **facts)
    return row
