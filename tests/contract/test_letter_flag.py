"""A submission whose letter waits for an editor calls one, in the transaction that changes the
letter."""

from collections.abc import Callable
from datetime import datetime

import pytest

from desk.store import Store, Transaction, attention
from desk.store.outbound import outbox
from desk.store.outbound.outbox import LetterState
from desk.store.submissions import review_queue
from desk.store.tables import Attention
from redaksi.reasons import ReasonCode, explain
from tests.contract.test_attention import add
from tests.contract.test_outbox import letter

At = Callable[[float], datetime]
Move = Callable[[Transaction, int, datetime], None]
LIMIT = explain(ReasonCode.HOUR_LIMIT)


def written(tx: Transaction, now: datetime, state: LetterState = "queued") -> int:
    about = add(tx, 1, "revising")
    made = outbox.enqueue(tx, letter(now, state=state, submission_id=about))
    assert made is not None
    return made


def flags(tx: Transaction) -> set[str]:
    assert attention.differing(tx) == []
    (row,) = review_queue.queue_rows(tx)
    assert bool(row.attention.since) == bool(row.attention.flags)
    return set(row.attention.flags)


def send(tx: Transaction, one: int, now: datetime) -> None:
    outbox.begin_sending(tx, one, now)


def fail(tx: Transaction, one: int, now: datetime) -> None:
    outbox.mark_failed(tx, one, now, "550 no")


def doubt(tx: Transaction, one: int, now: datetime) -> None:
    send(tx, one, now)
    outbox.mark_unknown(tx, one, now, "cut off")


def hold(tx: Transaction, one: int, now: datetime) -> None:
    outbox.hold(tx, one, now, LIMIT)


def redraft(tx: Transaction, one: int, now: datetime) -> None:
    outbox.redraft(tx, one, now, LIMIT)


@pytest.mark.parametrize(
    ("move", "raised"),
    [(send, set()), (hold, set()), (fail, {"letter"}), (doubt, {"letter"}), (redraft, {"letter"})],
)
def test_what_an_editor_must_see_calls_and_what_leaves_by_itself_does_not(
    store: Store, at: At, move: Move, raised: set[str]
) -> None:
    with store.begin() as tx:
        one = written(tx, at(0))
        assert flags(tx) == set()
        move(tx, one, at(1))
        assert flags(tx) == raised


def test_a_draft_calls_from_the_moment_it_is_written_until_it_is_released(
    store: Store, at: At
) -> None:
    with store.begin() as tx:
        one = written(tx, at(0), "draft")
        assert flags(tx) == {"letter"}
        outbox.release(tx, one, at(1), "editor:Nina")
        assert flags(tx) == set()


def test_two_letters_wait_until_both_are_dropped(store: Store, at: At) -> None:
    with store.begin() as tx:
        first = written(tx, at(0), "draft")
        about = outbox.get(tx, first)
        assert about is not None
        second = outbox.enqueue(
            tx, letter(at(0), "try:2", state="draft", submission_id=about.submission_id)
        )
        assert second is not None
        outbox.drop(tx, first, at(1))
        assert flags(tx) == {"letter"}
        outbox.drop(tx, second, at(2))
        assert flags(tx) == set()
        assert tx.query(Attention).count() == 0
