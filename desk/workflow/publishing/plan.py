"""What a decision wants of the targets: planned at an hour, no more, another edition, taken down. In
the decision's own transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from desk.app import App
from desk.domain.publications import CALLING
from desk.store import Transaction
from desk.store.publications import moves, rows, terms
from desk.store.publications.editions import StoredEdition
from desk.store.publications.rows import Row
from redaksi.config.publish import PublishTarget
from redaksi.errors import IllegalMove

EMPTY: Mapping[str, object] = {}


def leading_target(app: App) -> PublishTarget:
    """The target whose address is told."""
    return app.config.publish.targets[0]


def find_leading(app: App, stored: Sequence[Row]) -> Row | None:
    """The row of the first configured target where it should stand; where it should stand nowhere, of
    the first that it was planned for; where it has none at a configured target, its oldest. What
    comes down at one target speaks for none of those where it should stand."""
    wanted = [row for row in stored if row.wanted == "up"]
    by_target = {row.target: row for row in wanted or stored}
    found = (by_target.get(target.id) for target in app.config.publish.targets)
    return next((row for row in found if row is not None), next(iter(wanted or stored), None))


def name_leading(app: App, stored: Sequence[Row]) -> str:
    """The target whose address is told of a submission with these rows: one that is configured."""
    row = find_leading(app, stored)
    is_configured = row is not None and row.target in {t.id for t in app.config.publish.targets}
    return row.target if row is not None and is_configured else leading_target(app).id


def plan(tx: Transaction, app: App, edition: StoredEdition, when: datetime, actor: str) -> None:
    """The edition is to stand at every target from `when` on; at those too that are configured no
    more, where an earlier one should stand: an editor is called there."""
    configured = [target.id for target in app.config.publish.targets]
    stored = rows.of_submission(tx, edition.submission_id)
    left = [row.target for row in stored if row.target not in configured and _should_stand(row)]
    for target in [*configured, *left]:
        moves.plan(tx, edition.submission_id, target, edition.id, when, app.clock())
    moves.put_calls_on_record(tx, edition.submission_id, "planned", actor, app.clock())


def cancel(tx: Transaction, app: App, submission_id: int, actor: str) -> None:
    """Nothing of it is to stand any more. What stands, or may just be made to, is taken down."""
    for row in rows.of_submission(tx, submission_id):
        if row.state not in ("down", "cancelled"):
            moves.take_down(tx, row.id, app.clock())
    moves.put_calls_on_record(tx, submission_id, "cancelled", actor, app.clock())


def record_given(
    tx: Transaction,
    app: App,
    submission_id: int,
    edition: StoredEdition | None,
    url: str,
    actor: str,
) -> None:
    """An editor says that it stands at `url`, at the leading target; what was planned for the others
    is due."""
    now, leading = app.clock(), name_leading(app, rows.of_submission(tx, submission_id))
    edition_id = edition.id if edition else None
    moves.mark_given(tx, submission_id, leading, edition_id, url, now)
    if edition is not None:
        terms.keep_terms(tx, submission_id, edition.edition)
    for row in rows.of_submission(tx, submission_id):
        if row.target != leading and row.state == "planned":
            moves.retry(tx, row.id, when=now)
    moves.put_on_record(
        tx, submission_id, "standing", actor, now, {"target": leading, "given": True}
    )


def record_down(
    tx: Transaction,
    app: App,
    submission_id: int,
    actor: str,
    target: str = "",
    more: Mapping[str, object] = EMPTY,
    *,
    is_alone: bool = False,
) -> None:
    """An editor says that it is seen no more where one was asked to take it down: at this target, or
    at the leading one and wherever else an editor is asked. `more`: what is put on record beside.
    Raises IllegalMove where nobody was asked; but for rows alone, where that is not the leading
    target."""
    now, stored = app.clock(), rows.of_submission(tx, submission_id)
    leading = find_leading(app, stored)
    awaited = [
        row
        for row in stored
        if _awaits_down(row)
        and (row.target == target if target else row == leading or row.state == "asking")
    ]
    if not awaited or not (is_alone or leading in awaited):
        raise IllegalMove("not_asked_down")
    if leading in awaited:
        terms.drop_terms(tx, submission_id)
    for row in awaited:
        moves.mark_down(tx, row.id, now)
        facts = {"target": row.target, "given": True, **more}
        moves.put_on_record(tx, submission_id, "down", actor, now, facts)


def _should_stand(row: Row) -> bool:
    """Of what stands there the edition is known, if anything does."""
    is_unknown = row.is_there and row.standing_edition_id is None
    return row.wanted == "up" and not is_unknown


def _awaits_down(row: Row) -> bool:
    return row.wanted == "down" and row.state in CALLING
