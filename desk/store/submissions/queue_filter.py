"""The queue as a query: which submissions stand in a view, a page at a time, counted in one
statement. What is open has an index, so that work grows with it and not with everything there was.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true, union
from sqlalchemy.orm import InstrumentedAttribute

from desk.store.engine import Transaction
from desk.store.submissions.review_queue import QueueRow, rows_by_id
from desk.store.tables import Finding, Revision, Submission
from redaksi.states import OPEN, SETTLED_FOR_GOOD, WAITS_FOR_CONTRIBUTOR, State

View = Literal["action", "mine", "waiting", "scheduled", "active", "archive", "mails"]
PAGE = 50

_CALLED = Submission.attention_since.is_not(None)
# Two indices, joined: an OR over both is answered by reading every submission there is.
_ACTIVE = and_(
    Submission.id.in_(
        union(
            select(Submission.id).where(_CALLED),
            select(Submission.id).where(Submission.state.in_(sorted(OPEN))),
        )
    ),
    Submission.state != "not_a_submission",
)
_VIEWS: Mapping[View, ColumnElement[bool]] = {
    "action": and_(_CALLED, Submission.state != "not_a_submission"),
    "mine": _ACTIVE,  # narrowed to one account
    "waiting": and_(Submission.state.in_(sorted(WAITS_FOR_CONTRIBUTOR)), not_(_CALLED)),
    "scheduled": Submission.state == "scheduled",
    "active": _ACTIVE,
    "archive": and_(Submission.state.in_(sorted(SETTLED_FOR_GOOD)), not_(_CALLED)),
    "mails": Submission.state == "not_a_submission",
}
_ORDERS: Mapping[View, InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]] = {
    "action": Submission.attention_since,
    "mine": Submission.updated_at,
    "waiting": Submission.updated_at,
    "scheduled": Submission.publish_at,
    "active": Submission.received_at,
    "archive": Submission.received_at,
    "mails": Submission.received_at,
}


class Key(Struct, frozen=True, kw_only=True, order=True):
    """Where a row stands in its view's order."""

    at: datetime
    id: int


class QueueFilter(Struct, frozen=True, kw_only=True):
    """Which submissions. `account`: whose, in the view "mine"; `states`: only these, when any. `province`: "" for those without one.
    `finding`: a code of the newest revision, "" for those without any. `since`, `until`: received
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


def queue_page(tx: Transaction, wanted: QueueFilter) -> QueuePage:
    """The rows of a page. Nine queries, however many rows there are."""
    found = [
        Key(at=row[0], id=row[1]) for row in tx.execute(_select(wanted).limit(wanted.size + 1))
    ]
    shown = found[: wanted.size]
    rows = {row.id: row for row in rows_by_id(tx, [key.id for key in shown])}
    more = len(found) > wanted.size
    return QueuePage(
        rows=tuple(rows[key.id] for key in shown),
        keys=tuple(shown),
        after=shown[-1] if more else None,
    )


def counts(tx: Transaction, account: int | None = None) -> Counts:
    """How many stand in each view; one statement over what is active."""
    views: tuple[View, ...] = ("action", "mine", "waiting", "scheduled", "active")
    own = {"mine": _is_of(account)}
    numbers = [func.count().filter(own.get(view, _VIEWS[view])) for view in views]
    row = tx.execute(select(*numbers).select_from(Submission).where(_ACTIVE)).one()
    return Counts(**dict(zip(views, row, strict=True)))


def find_next(tx: Transaction, wanted: QueueFilter) -> tuple[str, Key] | None:
    """The number of the first submission of a view that `wanted` finds, and where it stands."""
    found = tx.execute(_select(wanted).add_columns(Submission.number).limit(1)).first()
    return (found[2], Key(at=found[0], id=found[1])) if found else None


def stands_in(tx: Transaction, view: View, submission_id: int) -> bool:
    """Whether a submission stands in a view."""
    found = select(Submission.id).where(_VIEWS[view], Submission.id == submission_id)
    return tx.scalar(found) is not None


def _select(wanted: QueueFilter) -> Any:
    column = _ORDERS[wanted.view]
    order = (
        (column.desc(), Submission.id.desc()) if wanted.newest_first else (column, Submission.id)
    )
    return (
        select(column, Submission.id)
        .where(_VIEWS[wanted.view], _narrowed(wanted), _following(wanted))
        .order_by(*order)
    )


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
    column, after = _ORDERS[wanted.view], wanted.after
    if wanted.newest_first:
        return or_(column < after.at, and_(column == after.at, Submission.id < after.id))
    return or_(column > after.at, and_(column == after.at, Submission.id > after.id))
