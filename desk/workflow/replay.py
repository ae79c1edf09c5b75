"""*Periksa sekarang*: an editor has the newest mail of a submission examined again, whatever its
sender's day says, and it is asked anew where that mail belongs.

What comes of it is the submission's next try, for the editor to look at: no letter goes by itself,
and nothing that was decided or closed opens. A mail that belongs to another submission is shown with
the number of that one, for an editor to pair.
"""

from collections.abc import Callable
from typing import Literal

import msgspec
from msgspec import Struct

from desk.app import App
from desk.presentation.reasons import in_words
from desk.sandbox.host import Crashed
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import NOT_READ
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.inbound.mails import MailRow
from desk.store.submissions import submission_rows, threads, tries
from desk.store.submissions.about.whole import check_whole_of
from desk.store.submissions.filing import event_of, find_verdict, pieces_of
from desk.store.submissions.threads import Thread
from desk.workflow.assign_thread import assign_apart, merge_into
from desk.workflow.assignment import SPOKEN, Assignment, mark_doubtful
from desk.workflow.find_target import TargetChanged, confirm_target
from desk.workflow.pair import is_given_up
from desk.workflow.process_mail import assign, make_filing, versions, write_down
from desk.workflow.reading.bounds import bounds_of
from desk.workflow.reading.read_mail import examine_at_once
from redaksi.catalog import Sentence
from redaksi.errors import IllegalMove, StoreError
from redaksi.limits import Limits
from redaksi.model import Assessment, Examination, Verdict
from redaksi.states import State, move

# "try": its next; "doubtful": that too, and it may be part of another; "unchanged": the newest says
# the same already; "refused": it cannot be filed
Outcome = Literal["try", "doubtful", "unchanged", "refused"]
# An editor has it before him, or a later try moves nothing (redaksi.states).
TAKES_AGAIN: frozenset[State] = frozenset({
    "failed", "review", "revising", "incomplete", "scheduled", "published", "declined",
})  # fmt: skip


class Replayed(Struct, frozen=True, kw_only=True):
    """What comes of examining it now; filed where that was asked for. `state` and `revision`: what
    the submission is then."""

    examination: Examination
    outcome: Outcome
    state: State
    revision: int
    candidates: tuple[str, ...] = ()
    why: str = ""  # it is refused

    @property
    def decision(self) -> Verdict:
        """On the mail."""
        return self.examination.decision


class Stood(Struct, frozen=True, kw_only=True):
    """The submission as it stands. `own`: what its newest mail is filed as; `before`: what earlier
    mails had brought, where there were any (`has_before`)."""

    into: Thread
    row: MailRow
    own: tuple[int, ...]
    has_before: bool
    before: Assessment | None


def replay(
    app: App,
    sandbox: Examiner,
    number: str,
    *,
    apply: bool = False,
    within: Callable[[Transaction], None] = lambda _: None,
) -> Replayed:
    """What examining it now gives; filed where it is to `apply`. `within`: what else is written in
    the transaction that files it; nothing is where nothing is filed.

    Raises IllegalMove where there is no such submission, or it is to `apply` and it cannot have
    another try; Crashed when the mail's header kills a child, or the look at it and what came before
    does; StoreError when another mail came in the meantime.
    """
    stood = find_stood(app, number)
    if apply:
        check_takes_it(stood.into.state, number)
    bounds = bounds_of(app, stood.row)
    reader, examination = examine_at_once(app, sandbox, stood.row, bounds)
    try:
        check_takes_it(stood.into.state, number)
        assignment = place_again(app, reader, stood, examination, bounds)
    except IllegalMove as error:
        if apply:
            raise
        return Replayed(
            examination=examination,
            outcome="refused",
            state=stood.into.state,
            revision=stood.into.latest_revision,
            why=str(error),
        )
    replayed = _foresee(stood, assignment)
    if apply and replayed.outcome != "unchanged":
        _file(app, stood, examination, assignment, bounds, within)
    return replayed


def find_stood(app: App, number: str) -> Stood:
    """How it stands. Raises IllegalMove where there is none of that number."""
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None:
            raise IllegalMove("no_submission", number=number)
        check_whole_of(tx, found)
        row = mails.get(tx, threads.mail_of(tx, found))
        others = [each for each in tries.mails_of(tx, found) if each != row.id]
        return Stood(
            into=threads.get(tx, found),
            row=row,
            own=tries.filed_as(tx, row.id),
            has_before=bool(others),
            before=tries.newest_before(tx, found, row.id) if others else None,
        )


def check_takes_it(state: State, number: str) -> None:
    """Raise IllegalMove for what takes no other try by itself."""
    if state not in TAKES_AGAIN:
        raise IllegalMove("not_replayed", number=number, state=Sentence(section="state", key=state))


def place_again(
    app: App, reader: Examiner, stood: Stood, examination: Examination, bounds: Limits
) -> Assignment:
    """What is filed of it, beside what earlier mails brought. Raises IllegalMove, Crashed."""
    if stood.has_before:
        return _merge_again(app, reader, stood, examination, bounds)
    try:
        assignment = assign(app, reader, stood.row, examination, bounds, stood.own)
    except Crashed:
        assignment = assign_apart(app, stood.row, examination, stood.own)
    if assignment.into is not None:
        assignment = _doubt(app, assignment, examination)
    whole = assignment.examination
    if len(stood.own) > 1:
        whole = _take_own(whole, stood)
    return msgspec.structs.replace(assignment, examination=_unfound(whole), by="editor")


def _merge_again(
    app: App, reader: Examiner, stood: Stood, examination: Examination, bounds: Limits
) -> Assignment:
    """It came beside what earlier mails had brought, and is looked at together with that."""
    into = msgspec.structs.replace(stood.into, judged=stood.before)
    merged = merge_into(app, reader, stood.row, examination, bounds, into, "editor", sure=True)
    if merged.into is None:
        why = NOT_READ if is_given_up(reader) else merged.examination.reason
        reason = in_words(why, app.config.language)
        raise IllegalMove("not_seen_together", number=into.number, reason=reason)
    return merged


def _doubt(app: App, assignment: Assignment, examination: Examination) -> Assignment:
    """It belongs to another submission: nothing is done with that one. Where it brings the very
    same files, what is found in them is true of both."""
    with app.store.read() as tx:
        number = threads.get(tx, assignment.into or 0).number
    keyed = assignment.by in SPOKEN or assignment.what == "withdraw"
    same = assignment.by == "same" and assignment.what == "resent"
    return Assignment(
        examination=examination if same else mark_doubtful(examination, keyed=keyed),
        candidates=(number,),
        target=assignment.target,
    )


def _take_own(examination: Examination, stood: Stood) -> Examination:
    """Of a mail that is several submissions the one that is examined."""
    pieces = examination.assessments
    if len(pieces) != len(stood.own):
        raise IllegalMove(
            "articles_differ", number=stood.into.number, n=len(stood.own), now=len(pieces)
        )
    mine = pieces[stood.own.index(stood.into.id)]
    imposed = examination.decision not in {piece.decision for piece in pieces}
    decision = examination.decision if imposed else mine.decision
    return msgspec.structs.replace(examination, assessments=(mine,), decision=decision)


def _unfound(examination: Examination) -> Examination:
    """What was not opened has no findings, wherever it is shown."""
    if examination.decision not in ("quarantine", "failed"):
        return examination
    bare = tuple(msgspec.structs.replace(one, findings=()) for one in examination.assessments)
    return msgspec.structs.replace(examination, assessments=bare)


def _foresee(stood: Stood, assignment: Assignment) -> Replayed:
    into, examination = stood.into, assignment.examination
    pieces = pieces_of(examination)
    same = len(pieces) == 1 and _says_the_same(into.judged, pieces[0])
    if assignment.what or (same and not assignment.candidates):
        return Replayed(
            examination=examination,
            outcome="unchanged",
            state=into.state,
            revision=into.latest_revision,
        )
    event = event_of(find_verdict(examination, pieces[0]), silent=True)
    return Replayed(
        examination=examination,
        outcome="doubtful" if assignment.candidates else "try",
        state=move(into.state, event),
        revision=into.latest_revision + 1,
        candidates=assignment.candidates,
    )


def _says_the_same(newest: Assessment | None, now: Assessment) -> bool:
    return newest is not None and msgspec.to_builtins(newest) == msgspec.to_builtins(now)


def _file(
    app: App,
    stood: Stood,
    examination: Examination,
    assignment: Assignment,
    bounds: Limits,
    within: Callable[[Transaction], None],
) -> None:
    """In one transaction, where everything stands as it stood when it was asked."""
    into, row, target = stood.into, stood.row, assignment.target
    filed = msgspec.structs.replace(
        assignment, into=into.id, seen_revision=into.latest_revision, target=None
    )
    filing = make_filing(app, row, filed, versions(bounds), again=True, silent=True)
    try:
        with app.store.begin() as tx:
            if target is not None:
                confirm_target(tx, app, row, examination, target)
            check_takes_it(submission_rows.lock(tx, into.id).state, into.number)
            write_down(tx, app, row, filed, filing)
            within(tx)
    except TargetChanged as error:
        raise StoreError("newer_try_again", number=into.number) from error
