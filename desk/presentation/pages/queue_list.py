"""A view of the queue, as an editor sees it."""

from msgspec import Struct

from desk.app import App
from desk.presentation.queue_rows import make_entry
from desk.presentation.queue_site import make_frame
from desk.store.editors import claims
from desk.store.editors.claims import Holder
from desk.store.submissions.queue_filter import Counts, Key, QueueFilter, counts, queue_page
from publisher.site.pages import Entry, Frame


class ListRow(Struct, frozen=True, kw_only=True):
    """A row. `key`: where it stands in the view's order; `holder`: who works at it."""

    entry: Entry
    key: Key
    holder: Holder | None = None


class QueueList(Struct, frozen=True, kw_only=True):
    """A page of a view. `after`: where the next one begins; None for the last."""

    rows: tuple[ListRow, ...]
    counts: Counts
    frame: Frame
    after: Key | None = None


def list_view(app: App, wanted: QueueFilter, account: int) -> QueueList:
    """A page of a view; `account`: for whom it is counted what is his own."""
    now = app.clock()
    with app.store.read() as tx:
        found = queue_page(tx, wanted)
        held = claims.holders(tx, [row.id for row in found.rows], now)
        return QueueList(
            rows=tuple(
                ListRow(entry=make_entry(row, app, now), key=key, holder=held.get(row.id))
                for row, key in zip(found.rows, found.keys, strict=True)
            ),
            counts=counts(tx, account),
            frame=make_frame(app, tx, now),
            after=found.after,
        )
