"""Out of quarantine: the mail is examined again within the same limits. What broke them breaks them
again and stays."""

from collections.abc import Callable

import msgspec

from desk.app import App
from desk.domain.actor import name_actor
from desk.presentation.reasons import in_words
from desk.sandbox.pool import Examiner
from desk.store import Transaction, events
from desk.store.submissions import submission_rows
from desk.store.submissions.filing import find_verdict, pieces_of
from desk.workflow.assignment import Assignment
from desk.workflow.process_mail import make_filing, versions, write_down
from desk.workflow.reading.bounds import bounds_of
from desk.workflow.reading.read_mail import examine_at_once
from desk.workflow.replay import Stood, find_stood, place_again
from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove
from redaksi.limits import Limits
from redaksi.states import State


def release(
    app: App,
    sandbox: Examiner,
    number: str,
    *,
    account: int,
    within: Callable[[Transaction], None] = lambda _: None,
) -> None:
    """What is in quarantine is under review, as it reads now. `within`: what else is written in the
    transaction.

    Raises IllegalMove where it is not in quarantine, or breaks a limit still; Crashed when the
    mail's header kills a child; StoreError when another mail came in the meantime.
    """
    stood = find_stood(app, number)
    _check_held(stood.into.state, number)
    bounds = bounds_of(app, stood.row)
    reader, examination = examine_at_once(app, sandbox, stood.row, bounds)
    assignment = place_again(app, reader, stood, examination, bounds)
    whole = assignment.examination
    (judged, *_) = pieces_of(whole)
    if "quarantine" in (whole.decision, find_verdict(whole, judged)):
        reason = in_words(judged.reason or whole.reason, app.config.language)
        raise IllegalMove("still_held", number=number, reason=reason)
    _file(app, stood, assignment, bounds, account, within)


def _check_held(state: State, number: str) -> None:
    if state != "quarantined":
        raise IllegalMove("not_held", number=number, state=Sentence(section="state", key=state))


def _file(
    app: App,
    stood: Stood,
    assignment: Assignment,
    bounds: Limits,
    account: int,
    within: Callable[[Transaction], None],
) -> None:
    into = stood.into
    filed = msgspec.structs.replace(
        assignment, into=into.id, what="", seen_revision=into.latest_revision, target=None
    )
    filing = make_filing(app, stood.row, filed, versions(bounds), again=True, silent=True)
    happened = events.Happened(at=app.clock(), actor=name_actor(account=account), what="release")
    with app.store.begin() as tx:
        _check_held(submission_rows.lock(tx, into.id).state, into.number)
        submission_rows.move(tx, into.id, "release", "editor", happened)
        write_down(tx, app, stood.row, filed, filing)
        within(tx)
