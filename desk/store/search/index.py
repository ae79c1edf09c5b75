"""Writing down what a submission is found by, in the transaction that changes it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, text

from desk.store.engine import Transaction
from desk.store.search.gather import gather_words
from desk.store.tables import SubmissionSearch


def index(tx: Transaction, submission_id: int, mail_id: int | None = None) -> None:
    """Its words as they are now. `mail_id`: a mail about it that is on record a moment later."""
    tx.flush()
    words = gather_words(tx, submission_id, mail_id)
    row = tx.get(SubmissionSearch, submission_id)
    if row is None:
        tx.add(SubmissionSearch(submission_id=submission_id, words=words))
    else:
        row.words, row.is_stale = words, False
    tx.flush()


def list_stale(tx: Transaction, most: int) -> Sequence[int]:
    """Submissions of an older release whose words were not written yet, the newest first."""
    wanted = select(SubmissionSearch.submission_id).where(SubmissionSearch.is_stale)
    return list(tx.scalars(wanted.order_by(SubmissionSearch.submission_id.desc()).limit(most)))


def forget(tx: Transaction, ids: Collection[int]) -> None:
    """The words of these submissions go, from the pages of the index too (SQLite keeps there what
    was deleted until it is rebuilt: https://sqlite.org/fts5.html, "The 'rebuild' Command"). A
    person must have been marked as forgotten before."""
    for submission_id in sorted(ids):
        index(tx, submission_id)
    rebuild(tx)


def rebuild(tx: Transaction) -> None:
    """The index holds nothing but what the words are now."""
    if tx.get_bind().dialect.name == "sqlite":
        tx.execute(text("INSERT INTO submission_fts(submission_fts) VALUES ('rebuild')"))
