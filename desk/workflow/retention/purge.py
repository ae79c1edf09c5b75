"""What is settled goes to the day: each submission whole or not at all, in the night, by one process.

The first night is the one after the program first looked: what an older release kept goes by nobody's
surprise. A purge that was cut short is begun again; a second one finds nothing.
"""

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from desk.app import App
from desk.domain.retention.rule import find_day, find_day_of, find_last_hour
from desk.store import Transaction, attention
from desk.store.editors import form_drafts
from desk.store.jobs import leases
from desk.store.retention import due, last_purge
from desk.store.retention.empty import empty_mail, empty_submission
from desk.store.retention.old_rows import empty_old_rows
from desk.store.search.index import rebuild
from desk.workflow.retention.sweep import Swept, sweep_blobs
from redaksi.log import get_logger
from redaksi.states import State

LEASE = "purge"
_MAILS_AT_ONCE = 50
log = get_logger("purge")


class Due(Struct, frozen=True, kw_only=True):
    """A submission whose data goes; `size`: bytes of its mails and files."""

    id: int
    state: State
    day: date
    size: int


class Plan(Struct, frozen=True, kw_only=True):
    """What goes now: submissions, and mails that none is about."""

    submissions: tuple[Due, ...] = ()
    mails: tuple[int, ...] = ()


class Purged(Struct, frozen=True, kw_only=True):
    """What went."""

    submissions: int = 0
    mails: int = 0
    swept: Swept = Swept()


def find_due(tx: Transaction, app: App) -> Plan:
    """What goes now. Reads alone."""
    periods, now = app.config.retention.periods(), app.clock()
    return Plan(
        submissions=tuple(_list_due(tx, app)),
        mails=tuple(
            mail_id
            for mail_id in due.list_old_mails(tx, periods["not_a_submission"], now)
            if _is_mail_due(tx, app, mail_id)
        ),
    )


def purge_if_due(app: App, stop: Callable[[], bool] = lambda: False) -> int:
    """Purge where the last night's was not done yet; how many submissions went. Only one process
    does. Raises StoreError."""
    now = app.clock()
    with app.store.read() as tx:
        last = last_purge.ended_at(tx)
    if last is None:
        with app.store.begin() as tx:
            if last_purge.ended_at(tx) is None:
                last_purge.note(tx, now)
        return 0
    if last >= find_last_hour(now, app.config.zone):
        return 0
    purged = purge(app, stop=stop)
    return purged.submissions if purged else 0


def purge(
    app: App, actor: str = "clock", stop: Callable[[], bool] = lambda: False
) -> Purged | None:
    """All that is due goes; None while another process is at it. `stop`: the rest goes later. Raises
    StoreError, LeaseLost."""
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name)
    if token is None:
        return None
    try:
        return _purge(app, token, actor, stop)
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


def _purge(app: App, token: int, actor: str, stop: Callable[[], bool]) -> Purged:
    with app.store.read() as tx:
        plan = find_due(tx, app)
    submissions = 0
    for each in plan.submissions:
        if stop():
            return Purged(submissions=submissions)
        with app.store.begin() as tx:
            leases.check(tx, LEASE, token)
            submissions += empty_if_due(tx, app, each.id, actor)
    mails = sum(_empty_mails(app, token, part) for part in _parts(plan.mails))
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        periods = app.config.retention.periods()
        empty_old_rows(tx, periods["not_a_submission"], app.clock())
        form_drafts.sweep(tx, app.clock())
        rebuild(tx)
    swept = sweep_blobs(app)
    with app.store.begin() as tx:
        last_purge.note(tx, app.clock())
    done = Purged(submissions=submissions, mails=mails, swept=swept)
    log.info("purged", submissions=submissions, mails=mails, blobs=swept.blobs, bytes=swept.size)
    return done


def empty_if_due(tx: Transaction, app: App, submission_id: int, actor: str) -> bool:
    """One submission's data goes, if it is due as it stands now; whether it did."""
    attention.lock(tx, submission_id)
    if _find_day(tx, app, submission_id) is None:
        return False
    return empty_submission(tx, submission_id, app.clock(), actor)


def _list_due(tx: Transaction, app: App) -> Iterator[Due]:
    for submission_id in due.list_settled(tx, app.config.retention.periods(), app.clock()):
        day = _find_day(tx, app, submission_id)
        if day is not None:
            size = due.count_bytes(tx, submission_id)
            state = due.find_standing(tx, submission_id).state
            yield Due(id=submission_id, state=state, day=day, size=size)


def _find_day(tx: Transaction, app: App, submission_id: int) -> date | None:
    """The day it was to go, where that has come; None where it has not."""
    standing = due.find_standing(tx, submission_id)
    day = find_day_of(standing, app.config.retention.periods(), app.config.zone)
    today = app.clock().astimezone(app.config.zone).date()
    return day if day is not None and day <= today else None


def _is_mail_due(tx: Transaction, app: App, mail_id: int) -> bool:
    since, period = due.examined_at(tx, mail_id), app.config.retention.not_a_submission
    today = app.clock().astimezone(app.config.zone).date()
    return since is not None and find_day(since, period, app.config.zone) <= today


def _empty_mails(app: App, token: int, mails: tuple[int, ...]) -> int:
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        return sum(empty_mail(tx, mail_id, app.clock()) for mail_id in mails)


def _parts(mails: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(mails), _MAILS_AT_ONCE):
        yield mails[start : start + _MAILS_AT_ONCE]
