"""Rows against blobs, both ways: what is named and not there, and what lies there for nobody."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from desk.app import App
from desk.blobs.compare import Compared, compare_blobs
from desk.domain.retention.rule import find_last_hour
from desk.store.keeping.who_names import Named, find_names
from desk.store.named_blobs import find_mentioned, find_named
from desk.workflow.retention.sweep import GRACE
from redaksi.errors import BlobMissing

_A_DAY = timedelta(days=1)
Step = Callable[[int, int], None]


class Missing(Struct, frozen=True, kw_only=True):
    """A blob that rows name and that is not there."""

    sha256: str
    named: Named


class Unnamed(Struct, frozen=True, kw_only=True):
    """A blob that no row names, of `size` bytes: the purge of the night of `goes_at` takes it away.
    `is_overdue`: a day has passed since, and it is still there."""

    sha256: str
    size: int
    goes_at: datetime
    is_overdue: bool


class Reconciled(Struct, frozen=True, kw_only=True):
    """What was compared and what differs."""

    count: int
    missing: tuple[Missing, ...] = ()
    unnamed: tuple[Unnamed, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether nobody has anything to do: a blob that waits for its purge is as it should be."""
        return not self.missing and not any(each.is_overdue for each in self.unnamed)


def reconcile_blobs(app: App, step: Step = lambda _done, _all: None) -> Reconciled:
    """Compare; nothing is written and no blob is read. What is filed or purged meanwhile is asked
    for a second time: it differs in neither. Raises StoreError."""
    named = _find_named(app)
    first = compare_blobs(app.blobs, named, step)
    again = compare_again(app, first)
    with app.store.read() as tx:
        names = find_names(tx, again.missing)
    return Reconciled(
        count=len(named),
        missing=tuple(
            Missing(sha256=sha256, named=names[sha256])
            for sha256 in again.missing
            if sha256 in names
        ),
        unnamed=tuple(_describe(app, again.unnamed)),
    )


def compare_again(app: App, first: Compared) -> Compared:
    """Of what differed, what still does; what a page may offer beside its files is no stray."""
    named = _find_named(app)
    with app.store.read() as tx:
        kept = named | find_mentioned(tx.connection())
    return Compared(
        missing=tuple(x for x in first.missing if x in named and not app.blobs.exists(x)),
        unnamed=tuple(x for x in first.unnamed if x not in kept),
    )


def _find_named(app: App) -> set[str]:
    with app.store.read() as tx:
        return find_named(tx.connection())


def _describe(app: App, unnamed: Iterable[str]) -> Iterator[Unnamed]:
    for sha256 in unnamed:
        try:
            found = app.blobs.local_path(sha256).stat()
        except (BlobMissing, FileNotFoundError):
            continue  # a purge was faster
        put = datetime.fromtimestamp(found.st_mtime, app.config.zone)
        # the first hour of a purge that does not come before its grace is over
        goes_at = find_last_hour(put + GRACE + _A_DAY, app.config.zone)
        yield Unnamed(
            sha256=sha256,
            size=found.st_size,
            goes_at=goes_at,
            is_overdue=app.clock() > goes_at + _A_DAY,
        )
