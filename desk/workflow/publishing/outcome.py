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
from redaksi.redact import mask_addresses
from redaksi.text import clean

PAUSING = frozenset({"unreachable", "timeout", "login_refused", "gone"})
# no attempt before: one broken site makes one alarm, not one an article
LOGIN_PAUSE = timedelta(hours=1)
DETAIL = 300  # characters of the target's own word that are kept


def record_outcome(
    tx: Transaction,
    app: App,
    row: Row,
    asked: Row,
    target: Target,
    outcome: Outcome,
    done: int | None,
) -> None:
    """`asked`: the row as it was when the target was asked; `done`: the edition that stands if it
    was delivered, None: it was taken down. What somebody decided meanwhile stays decided."""
    is_same = row.state == "delivering" and _wants(row) == _wants(asked)
    if isinstance(outcome, Delivered):
        _record_delivered(tx, app, row, target, outcome, done, is_same=is_same)
    elif isinstance(outcome, Asks):
        if is_same:
            moves.mark_asking(tx, row.id)
            _put_on_record(tx, row, "asked", app.clock())
    elif isinstance(outcome, NotNow):
        _record_not_now(tx, app, row, outcome, is_same=is_same)
    else:
        _record_refused(tx, app, row, outcome, is_same=is_same)


def _wants(row: Row) -> tuple[str, int | None]:
    return row.wanted, row.edition_id


def _record_delivered(
    tx: Transaction,
    app: App,
    row: Row,
    target: Target,
    outcome: Delivered,
    done: int | None,
    *,
    is_same: bool,
) -> None:
    now = app.clock()
    relay.reopen(tx, relay.name_target(row.target))
    if outcome.doubles:
        _put_on_record(tx, row, "delivered", now, doubles=outcome.doubles)
    if not is_same:
        return _record_overtaken(tx, row, outcome, done, now)
    moves.mark_delivered(tx, row.id, done, outcome.known)
    if outcome.known.url or row.known.url:  # an editor may have given it of a target without pages
        moves.mark_checking(tx, row.id, now, now)
    elif target.has_page and not outcome.is_public:
        moves.mark_asking(tx, row.id)  # it stands somewhere, and nobody said where
        _put_on_record(tx, row, "asked", now)
    elif done is not None:
        settle.note_standing(tx, app, rows.get(tx, row.id))
    else:
        settle.note_down(tx, app, rows.get(tx, row.id))
    return None


def _record_overtaken(
    tx: Transaction, row: Row, outcome: Delivered, done: int | None, now: datetime
) -> None:
    """Somebody decided otherwise meanwhile: what was done is kept, and what is wanted now is done
    next. What an editor said of where it stands holds; an hour that was moved is kept where it was
    taken down."""
    if row.state == "standing":
        if done is not None:
            moves.mark_made_beside(tx, row.id, outcome.known)
            if outcome.known.url not in ("", row.known.url):
                _put_on_record(tx, row, "delivered", now, beside=True)
        return
    moves.mark_delivered(tx, row.id, done, outcome.known)
    if row.state != "planned" or done is not None:
        moves.put_off(tx, row.id, now, "")


def _record_not_now(tx: Transaction, app: App, row: Row, outcome: NotNow, *, is_same: bool) -> None:
    now = app.clock()
    when = find_retry(row.attempts, row.first_attempt_at or now, now, outcome.retry_after)
    detail = _shorten(outcome.detail)
    if outcome.code in PAUSING and when is not None:
        _pause(tx, row.target, now, when, f"{outcome.code} {detail}".strip())
    if not is_same:
        return None
    if when is None:
        moves.mark_failed(tx, row.id, outcome.code, detail)
        return _put_on_record(tx, row, "failed", now, code=outcome.code)
    moves.put_off(tx, row.id, when, outcome.code, detail)
    if row.attempts == 1:  # the first says it; the rest would only fill the history
        _put_on_record(tx, row, "put off", now, code=outcome.code)
    return None


def _record_refused(
    tx: Transaction, app: App, row: Row, outcome: Refused, *, is_same: bool
) -> None:
    now, detail = app.clock(), _shorten(outcome.detail)
    if outcome.code in PAUSING:
        _pause(tx, row.target, now, now + LOGIN_PAUSE, f"{outcome.code} {detail}".strip())
        if is_same and rows.is_alarmed(tx, row.target, outcome.code):
            # somebody is called for this target already
            return moves.put_off(tx, row.id, now + LOGIN_PAUSE, outcome.code, detail)
    if is_same:
        moves.mark_failed(tx, row.id, outcome.code, detail)
        _put_on_record(tx, row, "failed", now, code=outcome.code)
    return None


def _pause(tx: Transaction, target: str, now: datetime, until: datetime, error: str) -> None:
    relay.close(tx, now, until, error, relay.name_target(target))


def _put_on_record(tx: Transaction, row: Row, what: str, now: datetime, **facts: object) -> None:
    told = {"target": row.target, **facts}
    moves.put_on_record(tx, row.submission_id, what, settle.PUBLISHER, now, told)


def _shorten(detail: str) -> str:
    return clean.line(mask_addresses(detail), DETAIL)
