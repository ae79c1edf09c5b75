"""A view of the queue, as an editor sees it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from desk.app import App
from desk.presentation.pages.since import say_since
from desk.presentation.queue_rows import make_entry
from desk.presentation.queue_site import make_frame
from desk.store import Transaction
from desk.store.editors import claims
from desk.store.editors.claims import Holder
from desk.store.submissions.queue_filter import Counts, Key, QueueFilter, queue_page, tally
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Entry, Frame
from redaksi.states import State

LATE = 3  # intervals between two looks at the inbox


class ListRow(Struct, frozen=True, kw_only=True):
    """A row. `key`: where it stands in the view's order; `holder`: who works at it; `waited`: since
    it came, in a word."""

    entry: Entry
    key: Key
    waited: str
    holder: Holder | None = None


class Inbox(Struct, frozen=True, kw_only=True):
    """The last look at it. `ago`: in a word, "" before the first; `is_late`: longer ago than
    LATE intervals."""

    ago: str
    is_late: bool


class TakenNow(Struct, frozen=True, kw_only=True):
    """What came of taking some. `held`: numbers that another holds, each with a name, "" where it
    was let go since."""

    count: int
    held: tuple[tuple[str, str], ...] = ()


class QueueList(Struct, frozen=True, kw_only=True):
    """A page of a view. `shown`: how many rows its filter finds in all; `states`: how many of the
    view stand in each state; `after`: where the next page begins; None for the last."""

    rows: tuple[ListRow, ...]
    counts: Counts
    shown: int
    states: Mapping[State, int]
    frame: Frame
    inbox: Inbox
    taken: TakenNow | None = None
    after: Key | None = None


def list_view(
    app: App, wanted: QueueFilter, count: int | None = None, held: Collection[str] = ()
) -> QueueList:
    """A page of a live view. `count`: how many were taken just now, None for no such thing;
    `held`: the numbers that another held."""
    now = app.clock()
    with app.store.read() as tx:
        found, counted = queue_page(tx, wanted), tally(tx, wanted)
        frame = make_frame(app, tx, now)
        return QueueList(
            rows=make_rows(app, found.rows, found.keys, now),
            counts=counted.counts,
            shown=counted.shown,
            states=counted.states,
            frame=frame,
            inbox=_describe_inbox(app, frame.polled, now),
            taken=_describe_taken(tx, count, held, now),
            after=found.after,
        )


def make_rows(
    app: App, rows: Sequence[QueueRow], keys: Sequence[Key], now: datetime
) -> tuple[ListRow, ...]:
    """Rows as a list shows them."""
    return tuple(
        ListRow(
            entry=make_entry(row, app, now),
            key=key,
            waited=say_since(row.received_at, now, app.config.language, "wait"),
            holder=row.holder if row.holder and row.holder.until > now else None,
        )
        for row, key in zip(rows, keys, strict=True)
    )


def _describe_inbox(app: App, polled: datetime | None, now: datetime) -> Inbox:
    if polled is None:
        return Inbox(ago="", is_late=True)
    intervals = [box.poll for box in app.config.mailbox]
    late = now - polled > LATE * max(intervals, default=timedelta(days=1))
    return Inbox(ago=say_since(polled, now, app.config.language, "ago"), is_late=late)


def _describe_taken(
    tx: Transaction, count: int | None, held: Collection[str], now: datetime
) -> TakenNow | None:
    if count is None:
        return None
    named = dict(claims.held_numbers(tx, held, now)) if held else {}
    return TakenNow(
        count=count,
        held=tuple((number, named[number].name) for number in held if number in named),
    )
