"""An editor asks for something that opens a mail: a job of the worker's, one at a time for a
submission. What came of it is an event; what could not be done calls an editor."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from desk.app import App
from desk.store import Transaction
from desk.store.jobs import job_rows
from desk.store.jobs.job_rows import ASKED as ASKED  # noqa: PLC0414 - the kind of these jobs
from desk.store.submissions.about.whole import check_whole_of

What = Literal["pair", "examine", "release", "tidy", "photos"]
FAILED: Mapping[What, str] = {
    "pair": "pairing failed",
    "examine": "examining failed",
    "release": "release failed",
    "tidy": "tidying failed",
    "photos": "photos not made",
}


class Asked(Struct, frozen=True, kw_only=True):
    """What is asked. `account`: who asked; `into`: the number of what it is paired with."""

    what: What
    account: int
    into: str = ""
    same_person: bool = False


def ask(tx: Transaction, app: App, submission_id: int, asked: Asked) -> bool:
    """Put it there for the worker; False where something else is under way, which stays alone.
    Raises IllegalMove where its data went."""
    check_whole_of(tx, submission_id)
    if find_under_way(tx, submission_id) not in (None, asked):
        return False
    app.jobs.defer(tx, ASKED, str(submission_id), payload=msgspec.to_builtins(asked), priority=1)
    return True


def read_asked(payload: Mapping[str, Any]) -> Asked:
    """What a job is about."""
    return msgspec.convert({key: payload[key] for key in payload if key in _FIELDS}, Asked)


def find_under_way(tx: Transaction, submission_id: int) -> Asked | None:
    """What was asked and has not ended; one query."""
    found = job_rows.find_open(tx, ASKED, [str(submission_id)])
    return read_asked(found[str(submission_id)]) if found else None


_FIELDS = frozenset(Asked.__struct_fields__)
