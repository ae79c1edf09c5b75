"""Who must look, as the store keeps it with every event, is what the whole history says."""

import os
from datetime import datetime, timedelta
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from desk.store import Store, Transaction, attention, events
from desk.store.publications import undoing
from desk.store.submissions import review_queue, submission_rows
from desk.store.tables import Attention, Mail, Submission
from redaksi.states import TRANSITIONS, Actor, Event, State
from tests.contract.conftest import NOW

EXAMPLES = 2_000 if os.environ.get("REDAKSI_DRILL") else 40
SAID = ("message", "bounced", "letter unwritable", "letter sent", "resent", "letter draft")
KNOWN: dict[int, dict[str, Any]] = {}  # how it was before its last decision
STEPS = st.lists(st.tuples(st.integers(0, 200), st.booleans()), min_size=1, max_size=14)


def add(tx: Transaction, number: int, state: State = "received") -> int:
    """A submission of a mail, with nothing in it."""
    mail = Mail(
        mailbox_id="warta", source="mail", source_text="", identity=f"m{number}", size=1,
        received_at=NOW,
    )  # fmt: skip
    tx.add(mail)
    tx.flush()
    row = Submission(
        number=f"W-2026-{number:04d}", mailbox_id="warta", source="mail", mail_id=mail.id,
        position=0, state=state, received_at=NOW, updated_at=NOW,
    )  # fmt: skip
    tx.add(row)
    tx.flush()
    return row.id


def happen(tx: Transaction, submission_id: int, choice: int, flag: bool, at: datetime) -> None:
    """One of the things that may happen to it as it stands, chosen by a number."""
    state = tx.get_one(Submission, submission_id).state
    moves: list[tuple[Event, Actor]] = [
        (event, row.actors[0]) for (of, event), row in TRANSITIONS.items() if of == state
    ]
    chosen = choice % (len(moves) + len(SAID))
    if chosen >= len(moves):
        what = SAID[chosen - len(moves)]
        told = events.Happened(
            at=at,
            actor="worker",
            what=what,
            submission_id=submission_id,
            facts={"hard": flag, "asks": flag, "waiting": int(flag)},
        )
        events.record(tx, told)
        return
    event, actor = moves[chosen]
    if event == "undo":
        take_back(tx, submission_id, at)
        return
    facts = {"candidates": ["W-2026-0001"], "follows": "W-2026-0002"} if flag else {}
    if actor == "editor":
        KNOWN[submission_id] = undoing.look_before(tx, submission_id)
    told = events.Happened(at=at, actor=actor, what=event, facts=facts)
    submission_rows.move(tx, submission_id, event, actor, told)


def take_back(tx: Transaction, submission_id: int, at: datetime) -> None:
    """What was decided last is taken back; where nothing was, what stands stays."""
    happened = events.Happened(at=at, actor="editor", what="undo")
    undoing.restore(
        tx,
        submission_id,
        KNOWN.get(submission_id, {}) or undoing.look_before(tx, submission_id),
        happened,
    )


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_what_stands_is_what_the_history_says(store: Store, steps: list[tuple[int, bool]]) -> None:
    with store.begin() as tx:
        count = len(list(tx.scalars(select(Submission.id))))
        one = add(tx, count + 1)
        KNOWN.clear()
        for minute, (choice, flag) in enumerate(steps):
            happen(tx, one, choice, flag, NOW + timedelta(minutes=minute))
        assert attention.differing(tx, submission_id=one) == []


def test_a_flag_that_nobody_raised_is_found(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx, 1, "published")
        tx.add(Attention(submission_id=one, flag="message", since=NOW, event_id=1))
    with store.read() as tx:
        assert attention.differing(tx) == ["W-2026-0001"]


def test_a_call_that_never_began_is_found(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx, 1)
        told = events.Happened(at=NOW, actor="worker", what="review")
        submission_rows.move(tx, one, "review", "validator", told)
        tx.execute(update(Submission).values(attention_since=None))
    with store.read() as tx:
        assert attention.differing(tx) == ["W-2026-0001"]


def test_the_queue_reads_what_stands(store: Store) -> None:
    with store.begin() as tx:
        one = add(tx, 1, "published")
        for what in ("message", "letter unwritable"):
            told = events.Happened(at=NOW, actor="worker", what=what, submission_id=one)
            events.record(tx, told)
    with store.read() as tx:
        (row,) = review_queue.queue_rows(tx)
    assert set(row.attention.flags) == {"message", "unwritten"}
    assert row.attention.since == NOW


def test_every_state_has_a_transition_to_draw_from() -> None:
    reached = {state for state, _ in TRANSITIONS}
    assert set(get_args(State)) == reached
