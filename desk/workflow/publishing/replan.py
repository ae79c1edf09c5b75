"""What was scheduled before there were targets gets its edition and its rows."""

from desk.app import App
from desk.store import schema_meta
from desk.store.publications import brought_back, moves, rows
from desk.store.submissions import accepted, threads
from desk.workflow.publishing.make_edition import make_edition
from desk.workflow.publishing.plan import leading_target, plan
from publisher.articles.edition import Amendments
from redaksi.errors import IllegalMove
from redaksi.log import get_logger

log = get_logger("publish")


def plan_unplanned(app: App) -> None:
    """Plan them, each by itself: one that cannot be published as it is keeps no other waiting."""
    with app.store.read() as tx:
        found = rows.unplanned(tx)
    for submission_id in found:
        with app.store.begin() as tx:
            moves.lock(tx, submission_id)
            if threads.get(tx, submission_id).state != "scheduled":
                continue
            when = accepted.get_accepted(tx, submission_id).publish_at
            if when is None or rows.of_submission(tx, submission_id):
                continue
            try:
                edition = make_edition(tx, app, submission_id, Amendments(), editor="", initials="")
            except IllegalMove as error:
                log.error("publish.unplanned", submission=submission_id, error=error)
                target = leading_target(app).id
                moves.mark_unmade(tx, submission_id, target, "no_edition")
                facts = {"target": target, "code": "no_edition"}
                moves.put_on_record(tx, submission_id, "failed", "publisher", app.clock(), facts)
                continue
            plan(tx, app, edition, when, "publisher")
            if schema_meta.value_of(tx, schema_meta.RESTORED) is not None:
                for row in rows.of_submission(tx, submission_id):
                    brought_back.hold(tx, row.id, app.clock())
