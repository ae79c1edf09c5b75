"""The outbox: composed once, sent once, nothing guessed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec import structs
from sqlalchemy import select

from desk.store import Store
from desk.store.outbound import outbox, outbox_queries
from desk.store.outbound.letters import Letter, Stored
from desk.store.tables import Event
from redaksi.errors import IllegalMove
from redaksi.reasons import ReasonCode, explain

At = Callable[[float], datetime]


def letter(now: datetime, about: str = "try:1", **differs: object) -> Letter:
    plain = Letter(
        kind="revise",
        language="id",
        mailbox="warta",
        to="Ani@Example.ID",
        message_id=f"<redaksi-{about}@w.example>",
        key_id="k1",
        subject="Re: Kiriman",
        text="Halo",
        content=b"From: \r\n",
        at=now,
        idempotency_key=f"{about}:revise",
    )
    return structs.replace(plain, **differs)


def queue(store: Store, told: Letter) -> int:
    with store.begin() as tx:
        made = outbox.enqueue(tx, told)
    assert made is not None
    return made


def begin(store: Store, letter_id: int, now: datetime) -> None:
    with store.begin() as tx:
        outbox.begin_sending(tx, letter_id, now)


def due(store: Store, now: datetime) -> list[int]:
    """Ids of the letters that may leave now."""
    with store.read() as tx:
        return [one.id for one in outbox_queries.waiting(tx, now) if not one.held]


def got(store: Store, letter_id: int) -> Stored:
    with store.read() as tx:
        found = outbox.get(tx, letter_id)
    assert found is not None
    return found


def told(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as tx:
        return [
            (row.what, row.actor, row.reason)
            for row in tx.scalars(select(Event).order_by(Event.id))
        ]


def state(store: Store, letter_id: int) -> str:
    return got(store, letter_id).state


def test_what_was_composed_is_what_is_sent_byte_for_byte(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    assert due(store, at(0)) == [one]
    with store.begin() as tx:
        sending, content = outbox.begin_sending(tx, one, at(0)), outbox.content(tx, one)
    assert (content, sending.to) == (b"From: \r\n", "Ani@Example.ID")


def test_a_second_letter_on_the_same_occasion_is_refused(store: Store, at: At) -> None:
    queue(store, letter(at(0)))
    with store.begin() as tx:
        assert outbox.enqueue(tx, letter(at(1), message_id="<other@w.example>")) is None


def test_a_message_id_is_used_once(store: Store, at: At) -> None:
    queue(store, letter(at(0)))
    with store.begin() as tx:
        assert outbox.enqueue(tx, letter(at(1), idempotency_key="try:2:revise")) is None


def test_a_letter_about_nothing_is_refused(store: Store, at: At) -> None:
    with pytest.raises(ValueError, match="belongs to"), store.begin() as tx:
        outbox.enqueue(tx, letter(at(0), idempotency_key=""))


def test_a_letter_is_not_due_before_its_time(store: Store, at: At) -> None:
    one = queue(store, letter(at(0), not_before=at(1)))
    assert due(store, at(0.9)) == []
    assert due(store, at(1)) == [one]


def test_a_letter_that_is_being_sent_is_not_due_and_is_in_doubt(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    assert due(store, at(60)) == []
    with store.read() as tx:
        assert [(each.id, each.attempts) for each in outbox.in_doubt(tx, at(1))] == [(one, 1)]


def test_nobody_else_can_begin_what_is_being_sent(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with pytest.raises(IllegalMove):
        begin(store, one, at(1))


@pytest.mark.parametrize("first", ["draft", "held"])
def test_what_waits_for_an_editor_goes_when_it_is_released(
    store: Store, at: At, first: outbox.LetterState
) -> None:
    one = queue(store, letter(at(0), state=first, reason=explain(ReasonCode.DMARC_UNSURE)))
    assert due(store, at(60)) == []
    with store.read() as tx:
        assert [each.reason for each in outbox.drafts(tx)] == [explain(ReasonCode.DMARC_UNSURE)]
    with store.begin() as tx:
        outbox.release(tx, one, at(61), "editor:Nina")
    assert due(store, at(61)) == [one]
    assert not got(store, one).automatic
    assert told(store)[-1] == ("letter released", "editor:Nina", "")


def test_a_dropped_letter_never_goes(store: Store, at: At) -> None:
    one = queue(store, letter(at(0), state="draft"))
    with store.begin() as tx:
        outbox.drop(tx, one, at(1))
    with pytest.raises(IllegalMove), store.begin() as tx:
        outbox.release(tx, one, at(2))


def test_a_sent_letter_can_be_neither_dropped_nor_sent_again(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.mark_sent(tx, one, at(1))
    for act in (outbox.drop, outbox.release, outbox.mark_sent):
        with pytest.raises(IllegalMove), store.begin() as tx:
            act(tx, one, at(2))


def test_a_deferred_letter_is_due_again_later(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.defer(tx, one, at(2), at(10), "451 greylisted")
    assert due(store, at(9)) == []
    assert due(store, at(10)) == [one]
    assert (got(store, one).last_error, got(store, one).deferred_at) == ("451 greylisted", at(2))


def test_the_two_days_begin_anew_when_the_relay_was_not_there(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    for minute, move in enumerate((outbox.defer, outbox.defer, outbox.put_back)):
        begin(store, one, at(minute))
        with store.begin() as tx:
            move(tx, one, at(minute), at(minute), "451")
        assert got(store, one).deferred_at == (at(0) if move is outbox.defer else None)


def test_every_move_is_in_the_history_with_its_reason(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.defer(tx, one, at(1), at(2), "451 greylisted")
        outbox.hold(tx, one, at(2), explain(ReasonCode.HOUR_LIMIT))
        outbox.resume(tx, one, at(3), explain(ReasonCode.LIMIT_PASSED))
        outbox.begin_sending(tx, one, at(3))
        outbox.mark_sent(tx, one, at(3), "250 queued as 4C1")
    assert told(store) == [
        ("letter queued", "worker", ""),
        ("letter sending", "worker", ""),
        ("letter deferred", "worker", "451 greylisted"),
        ("letter held", "worker", "hour_limit"),
        ("letter queued", "worker", "limit_passed"),
        ("letter sending", "worker", ""),
        ("letter sent", "worker", "250 queued as 4C1"),
    ]


def test_a_doubtful_letter_waits_for_an_editor(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.mark_unknown(tx, one, at(2), "cut after DATA")
    assert state(store, one) == "unknown"
    assert due(store, at(60)) == []
    with store.read() as tx:
        assert [each.id for each in outbox.drafts(tx)] == [one]


def test_a_refused_letter_waits_for_an_editor_too_and_says_why(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.mark_failed(tx, one, at(2), "550 no such user")
    with store.read() as tx:
        assert [(each.id, each.last_error) for each in outbox.drafts(tx)] == [
            (one, "550 no such user")
        ]
        assert outbox_queries.count_drafts(tx) == 1
    assert told(store)[-1] == ("letter failed", "worker", "550 no such user")


def test_a_reply_finds_the_letter_it_answers(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    with store.read() as tx:
        found = outbox.by_message_id(tx, ("<stranger@x>", "<redaksi-try:1@w.example>"))
        assert found is not None
        assert found.id == one
        assert outbox.by_message_id(tx, ("<stranger@x>",)) is None
        assert outbox.by_message_id(tx, ()) is None
