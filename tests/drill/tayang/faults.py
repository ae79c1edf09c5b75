"""Faults that the laws of publication must find, each put into the product for a test."""

from collections.abc import Callable, Mapping
from functools import wraps
from itertools import count
from typing import Any

from desk.app import App
from desk.store import Transaction
from desk.store.jobs import leases
from desk.store.publications import moves, rows
from desk.store.submissions import accepted
from desk.store.tables import Publication
from desk.workflow.happen import happen
from desk.workflow.publishing import deliver, plan, settle
from desk.workflow.publishing.deliver import Tools
from desk.workflow.submission_letters import write_about

Put = Callable[[Any, str, Any], None]


def tell_at_plan(put: Put) -> None:
    """Letter f with the schedule."""
    before = plan.plan

    @wraps(before)
    def planned(tx: Transaction, app: App, edition: Any, when: Any, actor: str) -> None:
        before(tx, app, edition, when, actor)
        key = f"submission:{edition.submission_id}:published"
        write_about(tx, app, edition.submission_id, "published", idempotency_key=key)

    put(plan, "plan", planned)


def tell_each_time(put: Put) -> None:
    """Letter f under a key of the occasion, not of the submission."""
    before, occasions = happen, count()

    @wraps(before)
    def happened(*about: Any, idempotency_key: str, **facts: Any) -> Any:
        return before(*about, idempotency_key=f"{idempotency_key}:{next(occasions)}", **facts)

    put(settle, "happen", happened)


def tell_nobody(put: Put) -> None:
    """Letter f under a key that was used before, by another submission's."""
    before = happen

    @wraps(before)
    def happened(*about: Any, silent: bool, **facts: Any) -> Any:
        return before(*about, silent=silent or about[3] == "publish", **facts)

    put(settle, "happen", happened)


def look_at_nothing(put: Put) -> None:
    """What was delivered is taken for seen."""

    def looked(app: App, _tools: Tools, row_id: int, _token: int) -> None:
        with app.store.begin() as tx:
            row = rows.get(tx, row_id)
            (settle.note_standing if row.wanted == "up" else settle.note_down)(tx, app, row)

    put(deliver, "_look", looked)


def tell_what_is_silent(put: Put) -> None:
    """`--silent` is forgotten until it stands."""
    put(accepted, "tells_published", lambda *_: True)


def share_the_lease(put: Put) -> None:
    """Two processes deliver at once."""
    put(leases, "acquire", lambda *_: 0)
    put(leases, "check", lambda *_: None)
    put(leases, "release", lambda *_: None)


def forget_cuts(put: Put) -> None:
    """What a cut request may have made is forgotten."""
    before = moves.take_down

    def taken_down(tx: Transaction, row_id: int, now: Any) -> None:
        if rows.get(tx, row_id).standing_edition_id is None:
            row = tx.get_one(Publication, row_id)
            row.wanted, row.state, row.next_at, row.error_code = "down", "cancelled", None, ""
            tx.flush()
            return
        before(tx, row_id, now)

    put(moves, "take_down", taken_down)


FAULTS: Mapping[str, Callable[[Put], None]] = {
    "f at the schedule": tell_at_plan,
    "f under a key of the occasion": tell_each_time,
    "f under another's key": tell_nobody,
    "the page is not looked at": look_at_nothing,
    "silence is forgotten": tell_what_is_silent,
    "the lease is shared": share_the_lease,
    "a cut is forgotten": forget_cuts,
}
