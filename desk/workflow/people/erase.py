"""A person goes: at once, from the store, the files and the pages.

plan ─► leases, so that no letter and no article is under way ─► one transaction: the line of the
erasure is on the disk, then the rows go ─► blobs ─► spool ─► pages ─► the database's files anew

Cut short before the transaction ended nothing is gone; after it the same verb ends what is left: the
line knows the blobs, and whose erasure it is.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.people.senders import MOST_HEADER, find_senders
from desk.outbound import sender
from desk.presentation import queue_site
from desk.store.jobs import leases
from desk.store.keeping.rewrite import rewrite_files
from desk.store.keeping.upgrade import drop_copies
from desk.store.people.addresses import address_key
from desk.store.retention import erasures
from desk.store.retention.erase import UnderWay, find_under_way
from desk.workflow.people.blobs import delete_unnamed
from desk.workflow.people.find import Belongings, find_belongings
from desk.workflow.people.rows import erase_rows, his_of, read_file
from desk.workflow.publishing import deliver
from redaksi.errors import RedaksiError, StoreError
from redaksi.fault import name_fault
from redaksi.log import get_logger

PATIENCE = 60.0  # seconds that what is under way is waited for
_PAUSE = 0.2
_LEASES = (sender.LEASE, deliver.LEASE)
log = get_logger("erase")


class Erased(Struct, frozen=True, kw_only=True):
    """What went. `blobs_left`: those that could not be deleted yet. `has_pages`, `has_files`: whether the
    pages and the database's files were written anew. `again`: his rows had gone before; the rest of that
    erasure was done now."""

    submissions: int = 0
    mails: int = 0
    letters: int = 0
    blobs: int = 0
    blobs_left: int = 0
    has_pages: bool = False
    has_files: bool = False
    again: bool = False

    @property
    def is_whole(self) -> bool:
        """Nothing is left to be done."""
        return self.has_pages and self.has_files and not self.blobs_left


class ErasureWaits(StoreError):
    """Something of his is under way; it ends by itself."""

    def __init__(self, under_way: UnderWay) -> None:
        self.under_way = under_way
        super().__init__("erase_under_way", what=_name(under_way))


class Wait(Struct, frozen=True, kw_only=True):
    """How long is waited, and how."""

    seconds: float = PATIENCE
    settle: float = 3.0  # how long a file is here before it is deleted: its row may be on its way
    sleep: Callable[[float], None] = time.sleep

    def attempts(self) -> Iterator[None]:
        """Again and again until the time is over."""
        for _ in range(max(1, round(self.seconds / _PAUSE))):
            yield
            self.sleep(_PAUSE)


def erase(app: App, key: str, wait: Wait | None = None) -> Erased:
    """Everything of whoever has this address goes.

    Raises RedaksiError where nothing is known of him; ErasureWaits, and nothing is gone, while
    something of his is under way; StoreError.
    """
    wait = wait or Wait()
    file = app.config.home / erasures.FILE
    heads: dict[tuple[int, str | None], set[str]] = {}  # read before anybody is kept waiting
    with app.store.read() as tx:
        found = find_belongings(tx, app.blobs, app.spool, key, heads)
        before = erasures.find_erased(tx, read_file(file), found.whose.keys)
    if found.is_empty and not before:
        raise RedaksiError("nobody_known")
    done, gone = Erased(again=found.is_empty), {each for line in before for each in line.blobs}
    if not found.is_empty:
        with _hold_leases(app, wait):
            done, blobs = _erase_rows(app, key, file, heads)
            gone |= blobs
    left = delete_unnamed(app, gone, wait.attempts(), wait.settle)
    _clear_spool(app.spool, found)
    has_pages = any(_write_pages(app) for _ in wait.attempts())
    drop_copies(app.config.home)
    has_files = rewrite_files(app.store, wait.sleep)
    log.info("person.erased", submissions=done.submissions, mails=done.mails, blobs=len(gone))
    return msgspec.structs.replace(
        done, blobs=len(gone) - left, blobs_left=left, has_pages=has_pages, has_files=has_files
    )


def _write_pages(app: App) -> bool:
    """Every page anew; False while somebody else writes them. Raises StoreError."""
    try:
        return queue_site.publish_queue(app, force=True) is not None
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def _erase_rows(
    app: App, key: str, file: Path, heads: dict[tuple[int, str | None], set[str]]
) -> tuple[Erased, set[str]]:
    with app.store.begin() as tx:
        his = his_of(tx, find_belongings(tx, app.blobs, app.spool, key, heads))
        under_way = find_under_way(tx, his)
        if under_way:
            raise ErasureWaits(under_way)
        gone = erase_rows(tx, his, file, app.clock())
    done = Erased(submissions=len(his.submissions), mails=len(his.mails), letters=len(his.letters))
    return done, gone


@contextmanager
def _hold_leases(app: App, wait: Wait) -> Iterator[None]:
    """Nobody sends letters or publishes meanwhile; who does is waited for. Raises StoreError."""
    with ExitStack() as held:
        for name in _LEASES:
            held.callback(_release, app, name, _acquire(app, name, wait))
        yield


def _release(app: App, name: str, token: int) -> None:
    with app.store.begin() as tx:
        leases.release(tx, name, token)


def _acquire(app: App, name: str, wait: Wait) -> int:
    for _ in wait.attempts():
        with app.store.begin() as tx:
            token = leases.acquire(tx, name, app.name)
        if token is not None:
            return token
    raise StoreError("erase_busy", name=name)


def _clear_spool(spool: Path, found: Belongings) -> None:
    """Headers of mails that were never downloaded, and downloads that were cut off. A download that is
    under way begins anew: the server still has the mail."""
    paths = [path for path in spool.glob("*") if path.is_file()] if spool.is_dir() else []
    for path in paths:
        with suppress(FileNotFoundError), path.open("rb") as stream:
            senders = {address_key(each) for each in find_senders(stream.read(MOST_HEADER))}
            if senders & found.whose.keys:
                path.unlink()


def _name(under_way: UnderWay) -> str:
    named = [*under_way.submissions, *(f"#{mail_id}" for mail_id in under_way.mails)]
    return ", ".join([*named, *(f"letter {letter_id}" for letter_id in under_way.letters)])
