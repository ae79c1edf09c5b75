"""Taking submissions: who works at them, for others to see."""

from collections.abc import Collection

from msgspec import Struct

from desk.app import App
from desk.store.editors import claims
from desk.store.submissions.queue_filter import find_active

MOST = 50  # at once: a page of the queue


class Taken(Struct, frozen=True, kw_only=True):
    """What came of it. `held`: the numbers of those that another holds."""

    count: int
    held: tuple[str, ...]


def take(app: App, numbers: Collection[str], account: int) -> Taken:
    """Take up to MOST submissions, or renew what is one's own; what is active no more is left
    out."""
    now, count, held = app.clock(), 0, []
    with app.store.begin() as tx:
        for submission, number in find_active(tx, list(numbers)[:MOST]):
            if claims.claim(tx, submission, account, now):
                count += 1
            else:
                held.append(number)
    return Taken(count=count, held=tuple(held))
