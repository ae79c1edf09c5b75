"""The desk at 20,000 submissions (70 % published, real findings and photos), on SQLite and
PostgreSQL: milliseconds, processor time and statements of its pages, through the real server; and
the same with six clients while another process files mails."""

import json
import statistics
import subprocess
import sys
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
from tests.contract.test_threads import queries
from tests.desk_web import Browser, add_account, served, signed_in
from tests.filler import fill
from tests.postoffice import bench

SIZE, ASKED = 20_000, 60
PAUSES = (0.5, 0)  # seconds: a hasty editor's, and none, which fills the processors
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
BUDGET, PULSE = "<= 50", "<= 5"  # milliseconds, p95
NEWEST = "/kiriman/W-2026-19990"
PAGES = {
    "queue": "/antrean",
    "queue, all that is active": "/antrean?tampilan=aktif",
    "archive": "/arsip",
    "search, a common word": "/cari?q=warga",
    "search, two words": "/cari?q=warga+foto",
    "search, a word nobody wrote": "/cari?q=zzyzx",
    "submission": NEWEST,
    "submission, opened from a list": f"{NEWEST}?dari=tampilan%3Daktif",
    "submission, an old one": "/kiriman/W-2026-10000",
    "pulse": "/pulse",
    "pulse of a submission": "/pulse?kiriman=W-2026-19990",
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
            yield from _page(app, browser, path, f"{name}, {kind}")
        for pause in PAUSES:
            yield from _crowded(app, browser, kind, pause)


def _page(app: App, browser: Browser, path: str, name: str) -> Iterator[Row]:
    """The processor's time is the server's and, a tenth of it, the browser's."""
    took, worked = [], []
    for _ in range(ASKED):
        begun, busy = time.perf_counter(), time.process_time()
        page = browser.get(path)
        took.append((time.perf_counter() - begun) * 1_000)
        worked.append((time.process_time() - busy) * 1_000)
        assert page.status == 200, (path, page.status)
    yield f"{name}, p95 ms", _p95(took), PULSE if path.startswith("/pulse") else BUDGET
    yield f"{name}, CPU ms", statistics.median(worked), ""
    with queries(app.store) as seen:
        browser.get(path)
    yield f"{name}, statements", len(seen), "as at 1 row"


def _crowded(app: App, browser: Browser, kind: str, pause: float) -> Iterator[Row]:
    """Six clients, each in a process of its own, and one that files."""
    url = app.config.database_url({})
    filing = _begin("bench._filing", url)
    try:
        clients = [
            _begin(
                "bench._client", browser.base, json.dumps(browser.cookies), str(place), str(pause)
            )
            for place in range(6)
        ]
        answers = [json.loads(client.communicate()[0]) for client in clients]
    finally:
        filed = filing.communicate()[0]
    pages = [took for answer in answers for took in answer["pages"]]
    drafts = [took for answer in answers for took in answer["drafts"]]
    kind = f"{kind}, {pause} s between requests"
    yield f"six clients, a page, p95 ms, {kind}", _p95(pages), "<= 150"
    yield f"six clients, a draft stored, p95 ms, {kind}", _p95(drafts), "<= 200"
    yield f"mails filed meanwhile, {kind}", float(filed), ""


def _begin(module: str, *words: str) -> subprocess.Popen[str]:
    """It ends when its input does."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _p95(took: list[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


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
