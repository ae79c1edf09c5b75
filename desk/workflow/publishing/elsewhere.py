"""What an editor says of a row alone: that it stands at a target that does not lead, or is seen there
no more. The submission stays what it is, and nobody is written to about it."""

from collections.abc import Sequence

from desk.app import App
from desk.store import Transaction, events
from desk.store.editors import claims
from desk.store.publications import decisions, editions, moves, rows, undoing
from desk.store.publications.decisions import StoredDecision
from desk.store.publications.rows import Row
from desk.store.submissions import submission_rows, threads
from desk.workflow.deciding.decision import Decision
from desk.workflow.publishing.plan import find_leading, name_leading, record_down
from desk.workflow.publishing.settle import tell_corrected
from redaksi.errors import IllegalMove
from redaksi.states import State

_MAY_STAND: frozenset[State] = frozenset({"scheduled", "published"})


def is_elsewhere(app: App, state: State, stored: Sequence[Row], decision: Decision) -> bool:
    """Whether an editor speaks of rows alone: of a target that does not lead, or of what comes down
    though the submission is not published. Raises IllegalMove for a target that nobody knows."""
    if decision.event not in ("publish", "taken_down"):
        return False
    known = [target.id for target in app.config.publish.targets]
    known += [row.target for row in stored if row.target not in known]
    if decision.target and decision.target not in known:
        raise IllegalMove("no_such_target", target=decision.target, known=known)
    if decision.event == "taken_down" and state != "published" and _waits_down(stored):
        return True
    return decision.target not in ("", name_leading(app, stored))


def _waits_down(stored: Sequence[Row]) -> bool:
    return any(row.wanted == "down" and row.state not in ("down", "cancelled") for row in stored)


def check_elsewhere(
    app: App, number: str, state: State, stored: Sequence[Row], decision: Decision
) -> None:
    """Raise IllegalMove where it cannot be so: nothing is to stand anywhere, or nobody is asked."""
    foreign = [
        option
        for option, is_given in (
            ("--headline", decision.headline),
            ("--category", decision.category),
            ("--body", decision.body),
            ("--caption", decision.captions),
            ("--initials", decision.initials),
        )
        if is_given
    ]
    if foreign:  # it changes no article
        event = f"{decision.event} --target {decision.target}"
        raise IllegalMove("foreign_options", event=event, options=foreign)
    if decision.event != "publish":
        return
    leading = find_leading(app, stored)
    is_up = leading is not None and leading.wanted == "up"
    if state not in _MAY_STAND or not is_up:
        facts = {"target": decision.target, "leading": name_leading(app, stored)}
        raise IllegalMove("leading_first", number=number, **facts)


def answer_elsewhere(
    tx: Transaction, app: App, submission_id: int, decision: Decision, actor: str
) -> None:
    """Put on record what an editor says of these rows alone. The submission is locked. Raises
    IllegalMove."""
    thread = threads.get(tx, submission_id)
    before = undoing.look_before(tx, submission_id)
    stored = rows.of_submission(tx, submission_id)
    check_elsewhere(app, thread.number, thread.state, stored, decision)
    if decision.event == "publish":
        if is_known(stored, decision.target, decision.url):
            return
        _record_up(tx, app, submission_id, decision, actor)
    else:
        facts = _find_facts(decision)
        record_down(tx, app, submission_id, actor, decision.target, facts, is_alone=True)
    if thread.state == "published":
        tell_corrected(tx, app, submission_id)
    record = StoredDecision(
        event_id=events.newest_of(tx, submission_id),
        event=decision.event,
        at=app.clock(),
        account_id=decision.account,
        editor=decision.editor,
        revision=thread.latest_revision,
        url=decision.url,
        reason=decision.reason,
        silent=decision.silent,
        before=before,
    )
    decisions.add(tx, submission_id, record)
    submission_rows.grow(tx, submission_id)
    if decision.account is not None:
        claims.answer_for(tx, submission_id, decision.account)


def is_known(stored: Sequence[Row], target: str, url: str) -> bool:
    """Whether what stands at this target is known to stand at this address already."""
    return any(
        row.target == target
        and (row.state, row.wanted, row.known.url) == ("standing", "up", url)
        and row.edition_id == row.standing_edition_id
        for row in stored
    )


def _record_up(
    tx: Transaction, app: App, submission_id: int, decision: Decision, actor: str
) -> None:
    edition = editions.newest(tx, submission_id)
    edition_id = edition.id if edition is not None else None
    now = app.clock()
    moves.mark_given(tx, submission_id, decision.target, edition_id, decision.url, now)
    facts = {"target": decision.target, "given": True, **_find_facts(decision)}
    moves.put_on_record(tx, submission_id, "standing", actor, now, facts)


def _find_facts(decision: Decision) -> dict[str, object]:
    return {"unchecked": True} if decision.unchecked else {}
