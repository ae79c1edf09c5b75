"""Nothing is done with a submission whose data went, but that what is public still comes down."""

from desk.store.engine import Transaction
from desk.store.tables import Submission
from redaksi.errors import IllegalMove

STILL = frozenset({"take_down", "taken_down"})


def check_whole(row: Submission, event: str = "") -> None:
    """Raise IllegalMove where its data went, unless `event` is one of STILL."""
    if row.emptied_at is not None and event not in STILL:
        raise IllegalMove("emptied", number=row.number)


def check_whole_of(tx: Transaction, submission_id: int, event: str = "") -> None:
    """The same of the submission with this id."""
    check_whole(tx.get_one(Submission, submission_id), event)
