"""The outbox: composed once, sent once, nothing guessed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from msgspec import structs

from desk.store import Store, outbox
from desk.store.outbox import Letter
from redaksi.errors import IllegalMove

At = Callable[[float], datetime]


def letter(now: datetime, about: str = "try:1", **differs: object) -> Letter:
    plain = Letter(
        kind="revise", language="id", mailbox="warta", to="Ani@Example.ID", message_id=f"<redaksi-{about}@w.example>",
        key_id="k1", subject="Re: Kiriman", text="Halo", content=b"From: \r\n", at=now, once=f"{about}:revise",
    )  # fmt: skip
    return structs.replace(plain, **differs)


def queue(store: Store, told: Letter) -> int:
    with store.begin() as tx:
        made = outbox.enqueue(tx, told)
    assert made is not None
    return made


def begin(store: Store, letter_id: int, now: datetime) -> None:
    with store.begin() as tx:
        outbox.begin_sending(tx, letter_id, now)


def state(store: Store, letter_id: int) -> str:
    with store.read() as tx:
        found = outbox.get(tx, letter_id)
    assert found is not None
    return found.state


def test_what_was_composed_is_what_is_due_byte_for_byte(store: Store, at: At) -> None:
    queue(store, letter(at(0)))
    with store.read() as tx:
        due = outbox.due(tx, at(0))
    assert [(one.content, one.to) for one in due] == [(b"From: \r\n", "ani@example.id")]


def test_a_second_letter_on_the_same_occasion_is_refused(store: Store, at: At) -> None:
    queue(store, letter(at(0)))
    with store.begin() as tx:
        assert outbox.enqueue(tx, letter(at(1), message_id="<other@w.example>")) is None


def test_a_message_id_is_used_once(store: Store, at: At) -> None:
    queue(store, letter(at(0)))
    with store.begin() as tx:
        assert outbox.enqueue(tx, letter(at(1), once="try:2:revise")) is None


def test_a_letter_about_nothing_is_refused(store: Store, at: At) -> None:
    with pytest.raises(ValueError, match="belongs to"), store.begin() as tx:
        outbox.enqueue(tx, letter(at(0), once=""))


def test_a_letter_is_not_due_before_its_time(store: Store, at: At) -> None:
    queue(store, letter(at(0), not_before=at(1)))
    with store.read() as tx:
        assert outbox.due(tx, at(0.9)) == []
        assert len(outbox.due(tx, at(1))) == 1


def test_a_letter_that_is_being_sent_is_not_due_and_is_in_doubt(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.read() as tx:
        assert outbox.due(tx, at(60)) == []
        assert [(each.id, each.attempts) for each in outbox.in_doubt(tx)] == [(one, 1)]


def test_nobody_else_can_begin_what_is_being_sent(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with pytest.raises(IllegalMove):
        begin(store, one, at(1))


@pytest.mark.parametrize("first", ["draft", "held"])
def test_what_waits_for_an_editor_goes_when_it_is_released(
    store: Store, at: At, first: outbox.LetterState
) -> None:
    one = queue(store, letter(at(0), state=first, why="row 10"))
    with store.read() as tx:
        assert outbox.due(tx, at(60)) == []
        assert [each.why for each in outbox.drafts(tx)] == ["row 10"]
    with store.begin() as tx:
        outbox.release(tx, one, at(61))
    with store.read() as tx:
        assert len(outbox.due(tx, at(61))) == 1


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
        outbox.sent(tx, one, at(1))
    for act in (outbox.drop, outbox.release, outbox.sent):
        with pytest.raises(IllegalMove), store.begin() as tx:
            act(tx, one, at(2))


def test_a_deferred_letter_is_due_again_later(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.retry_at(tx, one, at(10), "451 greylisted")
    with store.read() as tx:
        assert outbox.due(tx, at(9)) == []
        assert [each.last_error for each in outbox.due(tx, at(10))] == ["451 greylisted"]


def test_a_doubtful_letter_waits_for_an_editor(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    begin(store, one, at(1))
    with store.begin() as tx:
        outbox.unknown(tx, one, at(2), "cut after DATA")
    assert state(store, one) == "unknown"
    with store.read() as tx:
        assert [each.id for each in outbox.drafts(tx)] == [one]
        assert outbox.due(tx, at(60)) == []


def test_letters_to_an_address_are_counted_unless_they_cannot_have_arrived(store: Store, at: At) -> None:
    for number, kept in enumerate(("queued", "draft", "held")):
        queue(store, letter(at(0), f"try:{number}", state=kept))
    failed = queue(store, letter(at(0), "try:9"))
    with store.begin() as tx:
        outbox.failed(tx, failed, at(1), "550 no such user")
        assert outbox.count_to(tx, "ANI@example.id", at(0) - timedelta(days=1)) == 1
        assert outbox.count_to(tx, "ANI@example.id", at(1)) == 0
        assert outbox.count_to(tx, "budi@example.id", at(-1)) == 0
        assert outbox.counts(tx) == {"queued": 1, "draft": 1, "held": 1, "failed": 1}


def test_a_reply_finds_the_letter_it_answers(store: Store, at: At) -> None:
    one = queue(store, letter(at(0)))
    with store.read() as tx:
        found = outbox.by_message_id(tx, ("<stranger@x>", "<redaksi-try:1@w.example>"))
        assert found is not None
        assert found.id == one
        assert outbox.by_message_id(tx, ("<stranger@x>",)) is None
        assert outbox.by_message_id(tx, ()) is None
