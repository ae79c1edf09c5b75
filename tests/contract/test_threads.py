"""Finding a sender's submissions takes as many queries for one who wrote a thousand as for one who
wrote ten."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import current_thread

from sqlalchemy import event

from desk.store import Store
from desk.store.submissions import threads
from redaksi.states import WAITS_FOR_CONTRIBUTOR
from tests.contract.conftest import NOW
from tests.filler import fill

SENDER = "sender@filler.example"


@contextmanager
def queries(store: Store) -> Iterator[list[str]]:
    """The statements that run meanwhile, but the heartbeat's, which comes by the clock."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN") and current_thread().name != "heartbeat":
            seen.append(statement)

    event.listen(store.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", see)


def test_as_many_queries_for_one_who_wrote_much(store: Store) -> None:
    counted = []
    fill(store, 120, NOW, prolific=60)
    for asked in ("k2@filler.example", SENDER):
        with store.read() as tx, queries(store) as seen:
            found = threads.known_to(tx, asked, [], NOW)
        counted.append((len(found), len(seen)))
    (few, one), (many, other) = counted
    assert few < 5 < many == 60
    assert one == other <= 15


def test_a_thread_found_with_others_is_the_thread_alone(store: Store) -> None:
    fill(store, 120, NOW, prolific=60)
    with store.read() as tx:
        whole = [one for one in threads.known_to(tx, SENDER, [], NOW) if one.judged is not None]
        assert len(whole) >= 10
        assert [threads.get(tx, one.id) for one in whole] == whole


def test_what_cannot_matter_is_not_read(store: Store, at: Callable[[float], datetime]) -> None:
    fill(store, 120, NOW, prolific=60)
    with store.read() as tx:
        found = threads.known_to(tx, SENDER, ["W-2026-00003"], at(0))
    last = {one.id for one in sorted(found, key=lambda one: one.id)[-10:]}
    for one in found:
        asked = one.number == "W-2026-00003"
        matters = one.id in last or one.state in WAITS_FOR_CONTRIBUTOR or asked
        assert (one.judged is not None) == matters
