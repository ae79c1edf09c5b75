"""What is published is corrected, or its delivery begun anew: an editor's word about what stands."""

from collections.abc import Mapping, Sequence

import msgspec

from desk.app import App
from desk.domain.actor import name_actor
from desk.domain.moments import word_moment
from desk.domain.publications import CALLING
from desk.store import Transaction, events
from desk.store.editors import claims
from desk.store.outbound import relay
from desk.store.publications import decisions, editions, moves, rows, undoing
from desk.store.publications.decisions import StoredDecision
from desk.store.publications.rows import BEFORE_TARGETS, Row
from desk.store.submissions import accepted, submission_rows, threads
from desk.store.submissions.about.whole import check_whole_of
from desk.workflow.deciding.decision import Decision
from desk.workflow.deciding.seen import check_seen
from desk.workflow.deciding.sign import actor_of, sign
from desk.workflow.publishing.make_edition import make_edition
from desk.workflow.submission_letters import is_asked_back
from publisher.articles.edition import Amendments, Edition
from redaksi.errors import IllegalMove

SHORTEST_REASON = 5
OVERWRITTEN = frozenset({"changed_on_site", "gone_on_site"})  # what an editor's word makes anew


def correct(  # noqa: PLR0913 - an editor's words, one each
    app: App,
    number: str,
    amendments: Amendments,
    *,
    captions: Mapping[int, str],
    reason: str,
    editor: str = "",
    account: int | None = None,
    initials: str = "",
    tell: bool = False,
) -> Edition:
    """As `correct_as`, by whoever is named."""
    word = Decision(
        event="correct",
        account=account,
        editor=editor,
        initials=initials,
        reason=reason,
        silent=not tell,
    )
    return correct_as(app, number, amendments, captions, word)


def correct_as(
    app: App,
    number: str,
    amendments: Amendments,
    captions: Mapping[int, str],
    word: Decision,
) -> Edition:
    """Make the next edition of what is published, and want it wherever something stands; the
    edition. What an account sends twice happens once. `captions` by the photo's place, from 1;
    `word`: whose it is, why, what was seen. Raises IllegalMove, StaleRevision, StaleVersion."""
    reason = word.reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise IllegalMove("correction_needs_reason")
    with app.store.begin() as tx:
        found = find(tx, number)
        submission_rows.lock(tx, found)
        before = editions.newest(tx, found)
        headline = amendments.headline or (before.edition.headline if before else "")
        word = msgspec.structs.replace(word, reason=reason, headline=headline)
        if check_seen(tx, app, found, word) is not None and before is not None:
            return before.edition
        word = msgspec.structs.replace(sign(tx, word), initials=word.initials)
        kept = undoing.look_before(tx, found)
        amended = _place_captions(amendments, before.edition if before else None, captions)
        happened = events.Happened(at=app.clock(), actor=actor_of(word), what="correct")
        submission_rows.move(tx, found, "correct", "editor", happened)
        event_id = events.newest_of(tx, found)
        edition = make_edition(
            tx, app, found, amended, editor=word.editor, initials=word.initials, reason=reason
        )
        _want(tx, app, found, edition.id, tell=not word.silent)
        record = StoredDecision(
            event_id=event_id,
            event="correct",
            at=app.clock(),
            account_id=word.account,
            editor=word.editor,
            initials=word.initials,
            revision=threads.get(tx, found).latest_revision,
            headline=edition.edition.headline,
            reason=reason,
            silent=word.silent,
            before=kept,
        )
        decisions.add(tx, found, record)
        if word.account is not None:
            claims.answer_for(tx, found, word.account)
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
    moves.put_calls_on_record(tx, submission_id, "planned", "editor", app.clock())


def try_again(
    app: App,
    number: str,
    *,
    target: str = "",
    overwrite: bool = False,
    early: bool = True,
    editor: str = "",
    account: int | None = None,
    seen: Decision | None = None,
) -> list[Row]:
    """What failed or waits is due now, with `early` what was held or whose hour has not come too; the
    target's pause ends. `overwrite`: only what somebody changed on the site. The rows that were
    begun anew. `seen`: what the editor saw. Raises IllegalMove where there is none, and where its
    contributor asked for it back or it is under embargo; StaleRevision, StaleVersion."""
    now = app.clock()
    with app.store.begin() as tx:
        found = find(tx, number)
        moves.lock(tx, found)
        if seen is not None:
            check_seen(tx, app, found, seen)
        again = [
            row
            for row in rows.of_submission(tx, found)
            if (not target or row.target == target) and _may_begin(row, early, overwrite)
        ]
        if any(row.wanted == "up" for row in again):
            check_whole_of(tx, found)
        if not again:
            raise IllegalMove("nothing_to_publish_anew", number=number)
        _refuse_held(tx, app, found, number, again)
        for row in again:
            moves.retry(tx, row.id, when=now, overwrite=overwrite)
            relay.reopen(tx, relay.name_target(row.target))
        actor = name_actor(editor, account)
        moves.put_on_record(tx, found, "begun", actor, now, {"overwrite": overwrite})
        return again


def leave_as_is(
    app: App, number: str, target: str = "", *, editor: str = "", account: int | None = None
) -> list[str]:
    """What somebody changed on the site stays as it is there, at this target or at every one; at which.
    Raises IllegalMove where nothing was, where it is to come down, and where none knows that it
    stands: an editor gives its address."""
    actor = name_actor(editor, account)
    with app.store.begin() as tx:
        found = find(tx, number)
        moves.lock(tx, found)
        changed = [
            row
            for row in rows.of_submission(tx, found)
            if _may_stay(row) and target in ("", row.target)
        ]
        if not changed:
            raise IllegalMove("nothing_to_publish_anew", number=number)
        for row in changed:
            moves.leave(tx, row.id, row.known.version)
            facts = {"target": row.target}
            moves.put_on_record(tx, found, "standing", actor, app.clock(), facts)
        return [row.target for row in changed]


def find(tx: Transaction, number: str) -> int:
    """The submission of this number. Raises IllegalMove."""
    found = submission_rows.id_of(tx, number)
    if found is None:
        raise IllegalMove("no_submission", number=number)
    return found


def _may_stay(row: Row) -> bool:
    stands = row.standing_edition_id is not None
    return row.error_code == "changed_on_site" and row.wanted == "up" and stands


def _may_begin(row: Row, early: bool, overwrite: bool) -> bool:  # noqa: FBT001 - the caller's own words
    if overwrite:
        return row.error_code in OVERWRITTEN
    if row.error_code == BEFORE_TARGETS:
        return False  # nobody but an editor can do that
    return row.state in CALLING | {"due", "checking"} or (early and row.state == "planned")


def _refuse_held(
    tx: Transaction, app: App, submission_id: int, number: str, again: Sequence[Row]
) -> None:
    """What keeps an article from standing for the first time keeps an editor's haste too: another
    decision is needed."""
    if all(row.wanted == "down" or row.is_there for row in again):
        return
    if is_asked_back(tx, submission_id):
        raise IllegalMove("asked_back_first", number=number)
    embargo = accepted.get_accepted(tx, submission_id).embargo_until
    if embargo is not None and embargo > app.clock():
        raise IllegalMove("still_embargoed", when=word_moment(embargo, app.config.zone))
