"""Retention by a fake clock: untouched a day before, gone on the day; on both databases."""

import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import event, select

from desk.app import App
from desk.app import now as app_now
from desk.blobs.local import LocalBlobs
from desk.store import Store, attention, derivatives
from desk.store.derivatives import Made
from desk.store.editors import form_drafts
from desk.store.events import Happened, record
from desk.store.jobs import leases, processes
from desk.store.retention import last_purge
from desk.store.tables import (
    Derivative,
    Document,
    Mail,
    Outbox,
    Photo,
    Process,
    Publication,
    Submission,
)
from desk.workflow.retention.purge import Purged, empty_if_due, purge, purge_if_due
from desk.workflow.retention.sweep import Swept
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
    if clock.now - SETTLED >= form_drafts.KEPT:  # a form's draft goes by its own age
        touched.add("decision_draft")
    assert {name for name in before if before[name] != after[name]} <= touched
    clock.now += timedelta(days=1)
    assert purge(app) is not None
    assert _is_gone(app, submission) == (state in FINAL)


def test_what_was_settled_early_in_the_day_goes_no_sooner(app: App, clock: Clock) -> None:
    submission = _settle(app, "declined", at=datetime(2026, 11, 29, 17, 1, tzinfo=UTC))  # 00:01
    clock.now = datetime(2026, 11, 30, 20, 0, tzinfo=UTC) + timedelta(days=DAYS["declined"] - 2)
    assert purge(app) is not None
    assert not _is_gone(app, submission)
    clock.now += timedelta(days=1)
    assert purge(app) is not None
    assert _is_gone(app, submission)


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


@pytest.mark.parametrize("letter", ["draft", "queued", "held", "sending", "unknown"])
def test_a_letter_under_way_keeps_it(app: App, clock: Clock, letter: str) -> None:
    submission = _settle(app, "declined")
    with app.store.begin() as tx:
        tx.scalars(select(Outbox).where(Outbox.submission_id == submission)).one().state = letter  # type: ignore[assignment]
    clock.now += timedelta(days=2000)
    assert purge(app) == Purged()
    with app.store.begin() as tx:
        tx.scalars(select(Outbox).where(Outbox.submission_id == submission)).one().state = "sent"
    assert purge(app) == Purged(submissions=1)


def test_a_day_that_a_letter_named_is_kept_whatever_is_configured_since(
    app: App, clock: Clock
) -> None:
    submission = _settle(app, "withdrawn")
    with app.store.begin() as tx:
        letter = tx.scalars(select(Outbox).where(Outbox.submission_id == submission)).one()
        letter.kept_until = "2027-01-15"
    config = structs.replace(app.config, retention=Retention(withdrawn=timedelta(days=1)))
    hasty = structs.replace(app, config=config)
    clock.now = datetime(2027, 1, 14, 16, 59, tzinfo=UTC)  # until its last minute
    assert purge(hasty) == Purged()
    clock.now += timedelta(minutes=1)
    assert purge(hasty) == Purged(submissions=1)


def test_the_night_after_the_first_look_and_once_a_night(app: App, clock: Clock) -> None:
    submission = _settle(app, "withdrawn")
    clock.now = datetime(2027, 6, 1, 12, 0, tzinfo=UTC)
    assert purge_if_due(app) == 0 and not _is_gone(app, submission)  # the first look
    clock.now = datetime(2027, 6, 1, 19, 59, tzinfo=UTC)  # 02:59 at Jakarta
    assert purge_if_due(app) == 0
    clock.now += timedelta(minutes=1)
    assert purge_if_due(app) == 1 and _is_gone(app, submission)
    with app.store.read() as tx:
        assert last_purge.ended_at(tx) == clock.now
    clock.now += timedelta(minutes=1)
    with app.store.read() as tx:
        before = rows(tx)
    assert purge_if_due(app) == 0
    with app.store.read() as tx:
        assert rows(tx) == before


def test_somebody_who_stops_leaves_the_rest_for_the_next_night(app: App, clock: Clock) -> None:
    ids = [_settle(app, "withdrawn", uid) for uid in (1, 2, 3)]
    clock.now += timedelta(days=100)
    answers = iter((False, True))
    assert purge(app, stop=lambda: next(answers)) == Purged(submissions=1)
    assert [_is_gone(app, each) for each in ids] == [True, False, False]
    with app.store.read() as tx:
        assert last_purge.ended_at(tx) is None  # it is begun anew
    assert purge(app) == Purged(submissions=2)


def test_whoever_is_second_does_nothing(app: App, clock: Clock) -> None:
    submission = _settle(app, "withdrawn")
    clock.now += timedelta(days=100)
    with app.store.begin() as tx:
        now = processes.database_now(tx)
        tx.add(Process(id="other", roles=["all"], started_at=now, heartbeat_at=now))
        tx.flush()
        leases.acquire(tx, "purge", "other")
    assert purge(app) is None
    assert not _is_gone(app, submission)


def test_killed_at_any_statement_it_is_whole_or_untouched(app: App, clock: Clock) -> None:
    """Statement N fails, for every N, until none does."""
    submission = _settle(app, "published")
    clock.now += timedelta(days=500)
    with app.store.read() as tx:
        before = rows(tx)
    failed = 0
    while not _is_gone(app, submission):
        with suppress(Killed), killing(app.store, failed), app.store.begin() as tx:
            empty_if_due(tx, app, submission, "clock")
        if not _is_gone(app, submission):
            with app.store.read() as tx:
                assert rows(tx) == before
        failed += 1
    assert failed > 40
    with app.store.read() as tx:
        assert attention.differing(tx) == []


class Killed(Exception):
    """What the test raises in the middle."""


@contextmanager
def killing(store: Store, at: int) -> Iterator[None]:
    """The statement that so many came before raises Killed."""
    left = itertools.count()

    def fail(*_: object) -> None:
        if threading.current_thread().name != "heartbeat" and next(left) == at:
            raise Killed

    event.listen(store.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(store.engine, "before_cursor_execute", fail)


def test_blobs_that_nothing_names_go_after_a_day(app: App, clock: Clock) -> None:
    """Its own go; what a living submission has too stays; so does what was put within the day."""
    names = {name: app.blobs.put(name.encode()) for name in ("mail", "file", "shared", "small")}
    mine, other = _settle(app, "withdrawn"), _settle(app, "review", 2)
    with app.store.begin() as tx:
        first, second = tx.scalars(select(Mail).order_by(Mail.id))
        first.blob, second.blob = names["mail"], app.blobs.put(b"other")
        photos = tx.scalars(select(Photo).order_by(Photo.id)).all()
        photos[0].sha256 = photos[1].sha256 = names["shared"]
        tx.scalars(select(Document).order_by(Document.id)).all()[0].sha256 = names["file"]
        made = Made(original=names["file"], role="jpeg", sha256=names["small"], size=5, mail_id=1)
        derivatives.record(tx, made, SETTLED)
    clock.now = app_now() + timedelta(days=100)
    fresh = app.blobs.put(b"a mail of this minute")
    os.utime(app.blobs.local_path(fresh), (clock.now.timestamp(),) * 2)
    purged = purge(app)
    assert purged is not None and purged.swept == Swept(blobs=3, size=len(b"mailfilesmall"))
    assert _is_gone(app, mine) and not _is_gone(app, other)
    assert set(app.blobs.iterate()) == {names["shared"], fresh, sha256(b"other").hexdigest()}
    with app.store.read() as tx:
        assert list(tx.scalars(select(Derivative.id))) == []


moments = st.integers(min_value=0, max_value=500)
histories = st.lists(
    st.tuples(st.sampled_from(STATES), moments, st.sampled_from(["sent", "draft", "dropped"])),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(histories=histories, when=st.lists(moments, min_size=1, max_size=4))
def test_nothing_living_is_ever_emptied(
    app: App, clock: Clock, histories: list[tuple[State, int, str]], when: list[int]
) -> None:
    """Random submissions, a night of purging on random days: what is told by the rows alone."""
    offset = next(_UIDS) * 100
    ids = {}
    for place, (state, day, letter) in enumerate(histories):
        at = SETTLED + timedelta(days=day)
        ids[_settle(app, state, offset + place, at)] = (state, at, letter)
    with app.store.begin() as tx:
        for submission, (_, _, letter) in ids.items():
            tx.scalars(
                select(Outbox).where(Outbox.submission_id == submission)
            ).one().state = letter  # type: ignore[assignment]
    for day in sorted(when):
        clock.now = SETTLED + timedelta(days=day, hours=4)
        purge(app)
        for submission, (state, at, letter) in ids.items():
            over = (clock.now - at).days + 1 >= DAYS.get(state, 10**6)  # it is past midnight
            assert _is_gone(app, submission) == (over and letter != "draft"), (state, day)


_UIDS = itertools.count(1)
