"""Counters that every process moves and a purge leaves alone (docs/operations.md, Metrics).

What a transaction counts is added up in memory and written by one statement, the last before its
commit: rolled back, or begun anew, it counts once. The rows are taken in the order of their names
and nothing is locked after them, so that no two transactions wait for each other; they are held
for a commit's time, never for a transaction's.
"""

from bisect import bisect_left
from collections import Counter as Sums
from enum import StrEnum
from functools import cache

from sqlalchemy import TextClause, event, select, text

from desk.store.engine import Transaction
from desk.store.tables import Tally

_COUNTED = "tally"  # key of a session's notes
# upper bounds of the histogram's buckets, in seconds; the last is that of everything
SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 45.0, 90.0)
ABOVE, SUM = "+Inf", "sum"  # labels of the last bucket, and of the seconds in all


class Counter(StrEnum):
    """What is counted, and by what its rows are told apart. Stored: never renamed."""

    MAILS = "mails_total"  # outcome: a verdict, or "failed"
    FINDINGS = "findings_total"  # code of the rule
    LETTERS_SENT = "letters_sent_total"  # kind
    EXAMINE = "examine_seconds"  # a bucket's bound, or SUM
    PROCESSOR = "examine_cpu_seconds_total"  # nothing
    ATTEMPTS = "job_attempts_total"  # result: done, failed, set_aside, given_back, died
    READER_ERRORS = "reader_errors_total"  # reader (ingest.read.guarded)


def count(tx: Transaction, what: Counter, label: str = "", by: float = 1) -> None:
    """Add to a counter when the transaction commits."""
    counted: Sums[tuple[str, str]] | None = tx.info.get(_COUNTED)
    if counted is None:
        counted = tx.info[_COUNTED] = Sums()
        event.listen(tx, "before_commit", _write, once=True)
    counted[what.value, label] += by  # type: ignore[assignment]  # a Counter adds floats as well


def observe_reading(tx: Transaction, seconds: float, processor: float) -> None:
    """An examination took so long, and so much of a processor."""
    place = bisect_left(SECONDS, seconds)
    bound = f"{SECONDS[place]}" if place < len(SECONDS) else ABOVE
    count(tx, Counter.EXAMINE, bound)
    count(tx, Counter.EXAMINE, SUM, seconds)
    count(tx, Counter.PROCESSOR, by=processor)


def read_tally(tx: Transaction) -> dict[Counter, dict[str, float]]:
    """Every counter with its rows; what never happened has none. What another version counts is
    left out."""
    tally: dict[Counter, dict[str, float]] = {each: {} for each in Counter}
    for row in tx.execute(select(Tally.name, Tally.label, Tally.value).order_by(Tally.label)):
        if row.name in tally:
            tally[Counter(row.name)][row.label] = row.value
    return tally


def _write(tx: Transaction) -> None:
    """Listener of before_commit: what the transaction did goes to the database before this does."""
    tx.flush()
    counted: Sums[tuple[str, str]] = tx.info.pop(_COUNTED)
    values: dict[str, str | float] = {}
    for at, ((name, label), value) in enumerate(sorted(counted.items())):
        values |= {f"n{at}": name, f"l{at}": label, f"v{at}": float(value)}
    tx.connection().execute(_add(len(counted)), values)


@cache
def _add(rows: int) -> TextClause:
    """One statement, in one spelling for both databases: what is compiled anew for each
    transaction costs more than what it does."""
    places = ", ".join(f"(:n{at}, :l{at}, :v{at})" for at in range(rows))
    return text(
        f"INSERT INTO tally (name, label, value) VALUES {places} "  # noqa: S608 - numbers alone
        "ON CONFLICT (name, label) DO UPDATE SET value = tally.value + excluded.value"
    )
