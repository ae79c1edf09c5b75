"""The queue as a query: which submissions stand in a view, a page at a time, counted in one
statement. What is open has an index, so that work grows with it and not with everything there was.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from desk.store.asking import is_either
from desk.store.engine import Transaction
from desk.store.submissions.review_queue import QueueRow, rows_found
from desk.store.tables import Finding, Revision, Submission
from redaksi.states import OPEN, SETTLED_FOR_GOOD, WAITS_FOR_CONTRIBUTOR, State

View = Literal["action", "mine", "waiting", "scheduled", "active", "archive", "mails"]
PAGE = 50
_ACCOUNTS = 64  # whose statements are kept: writing one down takes longer than asking it
_COUNTED: tuple[View, ...] = ("action", "mine", "waiting", "scheduled", "active")

_CALLED = Submission.attention_since.is_not(None)
_IS_OPEN = Submission.state.in_(sorted(OPEN))
_IS_KIRIMAN = Submission.state != "not_a_submission"
_ACTIVE = and_(is_either(Submission.id, _CALLED, _IS_OPEN), _IS_KIRIMAN)
_VIEWS: Mapping[View, ColumnElement[bool]] = {
    "action": and_(_CALLED, _IS_KIRIMAN),
    "mine": _ACTIVE,  # narrowed to one account
    "waiting": and_(Submission.state.in_(sorted(WAITS_FOR_CONTRIBUTOR)), not_(_CALLED)),
    "scheduled": Submission.state == "scheduled",
    "active": _ACTIVE,
    "archive": and_(Submission.state.in_(sorted(SETTLED_FOR_GOOD)), not_(_CALLED)),
    "mails": Submission.state == "not_a_submission",
}
# the same of what is active anyway: asked once a statement, not once a number
_WITHIN: Mapping[View, ColumnElement[bool]] = {**_VIEWS, "mine": true(), "active": true()}
_ORDERS: Mapping[View, InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]] = {
    "action": Submission.attention_since,
    "mine": Submission.updated_at,  # after those that call
    "waiting": Submission.updated_at,
    "scheduled": Submission.publish_at,
    "active": Submission.received_at,
    "archive": Submission.received_at,
    "mails": Submission.received_at,
}
_BEFORE, _BEHIND = aliased(Submission), aliased(Submission)


class Key(Struct, frozen=True, kw_only=True):
    """Where a row stands in its view's order. `called`: since when it calls, where the view begins
    with what calls ("mine"); None for what does not."""

    at: datetime
    id: int
    called: datetime | None = None


class QueueFilter(Struct, frozen=True, kw_only=True):
    """Which submissions. `account`: whose, in the view "mine"; `states`: only these, when any.
    `province`: "" for those without one. `finding`: a code of the newest revision, "" for those without any. `since`, `until`: received
    from then on, before then. `after`: the rows that follow this one."""

    view: View = "active"
    account: int | None = None
    states: tuple[State, ...] = ()
    province: str | None = None
    finding: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    newest_first: bool = False
    after: Key | None = None
    size: int = PAGE


class QueuePage(Struct, frozen=True, kw_only=True):
    """A page of a view. `keys`: where each row stands in its order; `after`: where the next page
    begins; None for the last."""

    rows: tuple[QueueRow, ...]
    keys: tuple[Key, ...] = ()
    after: Key | None = None


class Counts(Struct, frozen=True, kw_only=True):
    """How many stand in each view of what is active."""

    action: int
    mine: int
    waiting: int
    scheduled: int
    active: int


class Tally(Struct, frozen=True, kw_only=True):
    """`shown`: how many a filter finds; `states`: how many of its view stand in each state."""

    counts: Counts
    shown: int
    states: Mapping[State, int]


def queue_page(tx: Transaction, wanted: QueueFilter) -> QueuePage:
    """The rows of a page. Eight queries, however many rows there are."""
    ids = _select(wanted).limit(wanted.size + 1)
    found = rows_found(tx, ids, _order(wanted))
    shown = found[: wanted.size]
    keys = tuple(_key(row, wanted.view) for row in shown)
    return QueuePage(
        rows=tuple(shown), keys=keys, after=keys[-1] if len(found) > wanted.size else None
    )


def counts(tx: Transaction, account: int | None = None) -> Counts:
    """How many stand in each view; one statement over what is active."""
    return Counts(**dict(zip(_COUNTED, _add(tx, _select_counts(account)), strict=True)))


@lru_cache(maxsize=_ACCOUNTS)
def _select_counts(account: int | None) -> Any:
    return _select_of_active(_count_views(account))


def tally(tx: Transaction, wanted: QueueFilter) -> Tally:
    """The counts, and what a live view holds; one statement over what is active."""
    states = _count_states(wanted.view, wanted.account)
    shown = func.count().filter(_WITHIN[wanted.view], _narrowed(wanted))
    row = _add(tx, _select_of_active([*_count_views(wanted.account), shown, *states]))
    by_state = zip(get_args(State), row[len(_COUNTED) + 1 :], strict=True)
    return Tally(
        counts=Counts(**dict(zip(_COUNTED, row, strict=False))),
        shown=row[len(_COUNTED)],
        states={state: number for state, number in by_state if number},
    )


def _select_of_active(numbers: Sequence[ColumnElement[int]]) -> Any:
    """Two rows to be added up: of what calls, and of the rest. An index answers each."""
    halves = (and_(_CALLED, _IS_KIRIMAN), and_(not_(_CALLED), _IS_OPEN))
    return union_all(*(select(*numbers).select_from(Submission).where(half) for half in halves))


def _add(tx: Transaction, halves: Any) -> list[int]:
    return [sum(each) for each in zip(*tx.execute(halves), strict=True)]


@lru_cache(maxsize=len(get_args(View)) * _ACCOUNTS)
def _count_states(view: View, account: int | None) -> list[ColumnElement[int]]:
    within = and_(_WITHIN[view], _narrowed(QueueFilter(view=view, account=account)))
    return [func.count().filter(within, Submission.state == state) for state in get_args(State)]


@lru_cache(maxsize=_ACCOUNTS)
def _count_views(account: int | None) -> list[ColumnElement[int]]:
    own = {"mine": _is_of(account)}
    return [func.count().filter(own.get(view, _WITHIN[view])) for view in _COUNTED]


def find_active(tx: Transaction, numbers: Collection[str]) -> list[tuple[int, str]]:
    """Which of these numbers somebody may still work at, with their ids, by id."""
    found = select(Submission.id, Submission.number).where(_ACTIVE, Submission.number.in_(numbers))
    return [(row.id, row.number) for row in tx.execute(found.order_by(Submission.id))]


def find_bounds(tx: Transaction) -> tuple[datetime, datetime] | None:
    """When the oldest and the newest of what is settled came; None for an empty archive. An index
    answers for each state."""
    settled = [
        select(bound(Submission.received_at))
        .where(Submission.state == state, not_(_CALLED))
        .scalar_subquery()
        for bound in (func.min, func.max)
        for state in sorted(SETTLED_FOR_GOOD)
    ]
    found = [at for at in tx.execute(select(*settled)).one() if at is not None]
    return (min(found), max(found)) if found else None


def find_next(
    tx: Transaction, wanted: QueueFilter, but: int | None = None
) -> tuple[str, Key] | None:
    """The number of the first submission of a view that `wanted` finds, and where it stands; `but`:
    another than this one."""
    columns = Submission.number, _ORDERS[wanted.view], Submission.attention_since
    found = _select(wanted).add_columns(*columns)
    if but is not None:
        found = found.where(Submission.id != but)
    row = tx.execute(found.limit(1)).first()
    if row is None:
        return None
    return row[1], Key(at=row[2], id=row[0], called=row[3] if wanted.view == "mine" else None)


class Place(Struct, frozen=True, kw_only=True):
    """Where a row stands in its list, from 1, of how many; and what stands before and behind it."""

    position: int
    total: int
    before: tuple[str, Key] | None = None
    behind: tuple[str, Key] | None = None


def find_place(tx: Transaction, wanted: QueueFilter, submission_id: int) -> Place | None:
    """Where a submission stands in a list; None where it is there no more. One query."""
    whole = msgspec.structs.replace(wanted, after=None)
    order, everything = _order(whole), (None, None)  # the bounds of what is counted: none
    ranked = select(
        Submission.id.label("own"),
        func.row_number().over(order_by=order).label("position"),
        func.count().over(order_by=order, rows=everything).label("total"),
        func.lag(Submission.id).over(order_by=order).label("before"),
        func.lead(Submission.id).over(order_by=order).label("behind"),
    ).where(_VIEWS[whole.view], _narrowed(whole))
    listed, before, behind = ranked.subquery(), _BEFORE, _BEHIND
    row = tx.execute(
        select(listed.c.position, listed.c.total, *_mark(before, whole), *_mark(behind, whole))
        .outerjoin_from(listed, before, before.id == listed.c.before)
        .outerjoin(behind, behind.id == listed.c.behind)
        .where(listed.c.own == submission_id)
    ).first()
    if row is None:
        return None
    position, total, *both = row
    half = len(both) // 2
    return Place(
        position=position,
        total=total,
        before=_neighbour(both[:half], whole.view),
        behind=_neighbour(both[half:], whole.view),
    )


def _mark(row: type[Submission], wanted: QueueFilter) -> tuple[InstrumentedAttribute[Any], ...]:
    """The columns that a neighbour is named and found by."""
    return row.number, getattr(row, _ORDERS[wanted.view].key), row.id, row.attention_since


def _neighbour(row: Sequence[Any], view: View) -> tuple[str, Key] | None:
    number, at, submission_id, called = row
    if number is None:
        return None
    return number, Key(at=at, id=submission_id, called=called if view == "mine" else None)


def stands_in(tx: Transaction, view: View, submission_id: int) -> bool:
    """Whether a submission stands in a view."""
    found = select(Submission.id).where(_VIEWS[view], Submission.id == submission_id)
    return tx.scalar(found) is not None


def _select(wanted: QueueFilter) -> Any:
    return (
        select(Submission.id)
        .where(_VIEWS[wanted.view], _narrowed(wanted), _following(wanted))
        .order_by(*_order(wanted))
    )


def _order(wanted: QueueFilter) -> tuple[ColumnElement[Any], ...]:
    column, called, is_back = _ORDERS[wanted.view], Submission.attention_since, wanted.newest_first
    last = (column.desc(), Submission.id.desc()) if is_back else (column.asc(), Submission.id.asc())
    if wanted.view != "mine":
        return last
    return (called.desc().nulls_first() if is_back else called.asc().nulls_last(), *last)


def _key(row: QueueRow, view: View) -> Key:
    called = row.attention.since
    if view == "mine":
        return Key(at=row.updated_at, id=row.id, called=called)
    at = {"action": called, "waiting": row.updated_at, "scheduled": row.publish_at}.get(view)
    return Key(at=at or row.received_at, id=row.id)


def _narrowed(wanted: QueueFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if wanted.view == "mine":
        conditions.append(_is_of(wanted.account))
    if wanted.states:
        conditions.append(Submission.state.in_(wanted.states))
    if wanted.province is not None:
        conditions.append(Submission.province == wanted.province)
    if wanted.finding is not None:
        conditions.append(_found(wanted.finding))
    if wanted.since is not None:
        conditions.append(Submission.received_at >= wanted.since)
    if wanted.until is not None:
        conditions.append(Submission.received_at < wanted.until)
    return and_(*conditions)


def _is_of(account: int | None) -> ColumnElement[bool]:
    return Submission.editor_id == account if account is not None else false()


def _found(code: str) -> ColumnElement[bool]:
    newest = and_(
        Revision.submission_id == Submission.id,
        Revision.number == Submission.latest_revision,
        Finding.revision_id == Revision.id,
    )
    return exists().where(newest, Finding.code == code) if code else not_(exists().where(newest))


def _following(wanted: QueueFilter) -> ColumnElement[bool]:
    if wanted.after is None:
        return true()
    column, after, is_back = _ORDERS[wanted.view], wanted.after, wanted.newest_first
    later = or_(
        _beyond(column, after.at, is_back=is_back),
        and_(column == after.at, _beyond(Submission.id, after.id, is_back=is_back)),
    )
    if wanted.view != "mine":
        return later
    called = Submission.attention_since
    if after.called is None:
        quiet = and_(called.is_(None), later)
        return or_(called.is_not(None), quiet) if is_back else quiet
    calls = or_(_beyond(called, after.called, is_back=is_back), and_(called == after.called, later))
    return calls if is_back else or_(called.is_(None), calls)


def _beyond(
    column: InstrumentedAttribute[Any], value: datetime | int, *, is_back: bool
) -> ColumnElement[bool]:
    return column < value if is_back else column > value
