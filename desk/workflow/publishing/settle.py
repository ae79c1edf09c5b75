"""What becomes of a submission once something stands at a target, or is seen there no more: one
transaction each, letter included. Only the leading target is told of."""

from desk.app import App
from desk.store import Transaction
from desk.store.publications import decisions, editions, moves, rows, terms
from desk.store.publications.rows import Row
from desk.store.submissions import accepted, threads
from desk.workflow.happen import happen
from desk.workflow.publishing.plan import find_leading
from desk.workflow.retention.day import name_day
from desk.workflow.submission_letters import (
    ASKS,
    count_events,
    is_asked_back,
    key_of_published,
    supersede,
    write_about,
)
from redaksi.states import Actor

PUBLISHER: Actor = "publisher"


def note_standing(tx: Transaction, app: App, row: Row) -> None:
    """What should stand at this target does."""
    now = app.clock()
    moves.mark_standing(tx, row.id, now)
    facts = {"target": row.target}
    moves.put_on_record(tx, row.submission_id, "standing", PUBLISHER, now, facts)
    stored = rows.of_submission(tx, row.submission_id)
    leading = find_leading(app, stored)
    if leading is not None and leading.id == row.id:
        _publish(tx, app, leading)
        edition = editions.get(tx, leading.standing_edition_id)
        if edition is not None:
            terms.keep_terms(tx, row.submission_id, edition)
    tell_corrected(tx, app, row.submission_id)


def tell_corrected(
    tx: Transaction, app: App, submission_id: int, *, was_dropped: bool = False
) -> None:
    """Write that it was corrected, where an editor wanted that, once the newest edition stands
    everywhere anything does; once an edition. `was_dropped`: a letter that said so named another
    address and was dropped just now."""
    stored = [row for row in rows.of_submission(tx, submission_id) if row.is_there]
    wanted = [row for row in stored if row.tell]
    if not wanted or any(row.state != "standing" for row in stored):
        return
    leading = find_leading(app, stored) or wanted[0]
    key = f"submission:{submission_id}:corrected:{leading.edition_id}"
    if was_dropped:
        key = f"{key}:{count_events(tx, submission_id)}"
    edition = editions.get(tx, leading.standing_edition_id)
    named = {"headline": edition.headline} if edition else {}  # what stands, not what was decided
    url = leading.known.url
    write_about(tx, app, submission_id, "corrected", idempotency_key=key, url=url, **named)


def note_down(tx: Transaction, app: App, row: Row) -> None:
    """Nothing of it is seen at this target any more."""
    now = app.clock()
    moves.mark_down(tx, row.id, now)
    moves.put_on_record(tx, row.submission_id, "down", PUBLISHER, now, {"target": row.target})
    leading = find_leading(app, rows.of_submission(tx, row.submission_id))
    if leading is None or leading.id != row.id:
        return
    terms.drop_terms(tx, row.submission_id)
    if threads.get(tx, row.submission_id).state != "published":
        return
    occasion = count_events(tx, row.submission_id)
    happen(
        tx,
        app,
        row.submission_id,
        "taken_down",
        PUBLISHER,
        idempotency_key=f"submission:{row.submission_id}:taken_down:{occasion}",
        silent=decisions.is_silent(tx, row.submission_id, "take_down"),
        asked_back=is_asked_back(tx, row.submission_id),
        was_published=True,
        purge=name_day(app, "withdrawn", app.clock()),
    )


def _publish(tx: Transaction, app: App, row: Row) -> None:
    edition = editions.get(tx, row.standing_edition_id)
    headline = edition.headline if edition else ""
    accepted.put_online(tx, row.submission_id, row.known.url, headline)
    if threads.get(tx, row.submission_id).state != "scheduled":
        return
    # what still waits to leave says that it will be published, or asks for something first
    supersede(tx, row.submission_id, app.clock(), ASKS | {"scheduled"})
    happen(
        tx,
        app,
        row.submission_id,
        "publish",
        PUBLISHER,
        idempotency_key=key_of_published(tx, row.submission_id),
        silent=not accepted.tells_published(tx, row.submission_id),
        url=row.known.url,
        publish_at=row.first_standing_at,
    )
