"""Numbers of submissions: W-2026-0143, without gaps in a year, in the transaction that uses them.

A mail that is no submission counts in a series of its own (M-2026-0007), so that contributors'
numbers stay dense.
"""

from collections.abc import Collection
from typing import Literal

from sqlalchemy import select, update

from desk.store.engine import Transaction
from desk.store.rows import ensure
from desk.store.tables import Counter, Submission

Series = Literal["W", "M"]


def next_number(tx: Transaction, series: Series, year: int) -> str:
    """The next number of the year. The counter's row is locked until the transaction ends: a
    rollback leaves no gap."""
    ensure(tx, Counter, {"series": series, "year": year, "last": 0})
    last = tx.execute(
        update(Counter)
        .where(Counter.series == series, Counter.year == year)
        .values(last=Counter.last + 1)
        .returning(Counter.last)
    ).scalar_one()
    return f"{series}-{year}-{last:04d}"


def names_of(tx: Transaction, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """id -> number and title, as it is published or else its own; one query."""
    found = select(Submission.id, Submission.number, Submission.headline, Submission.title)
    return {
        row.id: (row.number, row.headline or row.title)
        for row in tx.execute(found.where(Submission.id.in_(ids)))
    }
