"""A mail that an editor took in and said is part of a submission: it becomes the next revision of that
one, whatever its subject says. What cannot be looked at together stands apart, for an editor to pair.
"""

import msgspec

from desk.app import App
from desk.sandbox.pool import Examiner
from desk.store import Transaction
from desk.store.inbound.mails import MailRow
from desk.store.submissions import submission_rows, threads
from desk.workflow.assign_thread import merge_into, silence
from desk.workflow.assignment import Assignment, mark_doubtful
from desk.workflow.find_target import Seen, TargetChanged, brings_files
from redaksi.limits import Limits
from redaksi.model import Examination

_BY = "editor"
_JUDGED_ALONE = ("quarantine", "failed")


def join_named(
    app: App, reader: Examiner, row: MailRow, examination: Examination, bounds: Limits, into: int
) -> Assignment:
    """The next revision of `into`; without files a word about it. Raises Crashed."""
    with app.store.read() as tx:
        target = threads.get(tx, into)
    stands = Seen(target.id, target.number, target.state, target.latest_revision)
    if examination.decision == "ignore" and not brings_files(examination):
        word = silence(examination, "message")
        return Assignment(examination=word, into=target.id, what="message", by=_BY, stands=stands)
    joined = merge_into(app, reader, row, examination, bounds, target, _BY, sure=True)
    if joined.into is not None:
        return msgspec.structs.replace(joined, stands=stands)
    return stand_apart(examination, stands)


def leave_apart(app: App, examination: Examination, into: int) -> Assignment:
    """What cannot be looked at together with `into`."""
    with app.store.read() as tx:
        target = threads.get(tx, into)
    stands = Seen(target.id, target.number, target.state, target.latest_revision)
    return stand_apart(examination, stands)


def stand_apart(examination: Examination, stands: Seen) -> Assignment:
    """A submission of its own; where it belongs is known, and an editor pairs it."""
    if examination.decision in _JUDGED_ALONE:
        return Assignment(examination=examination)
    doubtful = mark_doubtful(examination, keyed=True)
    return Assignment(examination=doubtful, candidates=(stands.number,))


def confirm_stand(tx: Transaction, stands: Seen) -> None:
    """Lock the submission until `tx` ends. Raises TargetChanged when it is no longer as it was."""
    row = submission_rows.lock(tx, stands.id)
    if (row.state, row.latest_revision) != (stands.state, stands.revision):
        raise TargetChanged(f"{stands.number} has changed by now")
