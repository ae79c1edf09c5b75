"""What an older release filed is made findable, and its province read, little by little: reading an
examination takes milliseconds, and there are years of them."""

from collections.abc import Sequence

from desk.app import App
from desk.store import Transaction
from desk.store.search.index import index, list_stale
from desk.store.submissions.about.province import fill_province

BATCH, BATCHES = 50, 10  # submissions of a transaction, transactions of a tick


def due(tx: Transaction, _: App) -> Sequence[Sequence[int]]:
    """Batches of submissions whose words were not written yet, the newest first."""
    stale = list_stale(tx, BATCH * BATCHES)
    return [stale[begin : begin + BATCH] for begin in range(0, len(stale), BATCH)]


def index_some(app: App, batch: Sequence[int]) -> int:
    """Write the words of these; how many."""
    with app.store.begin() as tx:
        for submission_id in batch:
            fill_province(tx, submission_id)
            index(tx, submission_id)
    return len(batch)
