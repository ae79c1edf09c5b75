"""Faults that the laws of publication must find, each put into the product for a test, and the few
steps that show it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
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
from tests.drill.tayang.office import TARGETS
from tests.drill.tayang.world import World

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


# ── the steps that show them ──────────────────────────────────────────────────────────────────────


def publish_once(world: World) -> None:
    """At its hour."""
    world.schedule(10)
    world.tick(11)


def publish_twice(world: World) -> None:
    """Taken down between."""
    publish_once(world)
    world.decide_plainly("withdraw")
    world.tick(1)
    world.decide_plainly("reopen")
    publish_once(world)


def publish_unseen(world: World) -> None:
    """Its page shows nothing yet."""
    world.places[TARGETS[0]].shown = {}
    publish_once(world)


def publish_silently(world: World) -> None:
    """Nobody is to be told."""
    world.schedule(10, silent=True)
    world.tick(11)


def tick_while_held(world: World) -> None:
    """Its hour has come, and another process is at it."""
    world.schedule(10)
    world.now += timedelta(minutes=11)
    world.tick_while_held()


def take_back_what_was_cut(world: World) -> None:
    """Nobody knows whether it was made."""
    world.places[TARGETS[0]].mood = "cut"
    publish_once(world)
    world.decide_plainly("decline")


Script = Callable[[World], None]
FAULTS: Mapping[str, tuple[Callable[[Put], None], Script]] = {
    "f at the schedule": (tell_at_plan, publish_once),
    "f under a key of the occasion": (tell_each_time, publish_twice),
    "f under another's key": (tell_nobody, publish_once),
    "the page is not looked at": (look_at_nothing, publish_unseen),
    "silence is forgotten": (tell_what_is_silent, publish_silently),
    "the lease is shared": (share_the_lease, tick_while_held),
    "a cut is forgotten": (forget_cuts, take_back_what_was_cut),
}
