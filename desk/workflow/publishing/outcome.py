"""What a target answered, put on record."""

from datetime import datetime, timedelta

from desk.app import App
from desk.domain.publications import find_retry
from desk.store import Transaction
from desk.store.outbound import relay
from desk.store.publications import moves, rows
from desk.store.publications.rows import Row
from desk.workflow.publishing import settle
from publisher.targets.target import Asks, Delivered, NotNow, Outcome, Refused, Target
from redaksi.text import clean

PAUSING = frozenset({"unreachable", "timeout", "login_refused", "gone"})
# no attempt before: one broken site makes one alarm, not one an article
LOGIN_PAUSE = timedelta(hours=1)
DETAIL = 300  # characters of the target's own word that are kept


def record_outcome(
    tx: Transaction, app: App, row: Row, target: Target, outcome: Outcome, done: int | None
) -> None:
    """`done`: the edition that stands if it was delivered; None: it was taken down."""
    if isinstance(outcome, Delivered):
        _record_delivered(tx, app, row, target, outcome, done)
    elif isinstance(outcome, Asks):
        moves.mark_asking(tx, row.id)
        _put_on_record(tx, row, "asked", app.clock())
    elif isinstance(outcome, NotNow):
        _record_not_now(tx, app, row, outcome)
    else:
        _record_refused(tx, app, row, outcome)


def _record_delivered(
    tx: Transaction, app: App, row: Row, target: Target, outcome: Delivered, done: int | None
) -> None:
    now = app.clock()
    relay.reopen(tx, relay.name_target(row.target))
    moves.mark_delivered(tx, row.id, done, outcome.known)
    if outcome.doubles:
        _put_on_record(tx, row, "delivered", now, doubles=outcome.doubles)
    is_wanted = (row.wanted == "up") == (done is not None)
    if not is_wanted:  # somebody decided otherwise meanwhile
        moves.put_off(tx, row.id, now, "")
    elif outcome.is_public or not target.has_page:
        fresh = rows.get(tx, row.id)
        if done is not None:
            settle.note_standing(tx, app, fresh)
        else:
            settle.note_down(tx, app, fresh)
    elif not (outcome.known.url or row.known.url):
        moves.mark_asking(tx, row.id)  # it stands somewhere, and nobody said where
        _put_on_record(tx, row, "asked", now)
    else:
        moves.mark_checking(tx, row.id, now, now)


def _record_not_now(tx: Transaction, app: App, row: Row, outcome: NotNow) -> None:
    now = app.clock()
    when = find_retry(row.attempts, row.first_attempt_at or now, now, outcome.retry_after)
    detail = _shorten(outcome.detail)
    if when is None:
        moves.mark_failed(tx, row.id, outcome.code, detail)
        return _put_on_record(tx, row, "failed", now, code=outcome.code)
    moves.put_off(tx, row.id, when, outcome.code, detail)
    if row.attempts == 1:  # the first says it; the rest would only fill the history
        _put_on_record(tx, row, "put off", now, code=outcome.code)
    if outcome.code in PAUSING:
        _pause(tx, row.target, now, when, f"{outcome.code} {detail}".strip())
    return None


def _record_refused(tx: Transaction, app: App, row: Row, outcome: Refused) -> None:
    now, detail = app.clock(), _shorten(outcome.detail)
    moves.mark_failed(tx, row.id, outcome.code, detail)
    _put_on_record(tx, row, "failed", now, code=outcome.code)
    if outcome.code in PAUSING:
        _pause(tx, row.target, now, now + LOGIN_PAUSE, f"{outcome.code} {detail}".strip())


def _pause(tx: Transaction, target: str, now: datetime, until: datetime, error: str) -> None:
    relay.close(tx, now, until, error, relay.name_target(target))


def _put_on_record(tx: Transaction, row: Row, what: str, now: datetime, **facts: object) -> None:
    told = {"target": row.target, **facts}
    moves.put_on_record(tx, row.submission_id, what, settle.PUBLISHER, now, told)


def _shorten(detail: str) -> str:
    return clean.line(clean.mask_addresses(detail), DETAIL)
