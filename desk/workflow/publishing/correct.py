"""What is published is corrected, or its delivery begun anew: an editor's word about what stands."""

from collections.abc import Mapping

import msgspec

from desk.app import App
from desk.domain.publications import CALLING
from desk.store import Transaction, events
from desk.store.outbound import relay
from desk.store.publications import decisions, editions, moves, rows
from desk.store.publications.decisions import StoredDecision
from desk.store.publications.rows import Row
from desk.store.submissions import submission_rows, threads
from desk.workflow.publishing.make_edition import make_edition
from publisher.articles.edition import Amendments, Edition
from redaksi.errors import IllegalMove

SHORTEST_REASON = 5


def correct(
    app: App,
    number: str,
    amendments: Amendments,
    *,
    captions: Mapping[int, str],
    reason: str,
    editor: str = "",
    initials: str = "",
    tell: bool = False,
) -> Edition:
    """Make the next edition of what is published, and want it wherever something stands; the
    edition. `captions` by the photo's place, from 1. Raises IllegalMove."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise IllegalMove("correction_needs_reason")
    with app.store.begin() as tx:
        found = find(tx, number)
        before = editions.newest(tx, found)
        kept = decisions.look_before(tx, found)
        amended = _place_captions(amendments, before.edition if before else None, captions)
        actor = f"editor:{editor}" if editor else "editor"
        happened = events.Happened(at=app.clock(), actor=actor, what="correct")
        submission_rows.move(tx, found, "correct", "editor", happened)
        event_id = events.newest_of(tx, found)
        edition = make_edition(
            tx, app, found, amended, editor=editor, initials=initials, reason=reason.strip()
        )
        _want(tx, app, found, edition.id, tell=tell)
        record = StoredDecision(
            event_id=event_id,
            event="correct",
            at=app.clock(),
            editor=editor,
            initials=initials,
            revision=threads.get(tx, found).latest_revision,
            headline=edition.edition.headline,
            reason=reason.strip(),
            silent=not tell,
            before=kept,
        )
        decisions.add(tx, found, record)
        return edition.edition


def _place_captions(
    amendments: Amendments, before: Edition | None, captions: Mapping[int, str]
) -> Amendments:
    photos = before.photos if before is not None else ()
    for place in captions:
        if not 1 <= place <= len(photos):
            raise IllegalMove("no_such_photo", n=place, most=len(photos))
    named = {photos[place - 1].sha256: text for place, text in captions.items()}
    return msgspec.structs.replace(amendments, captions={**amendments.captions, **named})


def _want(tx: Transaction, app: App, submission_id: int, edition_id: int, *, tell: bool) -> None:
    for row in rows.of_submission(tx, submission_id):
        if row.wanted == "up" and row.state != "cancelled":
            moves.correct(tx, row.id, edition_id, app.clock(), tell=tell)
    moves.clear_calls(tx, submission_id, "planned", "editor", app.clock())


def try_again(
    app: App, number: str, *, target: str = "", overwrite: bool = False, editor: str = ""
) -> list[Row]:
    """What failed, was held or waits is due now; the target's pause ends. The rows that were begun
    anew. Raises IllegalMove where there is none."""
    now = app.clock()
    with app.store.begin() as tx:
        found = find(tx, number)
        again = [
            row
            for row in rows.of_submission(tx, found)
            if (not target or row.target == target) and _may_begin(row)
        ]
        if not again:
            raise IllegalMove("nothing_to_publish_anew", number=number)
        for row in again:
            moves.retry(tx, row.id, now, when=now, overwrite=overwrite)
            relay.reopen(tx, relay.name_target(row.target))
        actor = f"editor:{editor}" if editor else "editor"
        moves.put_on_record(tx, found, "begun", actor, now, {"overwrite": overwrite})
        return again


def leave_as_is(app: App, number: str, target: str) -> None:
    """What somebody changed on the site stays as it is there. Raises IllegalMove."""
    with app.store.begin() as tx:
        found = find(tx, number)
        row = rows.at(tx, found, target)
        if row is None or row.error_code != "changed_on_site":
            raise IllegalMove("nothing_to_publish_anew", number=number)
        moves.leave(tx, row.id, row.known.version)
        moves.put_on_record(tx, found, "standing", "editor", app.clock(), {"target": target})


def find(tx: Transaction, number: str) -> int:
    """The submission of this number. Raises IllegalMove."""
    found = submission_rows.id_of(tx, number)
    if found is None:
        raise IllegalMove("no_submission", number=number)
    return found


def _may_begin(row: Row) -> bool:
    return row.state in CALLING | {"planned", "due"} or (row.state == "checking")
