"""What is due is delivered, row by row, under one lease. The attempt is counted and committed before a
byte goes out; what came of it is put on record under the lease's token.

A tick looks at what is so now, so that a cut, a kill or a long sleep is the same question again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from desk.app import App
from desk.domain.publications import CUT_REST, Doing, find_action, find_hold, find_next_look
from desk.store import Transaction
from desk.store.jobs import leases
from desk.store.outbound import relay
from desk.store.publications import editions, moves, rows
from desk.store.publications.rows import BEFORE_TARGETS, Row
from desk.store.submissions import accepted
from desk.workflow.publishing import settle
from desk.workflow.publishing.outcome import record_outcome
from desk.workflow.publishing.replan import plan_unplanned
from desk.workflow.submission_letters import is_asked_back
from publisher.articles.edition import Edition
from publisher.targets.copy_desk import CopyDesk
from publisher.targets.target import (
    Article,
    Delivered,
    Known,
    MadePhoto,
    NotNow,
    Outcome,
    Refused,
    Target,
)
from redaksi.errors import RedaksiError
from redaksi.log import get_logger

LEASE = "publish:targets"
MakePhotos = Callable[[App, Edition], tuple[MadePhoto, ...]]
log = get_logger("publish")


class PhotoFailed(RedaksiError):
    """A photo of the edition cannot be made: nobody can mend that but an editor."""


class Page(Struct, frozen=True, kw_only=True):
    """What is looked for at an address of a target: an edition, or that it is seen no more.
    `before`: the edition it corrects."""

    target: str
    url: str
    edition: Edition
    before: Edition | None = None


class Tools(Struct, frozen=True, kw_only=True):
    """What delivery works with: the targets by id, who makes photos, who looks at pages."""

    targets: Mapping[str, Target]
    make_photos: MakePhotos
    is_seen: Callable[[Page], bool]
    is_gone: Callable[[Page], bool]
    stop: Callable[[], bool] = lambda: False


def is_due(app: App) -> bool:
    """Whether there is anything to do. Writes nothing."""
    with app.store.read() as tx:
        return rows.is_any_due(tx, app.clock()) or bool(rows.unplanned(tx))


def publish_due(app: App, tools: Tools) -> int:
    """Do what is due; how many rows were moved. Raises StoreError, and at the end the first error
    that a row raised."""
    if not is_due(app):
        return 0
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name)
    if token is None:
        return 0
    try:
        plan_unplanned(app)
        return _each_due(app, tools, token)
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


def _each_due(app: App, tools: Tools, token: int) -> int:
    with app.store.read() as tx:
        due = rows.due(tx, app.clock())
    moved, errors = 0, list[RedaksiError]()
    for row in due:
        if tools.stop():
            break
        try:
            moved += _advance(app, tools, row.id, token)
        except RedaksiError as error:
            log.error("publish.failed", publication=row.id, error=error)
            errors.append(error)
    if errors:
        raise errors[0]
    return moved


def _advance(app: App, tools: Tools, row_id: int, token: int) -> bool:
    """Take one row as far as it goes now; whether it moved."""
    moved = False
    while not tools.stop():
        action = _begin(app, tools, row_id, token)
        if action is None:
            return moved
        moved = True
        if action == "look":
            _look(app, tools, row_id, token)
        else:
            _deliver(app, tools, row_id, action, token)
    return moved


Next = Doing | Literal["look"]


def _begin(app: App, tools: Tools, row_id: int, token: int) -> Next | None:
    """What is to be done with a row now, its attempt counted; None: nothing."""
    now = app.clock()
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        row = _locked(tx, row_id)
        if row.state not in ("planned", "due", "delivering", "checking"):
            return None
        if row.next_at is None or row.next_at > now or _is_paused(tx, row.target, now):
            return None
        if row.target not in tools.targets:
            _fail(tx, row, now, "no_target")
            return None
        if _is_held(tx, app, row, now):
            return None
        if row.state == "delivering" and now < row.next_at + CUT_REST:
            return None  # whoever was asked may still be at it
        if row.state == "checking":
            return "look"
        action = find_action(row.standing)
        if action is None:
            return "look" if _settle(tx, app, row, tools.targets[row.target]) else None
        moves.begin(tx, row_id, now)
        return action


def _settle(tx: Transaction, app: App, row: Row, target: Target) -> bool:
    """What should be is: nothing needs to be done. Whether its page is to be looked at."""
    now = app.clock()
    if row.wanted == "down":
        settle.note_down(tx, app, row)
    elif row.standing_edition_id is None:
        _fail(tx, row, now, "no_edition")
    elif row.known.url:
        moves.mark_checking(tx, row.id, now, now)
        return True
    elif not target.has_page:
        settle.note_standing(tx, app, row)
    else:
        moves.mark_asking(tx, row.id)
        facts = {"target": row.target}
        moves.put_on_record(tx, row.submission_id, "asked", settle.PUBLISHER, now, facts)
    return False


def _is_held(tx: Transaction, app: App, row: Row, now: datetime) -> bool:
    """Whether what does not stand yet is kept, while it waits for its hour or to be tried again."""
    if row.state not in ("planned", "due") or row.wanted == "down" or row.is_there:
        return False
    wanted = accepted.get_accepted(tx, row.submission_id)
    code = find_hold(
        now=now,
        due=row.next_at or now,
        late=app.config.publish.late,
        embargo=wanted.embargo_until,
        asked_back=is_asked_back(tx, row.submission_id),
    )
    if code is None:
        return False
    moves.hold(tx, row.id, code)
    facts = {"target": row.target, "code": code}
    moves.put_on_record(tx, row.submission_id, "held", settle.PUBLISHER, now, facts)
    return True


def _deliver(app: App, tools: Tools, row_id: int, action: Doing, token: int) -> None:
    with app.store.read() as tx:
        row = rows.get(tx, row_id)
        wanted = row.edition_id
        if action == "take_down" and row.standing_edition_id is not None:
            wanted = row.standing_edition_id
        edition = editions.get(tx, wanted)
        before = editions.get(tx, row.standing_edition_id)
    outcome: Outcome = Refused(code="gone_on_site")
    if edition is not None:
        outcome = _call(app, tools, row, action, edition, before)
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        now_row = _locked(tx, row_id)
        done = wanted if action != "take_down" else None
        record_outcome(tx, app, now_row, row, tools.targets[row.target], outcome, done)


def _call(
    app: App, tools: Tools, row: Row, action: Doing, edition: Edition, before: Edition | None
) -> Outcome:
    target = tools.targets[row.target]
    photos: tuple[MadePhoto, ...] = ()
    if action != "take_down" and not isinstance(
        target, CopyDesk
    ):  # there they are made when asked for
        try:
            photos = tools.make_photos(app, edition)
        except PhotoFailed as error:
            return Refused(code="photo_failed", detail=str(error))
    article = Article(
        edition=edition,
        photos=photos,
        key=f"pub_{row.id}_{edition.number}_{action}",
        now=app.clock(),
        before=before,
        overwrite=row.overwrite,
    )
    if action == "publish":
        return target.publish(article, row.known if row.known.external_id else None)
    if action == "correct":
        return target.correct(article, row.known)
    return _take_down(target, article, row)


def _take_down(target: Target, article: Article, row: Row) -> Outcome:
    """What nobody knows of is looked for first: a request that was cut may have made it."""
    known: Known | NotNow | Refused | None = row.known
    if row.standing_edition_id is None:
        known = target.find(article)
    if known is None:
        return Delivered(known=Known(url=row.known.url), is_public=not row.known.url)
    if not isinstance(known, Known):
        return known
    return target.take_down(article, known)


def _look(app: App, tools: Tools, row_id: int, token: int) -> None:
    """Look at the page of what was delivered."""
    with app.store.read() as tx:
        row = rows.get(tx, row_id)
        edition = editions.get(tx, row.standing_edition_id or row.edition_id)
        before = editions.find_before(tx, row.submission_id, edition)
    is_right = False
    if edition is not None:
        page = Page(target=row.target, url=row.known.url, edition=edition, before=before)
        is_right = tools.is_seen(page) if row.wanted == "up" else tools.is_gone(page)
    asked, now = (row.wanted, row.edition_id), app.clock()
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        row = _locked(tx, row_id)
        if row.state != "checking" or (row.wanted, row.edition_id) != asked:
            return
        if not is_right:
            _look_again(tx, row, now)
        elif row.wanted == "up":
            settle.note_standing(tx, app, row)
        else:
            settle.note_down(tx, app, row)


def _look_again(tx: Transaction, row: Row, now: datetime) -> None:
    when = find_next_look(row.checked_at or now, now)
    if when is not None:
        moves.mark_checking(tx, row.id, now, when)
    else:
        _fail(tx, row, now, "not_seen")


def _fail(tx: Transaction, row: Row, now: datetime, code: str) -> None:
    if row.error_code == BEFORE_TARGETS:
        return
    moves.mark_failed(tx, row.id, code)
    facts = {"target": row.target, "code": code}
    moves.put_on_record(tx, row.submission_id, "failed", settle.PUBLISHER, now, facts)


def _locked(tx: Transaction, row_id: int) -> Row:
    moves.lock(tx, rows.get(tx, row_id).submission_id)
    return rows.get(tx, row_id)


def _is_paused(tx: Transaction, target: str, now: datetime) -> bool:
    pause = relay.pause(tx, relay.name_target(target))
    return pause is not None and pause.until > now
