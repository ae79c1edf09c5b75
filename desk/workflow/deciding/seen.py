"""Whether an editor decides on what there is now. A page that is older is refused, but for the second
press of one button."""

from collections.abc import Mapping
from datetime import timedelta

from desk.app import App
from desk.store import Transaction
from desk.store.publications import decisions
from desk.store.publications.decisions import StoredDecision
from desk.store.submissions import submission_rows
from desk.workflow.deciding.decision import Decision
from redaksi.errors import IllegalMove, StaleRevision, StaleVersion

TWICE = timedelta(seconds=60)  # a second press within it is no second decision
# what a decision is on record as, where that is another word
_ON_RECORD: Mapping[str, frozenset[str]] = {
    "withdraw": frozenset({"withdraw", "confirm_withdrawal", "take_down"}),
}
_WORDS = ("url", "reason", "note", "silent")
_KEPT = ("headline", "category")  # given again it is no change


def check_seen(
    tx: Transaction, app: App, submission_id: int, decision: Decision
) -> StoredDecision | None:
    """The decision that this one repeats: the same, by the same account, of the same page, less
    than a minute ago. Raises StaleRevision, StaleVersion for a page that is older than what there
    is, IllegalMove for one that is newer: no page of ours is."""
    now = submission_rows.get_stand(tx, submission_id)
    revision, version = decision.seen_revision, decision.seen_version
    if revision in (None, now.revision) and version in (None, now.version):
        return None
    if decision.account is not None:
        before = decisions.newest(tx, submission_id)
        if before is not None and is_repeated(before, decision, app):
            return before
    if revision is not None and revision != now.revision:
        raise StaleRevision(number=now.number, seen=revision, now=now.revision)
    raise StaleVersion(number=now.number, seen=version, now=now.version)


def look_seen(app: App, number: str, decision: Decision) -> StoredDecision | None:
    """As `check_seen`, before anything else is looked at. Raises IllegalMove where there is no such
    submission."""
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        return check_seen(tx, app, found, decision)


def is_repeated(before: StoredDecision, decision: Decision, app: App) -> bool:
    """Whether a decision that stands is this one, sent twice."""
    if decision.account != before.account_id or before.is_undone:
        return False
    if app.clock() - before.at > TWICE or before.before.get("version") != decision.seen_version:
        return False
    events = _ON_RECORD.get(decision.event, frozenset({decision.event}))
    asked = [remark.ask for remark in decision.remarks]
    return (
        before.event in events
        and all(getattr(before, name) == getattr(decision, name) for name in _WORDS)
        and all(getattr(decision, name) in ("", getattr(before, name)) for name in _KEPT)
        and [remark.get("ask", "") for remark in before.remarks] == asked
        and _is_same_moment(before, decision)
    )


def _is_same_moment(before: StoredDecision, decision: Decision) -> bool:
    """*Now* is another moment at the second press."""
    if before.publish_at is None or decision.publish_at is None:
        return before.publish_at is decision.publish_at
    return abs(decision.publish_at - before.publish_at) <= TWICE
