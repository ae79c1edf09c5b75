"""The desk at 20,000 submissions (70 % published, real findings and photos), on SQLite and
PostgreSQL: the server's time for the queue, a search and a submission, through the real server."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from desk.app import App
from desk.workflow.reading import index_old
from tests import postgres
from tests.desk_web import add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import bench

SIZE, ASKED = 20_000, 60
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
BUDGET = "<= 50"  # milliseconds, p95
PAGES = {
    "queue": "/antrean",
    "queue, all that is active": "/antrean?tampilan=aktif",
    "archive": "/arsip",
    "search, a common word": "/cari?q=warga",
    "search, two words": "/cari?q=warga+foto",
    "search, a word nobody wrote": "/cari?q=zzyzx",
    "submission": "/kiriman/W-2026-19990",
}
Row = tuple[str, float, str]


def rows() -> Iterator[Row]:
    """The table's rows."""
    yield from _measured("sqlite", "")
    programs = postgres.binaries()
    if programs is None:
        return
    with postgres.cluster(programs) as cluster:
        yield from _measured("postgresql", cluster.url(cluster.create()))


def _measured(kind: str, url: str) -> Iterator[Row]:
    with _filled(url) as app, served(app) as base:
        browser = signed_in(base, "nina@example.org")
        for name, path in PAGES.items():
            took = []
            for _ in range(ASKED):
                begun = time.perf_counter()
                page = browser.get(path)
                took.append((time.perf_counter() - begun) * 1_000)
                assert page.status == 200, (path, page.status)
            p95 = statistics.quantiles(took, n=20)[-1]
            yield f"{name}, p95 ms, {kind}", p95, BUDGET
            yield f"{name}, median ms, {kind}", statistics.median(took), ""


@contextmanager
def _filled(url: str) -> Iterator[App]:
    with tempfile.TemporaryDirectory() as home, bench(Path(home), NOW, url) as on:
        fill(on.app.store, SIZE, NOW)
        with on.app.store.begin() as tx:
            tx.execute(
                text(
                    "INSERT INTO submission_search (submission_id, words, is_stale)"
                    " SELECT id, '', true FROM submission"
                )
            )
        _index(on.app)
        add_account(on.app, "nina@example.org")
        yield on.app


def _index(app: App) -> None:
    while True:
        with app.store.read() as tx:
            batches = index_old.due(tx, app)
        if not batches:
            break
        for batch in batches:
            index_old.index_some(app, batch)
    with app.store.begin() as tx:
        tx.execute(text("ANALYZE"))
