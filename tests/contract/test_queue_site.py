"""The generated pages: what they show is what the store says, and a look after one event costs as
many queries for a large queue as for a small one."""

import json
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.presentation.queue_site import publish_queue
from desk.store import Transaction, events
from desk.store.submissions import accepted, submission_rows
from desk.store.submissions.queue_filter import QueueFilter, View, counts, queue_page
from desk.store.tables import Event, Submission
from redaksi.errors import IllegalMove
from redaksi.states import Event as EditorEvent
from tests.contract.test_threads import queries
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

MOST = 100_000  # bytes of a page
DECISIONS: tuple[EditorEvent, ...] = ("decline", "note", "reopen", "schedule", "discard", "seen")
FIRST: dict[View, str] = {
    "action": "index.html",
    "waiting": "menunggu.html",
    "scheduled": "terjadwal.html",
    "active": "aktif.html",
}


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    """A redaksi with 300 submissions and its pages."""
    with bench(tmp_path, MONDAY) as ready:
        fill(ready.app.store, 300, MONDAY)
        publish_queue(ready.app)
        yield ready


def numbers_of(folder: Path, name: str) -> list[str]:
    """The submissions of a view, page by page."""
    found: list[str] = []
    while name:
        html = (folder / name).read_text()
        found += re.findall(r'<span class="num">(W-2026-\d+)', html)
        following = re.search(r'<a href="([^"]+)" rel="next">', html)
        name = following[1] if following else ""
    return found


def archived(folder: Path) -> set[str]:
    names = re.findall(r'href="(arsip-[^"]+)"', (folder / "arsip.html").read_text())
    shown = [
        number
        for name in names
        for number in re.findall(r'<span class="num">(W-2026-\d+)', (folder / name).read_text())
    ]
    assert len(shown) == len(set(shown))
    return set(shown)


def told_by(tx: Transaction, view: View) -> list[str]:
    return [row.number for row in queue_page(tx, QueueFilter(view=view, size=10_000)).rows]


def assert_true(on: Bench) -> None:
    """What the pages show is what the store says."""
    folder = on.app.config.queue_folder
    with on.app.store.read() as tx:
        for view, name in FIRST.items():
            assert numbers_of(folder, name) == told_by(tx, view)
        assert archived(folder) == set(told_by(tx, "archive"))
        counted = counts(tx)
        active = told_by(tx, "active")
    index = (folder / "index.html").read_text()
    for number in (counted.action, counted.waiting, counted.scheduled, counted.active):
        assert f'<span class="num">{number}</span>' in index
    queue = json.loads((folder / "queue.json").read_text())
    assert [one["number"] for one in queue["submissions"]] == active


def happen(on: Bench, lot: random.Random, at: datetime) -> None:
    """Something happens to a submission, drawn by lot: a decision, or a word."""
    with on.app.store.begin() as tx:
        one = lot.choice(list(tx.scalars(select(Submission.id))))
        what = lot.choice(DECISIONS)
        if lot.random() < 0.2:
            told = events.Happened(at=at, actor="contributor", what="message", submission_id=one)
            events.record(tx, told)
            return
        try:
            told = events.Happened(at=at, actor="editor", what=what)
            submission_rows.move(tx, one, what, "editor", told)
        except IllegalMove:
            return
        if what == "schedule":
            accepted.accept(tx, one, at + timedelta(days=3))


def pages(folder: Path) -> dict[str, bytes]:
    kept = [*folder.glob("*.html"), *folder.glob("W-*/index.html"), folder / "queue.json"]
    return {str(file.relative_to(folder)): file.read_bytes() for file in kept}


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_the_pages_are_what_a_new_look_at_everything_makes(
    on: Bench, seed: int
) -> None:
    lot = random.Random(seed)
    for turn in range(12):
        on.later(minutes=7)
        for _ in range(lot.randint(1, 8)):
            happen(on, lot, on.now)
        publish_queue(on.app)
        if turn % 4 == 3:
            assert_true(on)
    step_by_step = pages(on.app.config.queue_folder)
    publish_queue(on.app, force=True)
    assert pages(on.app.config.queue_folder) == step_by_step


def test_no_page_is_large(on: Bench) -> None:
    sizes = [len(content) for content in pages(on.app.config.queue_folder).values()]
    assert max(sizes) <= MOST


def test_nothing_that_happened_writes_nothing(on: Bench) -> None:
    assert publish_queue(on.app) is None


def test_one_event_asks_as_much_of_a_large_queue_as_of_a_small_one(
    on: Bench, tmp_path: Path
) -> None:
    numbers = []
    with bench(tmp_path / "small", MONDAY) as small:
        fill(small.app.store, 60, MONDAY)
        publish_queue(small.app)
        for one in (small, on):
            with one.app.store.begin() as tx:
                first = tx.scalars(select(Submission.id).order_by(Submission.id)).first()
                told = events.Happened(
                    at=one.now, actor="contributor", what="resent", submission_id=first
                )
                events.record(tx, told)
            with queries(one.app.store) as seen:
                assert publish_queue(one.app) == 1
            numbers.append(len(seen))
    assert numbers[0] == numbers[1] <= 72  # of them a dozen for the lease and the record


def test_an_event_that_was_committed_out_of_turn_is_seen(on: Bench) -> None:
    with on.app.store.begin() as tx:
        newest = tx.scalars(select(Event.id).order_by(Event.id.desc())).first()
        assert newest is not None
        ids = list(tx.scalars(select(Submission.id).order_by(Submission.id)))[:2]
        tx.add(event_of(newest + 2, ids[0], on.now))
    assert publish_queue(on.app) == 1
    with on.app.store.begin() as tx:
        tx.add(event_of(newest + 1, ids[1], on.now))
        tx.add(event_of(newest + 3, None, on.now))
    assert publish_queue(on.app) == 1


def event_of(number: int, submission_id: int | None, at: datetime) -> Event:
    return Event(id=number, at=at, actor="x", what="resent", submission_id=submission_id, facts={})


def test_what_waits_too_long_is_coloured_when_the_day_comes(on: Bench) -> None:
    folder = on.app.config.queue_folder
    before = (folder / "index.html").read_text().count('class="age late"')
    on.later(days=14)
    publish_queue(on.app)
    assert (folder / "index.html").read_text().count('class="age late"') > before
    assert_true(on)
