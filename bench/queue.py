"""The queue at 2,000 and 20,000 submissions, on SQLite and PostgreSQL: publishing after one event,
the largest page, queries of a view, a tick and a lease with nothing due,
a sender of a thousand submissions."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import msgspec
from sqlalchemy import event, insert, select, text, update

from desk.app import App, open_app
from desk.jobs.job_queue import EXAMINE
from desk.presentation import queue_site
from desk.presentation.queue_site import publish_queue
from desk.store import Store, events
from desk.store.inbound.own_mailboxes import OwnMailbox, remember
from desk.store.jobs import job_rows
from desk.store.submissions import threads
from desk.store.submissions.queue_filter import QueueFilter, counts, queue_page
from desk.store.tables import Job, Submission
from desk.workflow import clock
from redaksi.states import State
from tests import postgres
from tests.filler import fill
from tests.postoffice import configuration

SIZES, PROLIFIC, ROUNDS = (2_000, 20_000), 1_000, 8
NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
STATES: tuple[State, ...] = ("review", "published", "revising", "scheduled")
Row = tuple[str, float, str]


def rows() -> Iterator[Row]:
    """The table's rows."""
    for size in SIZES:
        yield from _measured("sqlite", size, "")
    programs = postgres.binaries()
    if programs is None:
        return
    with postgres.cluster(programs) as cluster:
        for size in SIZES:
            yield from _measured("postgresql", size, cluster.url(cluster.create()))


def _measured(kind: str, size: int, url: str) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as home, _filled(Path(home), size, url) as app:
        about = f"{kind} {size:,}"
        with mock.patch.object(queue_site, "_page_of", return_value=None):
            publish_queue(app)  # the views; a submission's page is written when it changes
        cpu = [_publish_after_event(app, i) for i in range(ROUNDS)]
        yield f"publish after one event, CPU ms, {about}", statistics.median(cpu), "<= 150"
        yield f"the same, the slowest of {ROUNDS}, {about}", max(cpu), "<= 150"
        pages = [*app.config.queue_folder.rglob("*.html")]
        largest = max(page.stat().st_size for page in pages) / 1_000
        yield f"largest page, KB, {about}", largest, "<= 100"
        yield f"queries of a view's page with counts, {about}", _queries_of_a_page(app), "equal"
        yield from _tick(app, about)
        yield f"leasing with nothing due, median ms, {about}", _idle_lease(app, size), "<= 2"
        with app.store.read() as tx, _counting(app.store) as seen:
            found = threads.known_to(tx, "sender@filler.example", [], NOW)
        yield f"queries for a sender of {len(found):,}, {about}", len(seen), "<= 15"


@contextmanager
def _filled(home: Path, size: int, url: str) -> Iterator[App]:
    config = configuration(home)
    if url:
        config = msgspec.structs.replace(
            config, storage=msgspec.structs.replace(config.storage, database=url)
        )
    with open_app(config, clock=lambda: NOW, environment={"P": ""}) as app:
        with app.store.begin() as tx:
            own = OwnMailbox(id="warta", address="redaksi@warta.example", folders=("INBOX",))
            remember(tx, own, NOW)
        fill(app.store, size, NOW, prolific=min(PROLIFIC, size // 2))
        with app.store.begin() as tx:  # nothing is due: what is scheduled has its day ahead
            later = NOW + timedelta(days=30)
            tx.execute(
                update(Submission).where(Submission.state == "scheduled").values(publish_at=later)
            )
        yield app


def _publish_after_event(app: App, turn: int) -> float:
    """CPU milliseconds, in a process that has published before."""
    with app.store.begin() as tx:
        of_a_kind = select(Submission.id).where(Submission.state == STATES[turn % len(STATES)])
        one = tx.scalars(of_a_kind.order_by(Submission.id).offset(turn)).first()
        told = events.Happened(at=NOW, actor="bench", what="resent", submission_id=one)
        events.record(tx, told)
    begun = time.process_time()
    publish_queue(app)
    return (time.process_time() - begun) * 1_000


def _queries_of_a_page(app: App) -> int:
    with app.store.read() as tx, _counting(app.store) as seen:
        counts(tx)
        assert len(queue_page(tx, QueueFilter(view="active")).rows) == 50
    return len(seen)


def _tick(app: App, about: str) -> Iterator[Row]:
    written = 0
    begin = Store.begin

    def counting(store: Store) -> object:
        nonlocal written
        written += 1
        return begin(store)

    with mock.patch.object(Store, "begin", counting):
        begun = time.perf_counter()
        clock.tick(app)
        took = (time.perf_counter() - begun) * 1_000
    yield f"write transactions of a tick with nothing due, {about}", written, "0"
    yield f"that tick, ms, {about}", took, "<= 50"


def _idle_lease(app: App, done: int) -> float:
    """Milliseconds of a look for work beside so many jobs that are done."""
    with app.store.begin() as tx:
        row = {
            "kind": EXAMINE,
            "state": "done",
            "payload": {},
            "not_before": NOW,
            "created_at": NOW,
        }
        tx.execute(insert(Job), [{**row, "key": f"done-{n}"} for n in range(done)])
    with app.store.begin() as tx:
        tx.execute(text("ANALYZE"))
    took = []
    for _ in range(50):
        begun = time.perf_counter()
        with app.store.read() as tx:
            assert not job_rows.is_due(tx, [EXAMINE], NOW)
        took.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(took)


@contextmanager
def _counting(store: Store) -> Iterator[list[str]]:
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", see)
