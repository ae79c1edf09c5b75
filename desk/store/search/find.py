"""The question: which submissions have all these words, each as a beginning. The newest first: no
ranking, because the two databases would rank differently."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, column, select, table, text

from desk.store.engine import Transaction
from desk.store.submissions.queue_filter import Key, QueuePage
from desk.store.submissions.review_queue import rows_found
from desk.store.tables import Submission, SubmissionSearch

_FTS = table("submission_fts", column("rowid", Integer))
_NUMBER = re.compile(r"(?:([wm])-(\d{4})-)?0{0,9}(\d{1,9})", re.ASCII | re.IGNORECASE)
_YEARS = 20  # back from today: whose numbers are looked for by their last part


def find_page(tx: Transaction, words: Sequence[str], after: int | None, size: int) -> QueuePage:
    """A page of what is found. The words are ask_words'."""
    ids = _select(tx, words, after).limit(size + 1)
    found = rows_found(tx, ids, [Submission.id.desc()]) if words else []
    shown = found[:size]
    keys = tuple(Key(at=row.received_at, id=row.id) for row in shown)
    more = len(found) > size
    return QueuePage(rows=tuple(shown), keys=keys, after=keys[-1] if more else None)


def list_found(tx: Transaction, words: Sequence[str]) -> list[int]:
    """The ids of all that is found, the newest first."""
    return list(tx.scalars(_select(tx, words, None))) if words else []


def find_number(tx: Transaction, query: str, now: datetime) -> str | None:
    """The number that is asked for by itself: "W-2026-0143", "w-2026-143", "143" (the newest of
    that number); None where there is no such submission."""
    named = _NUMBER.fullmatch(query.strip())
    if named is None:
        return None
    series, year, number = named.groups()
    years = [int(year)] if year else range(now.year - _YEARS, now.year + 2)
    wanted = [
        f"{letter}-{each}-{int(number):04d}"
        for letter in ([series.upper()] if series else ["W", "M"])
        for each in years
    ]
    is_page = Submission.state != "not_a_submission"
    found = select(Submission.number).where(Submission.number.in_(wanted), is_page)
    return tx.scalars(found.order_by(Submission.id.desc()).limit(1)).first()


def _select(tx: Transaction, words: Sequence[str], after: int | None) -> Select[Any]:
    is_sqlite = tx.get_bind().dialect.name == "sqlite"
    place, has_all = _ask_sqlite(words) if is_sqlite else _ask_postgres(words)
    wanted = [has_all, Submission.state != "not_a_submission"]
    if after is not None:
        wanted.append(place < after)
    found = select(place).join(Submission, Submission.id == place).where(*wanted)
    return found.order_by(place.desc())


def _ask_sqlite(words: Sequence[str]) -> tuple[Any, Any]:
    """https://sqlite.org/fts5.html, "FTS5 Prefix Queries". Words are a-z and 0-9 alone."""
    asked = " AND ".join(f'"{word}"*' for word in words)
    return _FTS.c.rowid, text("submission_fts MATCH :asked").bindparams(asked=asked)


def _ask_postgres(words: Sequence[str]) -> tuple[Any, Any]:
    """A cast, so that no parser of PostgreSQL's decides what a word is."""
    asked = " & ".join(f"'{word}':*" for word in words)
    has_all = text("submission_search.vector @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
    return SubmissionSearch.submission_id, has_all
