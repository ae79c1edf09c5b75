"""Retention by a fake clock: untouched a day before, gone on the day; on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.app import App
from desk.blobs.local import LocalBlobs
from desk.store import Store
from desk.store.events import Happened, record
from desk.store.tables import Publication, Submission
from desk.workflow.retention.purge import Purged, purge
from publisher.letters.proofread import load
from redaksi.config.bounds import Retention
from redaksi.config.schema import Config
from redaksi.config.schema import Mailbox as Box
from redaksi.states import FINAL, STATES, State
from tests.filing import examination, file, judged
from tests.kept import furnish, rows

SETTLED = datetime(2026, 11, 30, 16, 59, tzinfo=UTC)  # a minute before midnight at Jakarta
DAYS = {state: span.days for state, span in Retention().periods().items()}


class Clock:
    """The time that the test says."""

    def __init__(self) -> None:
        self.now = SETTLED

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(store: Store, tmp_path: Path, clock: Clock) -> Iterator[App]:
    """An office on either database, its blobs in a folder."""
    box = Box(id="warta", host="127.0.0.1", user="redaksi@warta.example")
    yield App(
        config=Config(mailbox=(box,), data_dir=str(tmp_path)),
        store=store,
        blobs=LocalBlobs(tmp_path / "blobs"),
        templates=load(None),
        clock=clock,
        name="purger",
        environment={},
    )


def _settle(app: App, state: State, uid: int = 1, at: datetime = SETTLED) -> int:
    """A submission that came into this state then, with everything there may be about one."""
    (filed,) = file(app.store, at, examination(judged()), uid=uid).submissions
    with app.store.begin() as tx:
        furnish(tx, filed.id, at, state, "kenari")
        moved = {"from": "received", "to": state}
        record(
            tx, Happened(at=at, actor="editor", what="note", submission_id=filed.id, facts=moved)
        )
        if state not in ("published", "scheduled"):
            tx.scalars(select(Publication)).all()[-1].state = "down"
    return filed.id


def _is_gone(app: App, submission_id: int) -> bool:
    with app.store.read() as tx:
        return tx.get_one(Submission, submission_id).emptied_at is not None


@pytest.mark.parametrize("state", STATES)
def test_untouched_a_day_before_and_gone_on_the_day(app: App, clock: Clock, state: State) -> None:
    submission = _settle(app, state)
    clock.now = datetime(2026, 11, 30, 20, 0, tzinfo=UTC) + timedelta(days=DAYS.get(state, 500) - 2)
    with app.store.read() as tx:  # 03:00 of the day before at Jakarta
        before = rows(tx)
    assert purge(app) is not None
    with app.store.read() as tx:
        after = rows(tx)
    touched = {"lease", "submission_search"}
    assert {name for name in before if before[name] != after[name]} <= touched
    clock.now += timedelta(days=1)
    assert purge(app) is not None
    assert _is_gone(app, submission) == (state in FINAL)


def test_a_second_run_changes_nothing(app: App, clock: Clock) -> None:
    for uid, state in enumerate(sorted(FINAL), 1):
        _settle(app, state, uid)
    clock.now += timedelta(days=401)
    assert purge(app) == Purged(submissions=len(FINAL))
    with app.store.read() as tx:
        before = rows(tx)
    assert purge(app) == Purged()
    with app.store.read() as tx:
        after = rows(tx)
    assert {name for name in before if before[name] != after[name]} <= {"lease"}
