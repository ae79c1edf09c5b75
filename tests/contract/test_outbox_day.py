"""What the provider counts: letters that left, or may have, in the last day."""

from collections.abc import Callable
from datetime import datetime

from desk.store import Store, outbox
from tests.contract.test_outbox import begin, letter, queue

At = Callable[[float], datetime]


def test_letters_that_left_or_may_have_are_counted(store: Store, at: At) -> None:
    left, doubtful, sending, refused, waiting = (queue(store, letter(at(0), f"try:{n}")) for n in range(5))
    for one in (left, doubtful, sending, refused):
        begin(store, one, at(1))
    with store.begin() as tx:
        outbox.sent(tx, left, at(1))
        outbox.unknown(tx, doubtful, at(1), "cut")
        outbox.failed(tx, refused, at(1), "550")
    with store.read() as tx:
        assert outbox.count_sent(tx, at(0)) == 3
        assert outbox.count_sent(tx, at(2)) == 0
        assert [one.id for one in outbox.due(tx, at(5))] == [waiting]


def test_an_occasion_that_was_written_for_is_known(store: Store, at: At) -> None:
    queue(store, letter(at(0), once="digest:2026-11-23:nina@redaksi.example"))
    with store.read() as tx:
        assert outbox.written(tx, "digest:2026-11-23:nina@redaksi.example")
        assert not outbox.written(tx, "digest:2026-11-24:nina@redaksi.example")
