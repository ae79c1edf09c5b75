"""The clock looks before it locks: where nothing is due nothing is written."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import select, update

from desk.store import Store
from desk.store.tables import Outbox, Submission
from desk.workflow import clock, reminders
from redaksi.states import WAITS_FOR_CONTRIBUTOR
from tests.contract.test_threads import queries
from tests.filler import fill
from tests.postoffice import MONDAY, Bench, bench

MONTH = timedelta(days=30)


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    """A redaksi with 150 submissions, many of them waiting for weeks for letters nobody sent."""
    with bench(tmp_path, MONDAY) as ready:
        fill(ready.app.store, 150, MONDAY - MONTH)
        ready.now = MONDAY - MONTH + timedelta(days=20)
        with ready.app.store.begin() as tx:  # their day is years ahead
            tx.execute(update(Submission).values(publish_at=MONDAY + 99 * MONTH))
        yield ready


def ask(on: Bench, sent_ago: timedelta) -> int:
    """A letter that asked one of them for something has left; which."""
    with on.app.store.begin() as tx:
        waits = Submission.state.in_(WAITS_FOR_CONTRIBUTOR)
        letters = select(Outbox).join(Submission, Submission.id == Outbox.submission_id)
        letter = tx.scalars(letters.where(waits).order_by(Outbox.id)).first()
        assert letter is not None
        assert letter.submission_id is not None
        letter.kind, letter.state, letter.sent_at = "revise", "sent", on.now - sent_ago
        return letter.submission_id


def test_a_tick_with_nothing_due_writes_nothing(on: Bench) -> None:
    with mock.patch.object(Store, "begin", side_effect=AssertionError("a write transaction")):
        assert clock.tick(on.app) == 0


def test_a_tick_with_nothing_due_asks_as_much_of_few_as_of_many(on: Bench) -> None:
    with queries(on.app.store) as seen:
        clock.tick(on.app)
    before = len(seen)
    with on.app.store.begin() as tx:
        half = select(Submission.id).where(Submission.id % 2 == 0)
        tx.execute(update(Submission).where(Submission.id.in_(half)).values(state="published"))
    with queries(on.app.store) as seen:
        clock.tick(on.app)
    assert len(seen) == before <= 5


def test_of_all_that_wait_only_the_one_that_was_asked_is_reminded(on: Bench) -> None:
    one = ask(on, timedelta(days=15))
    with on.app.store.read() as tx:
        assert reminders.due(tx, on.app) == [one]
    assert clock.tick(on.app) == 1
    with mock.patch.object(Store, "begin", side_effect=AssertionError("a write transaction")):
        assert clock.tick(on.app) == 0


def test_a_letter_that_left_lately_makes_nothing_due(on: Bench) -> None:
    ask(on, timedelta(days=13))
    with on.app.store.read() as tx:
        assert reminders.due(tx, on.app) == []


def test_a_reminder_nobody_sent_makes_nothing_due(on: Bench) -> None:
    ask(on, timedelta(days=15))
    on.reply(mode="draft")
    assert clock.tick(on.app) == 1
    on.now += 3 * MONTH
    with mock.patch.object(Store, "begin", side_effect=AssertionError("a write transaction")):
        assert clock.tick(on.app) == 0
