"""Whether an examined mail is a new submission or belongs to one we have; then it is merged and
examined whole."""

from collections.abc import Sequence

import msgspec

from desk.app import App
from desk.domain.match import submission_of
from desk.domain.merge import Plan, has_only_known_files, is_unchanged, is_withdrawal, plan
from desk.sandbox.host import Request
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.believed import list_files
from desk.store.inbound.mails import MailRow
from desk.store.submissions import threads
from desk.store.submissions.threads import Thread
from desk.workflow.assignment import SPOKEN, Assignment, What, mark_doubtful
from desk.workflow.find_target import Target, find_target, is_matched
from desk.workflow.reading.scanned import impose_again
from redaksi.limits import Limits
from redaksi.model import Assessment, Examination, Photo, Submission
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_rule import SenderRule
from redaksi.states import TRANSITIONS, State

# new photos beside some that were to be replaced: an editor sees which is which
NOT_PAIRED = "photos-not-paired"
# mails that are of one thing by themselves, not by an answer
TOGETHER = frozenset({"part", "settle", "lacks"})
_SETTLED: frozenset[State] = frozenset({"scheduled", "published", "declined", "expired"})


def assign_thread(
    app: App,
    sandbox: Examiner,
    row: MailRow,
    examination: Examination,
    bounds: Limits,
    own: tuple[int, ...] = (),
) -> Assignment:
    """Match the mail with what is stored, but for what it is filed as already (`own`). Raises
    Crashed when the second look kills the child."""
    if not is_matched(row, examination):
        return Assignment(examination=examination)
    with app.store.read() as tx:
        target, known = find_target(tx, app, row, examination, own)
    assignment = _assign(app, sandbox, row, examination, bounds, target, known)
    return msgspec.structs.replace(assignment, target=target)


def _assign(
    app: App,
    sandbox: Examiner,
    row: MailRow,
    examination: Examination,
    bounds: Limits,
    target: Target,
    known: Sequence[Thread],
) -> Assignment:
    mail, answer, found = examination.mail, examination.answer, target.found
    withdraws = (
        mail is not None
        and is_withdrawal(mail)
        and answer is not None
        and answer.rule == SenderRule.AUTHENTICATED
    )
    into = _loaded(app, next((one for one in known if one.id == found.id), None))
    if into is None and withdraws:
        return _withdrawn_alone(examination, [one for one in known if one.number in target.may_end])
    if into is None:
        whole = mark_doubtful(examination, keyed=found.keyed) if found.doubt else examination
        return Assignment(examination=whole, candidates=found.candidates)
    if withdraws and found.by in SPOKEN:
        return _withdrawn(examination, into, found.by)
    if target.elsewhere:
        both = (into.number, target.elsewhere)
        return Assignment(examination=mark_doubtful(examination), candidates=both)
    assignment = merge_into(app, sandbox, row, examination, bounds, into, found.by)
    if assignment.into is not None or not assignment.follows:
        return assignment
    # It answers one submission and is no part of it: perhaps of another that waits.
    rest = _loaded(app, next((one for one in known if one.id == target.other.id), None))
    if rest is None:
        return assignment
    return merge_into(app, sandbox, row, examination, bounds, rest, target.other.by)


def assign_apart(
    app: App, row: MailRow, examination: Examination, own: tuple[int, ...] = ()
) -> Assignment:
    """Of a mail that cannot be looked at together with what came before: filed as new, and where
    it belongs an editor says."""
    if not is_matched(row, examination):
        return Assignment(examination=examination)
    with app.store.read() as tx:
        target, _ = find_target(tx, app, row, examination, own)
    if target.found.id is None:
        return Assignment(examination=examination, target=target)
    return msgspec.structs.replace(undecided(examination, target), target=target)


def undecided(examination: Examination, target: Target) -> Assignment:
    """It belongs elsewhere at every look: an editor pairs it."""
    found = target.found
    candidates = found.candidates or tuple(one.number for one in target.seen if one.id == found.id)
    whole = mark_doubtful(examination, keyed=found.by in SPOKEN)
    return Assignment(examination=whole, candidates=candidates)


def _loaded(app: App, one: Thread | None) -> Thread | None:
    """With its newest try, also where nobody thought that it would be needed."""
    if one is None or one.judged is not None:
        return one
    with app.store.read() as tx:
        return threads.get(tx, one.id)


def merge_into(
    app: App,
    sandbox: Examiner,
    row: MailRow,
    examination: Examination,
    bounds: Limits,
    into: Thread,
    by: str,
    *,
    sure: bool = False,
) -> Assignment:
    """The next try of `into`; a submission of its own where the mail shows to be one. `sure`: an
    editor says it is.

    Raises Crashed when the second look kills the child.
    """
    now, before = submission_of(examination), into.judged
    if examination.decision in ("quarantine", "failed"):
        return Assignment(examination=examination)  # judged on its own
    if now is None or before is None:
        return _astray(examination, into, by)
    ended = into.state in ("withdrawn", "expired")
    if ended and has_only_known_files(before.submission, now):
        return _astray(examination, into, by)  # the letter said that it opens again
    if is_unchanged(before.submission, now):
        return _word(examination, now, into, by)
    how = plan(before, now, sure=sure)
    apart = place_alone(examination, now, into, how, by, sure=sure)
    if apart is not None:
        return apart
    if is_unread(before):
        return _unread(examination, before, into, by, sure=sure)
    if how is None or row.blob is None or not all(app.blobs.exists(one.sha256) for one in how.keep):
        return _astray(examination, into, by)
    again = sandbox.read(_together(app, row, bounds, how, examination)).examination
    again = impose_again(app, again, examination, into.id)
    again = _recognised(again, (*before.submission.photos, *now.photos))
    return _placed(examination, again, into, how, by)


def _placed(
    examination: Examination, again: Examination, into: Thread, how: Plan, by: str
) -> Assignment:
    """Where the mail goes when it was looked at together with what came before (`again`)."""
    now, before, whole = submission_of(examination), into.judged, submission_of(again)
    if now is None or before is None or whole is None:
        return _astray(examination, into, by)
    if again.decision in ("quarantine", "failed", "ignore"):
        return _astray(examination, into, by)
    alone = examination.decision == "accept"
    if alone and again.decision != "accept" and by in TOGETHER:
        # Complete by itself, less so with what came before: a submission of its own.
        return Assignment(examination=examination, follows=into.number)
    if is_unchanged(before.submission, whole):
        return _word(examination, now, into, by)
    unsure = how.unsure and again.decision in ("revise", "review")
    if unsure or (alone and again.decision == "revise"):
        again = mark_doubtful(again, NOT_PAIRED)
    return Assignment(examination=again, into=into.id, seen_revision=into.latest_revision, by=by)


def place_alone(
    examination: Examination,
    now: Submission,
    into: Thread,
    how: Plan | None,
    by: str,
    *,
    sure: bool,
) -> Assignment | None:
    """Where the mail goes when it need not be looked at together with what came before; None
    when it must be."""
    if into.state == "withdrawn":  # a mistake, or another article: an editor opens it again, or not
        files = now.documents or now.photos
        return _astray(examination, into, by) if files else _word(examination, now, into, by)
    if _is_complete(examination, into, how, by, sure=sure):
        return _whole(examination, into, how, by, sure=sure)
    if into.state == "declined":
        if into.judged and has_only_known_files(into.judged.submission, now):
            return _word(examination, now, into, by)
        if now.documents and not sure:  # another article after all
            return Assignment(examination=examination, follows=into.number)
    if how is None and _anew(into, by):
        return Assignment(examination=examination, follows=into.number)
    return None


def _is_complete(
    examination: Examination, into: Thread, how: Plan | None, by: str, *, sure: bool
) -> bool:
    """Everything was sent again: nothing of before is needed, whatever its files were called."""
    if examination.decision != "accept" or by in TOGETHER:
        return False
    return sure or how is None or into.state == "declined" or not how.loses


def _word(examination: Examination, now: Submission, into: Thread, by: str) -> Assignment:
    """No try: the same files again, or only words."""
    said = by in SPOKEN and examination.mail is not None and bool(examination.mail.text.strip())
    what: What = "message" if said or not (now.documents or now.photos) else "resent"
    return Assignment(examination=silence(examination, what), into=into.id, what=what, by=by)


def _withdrawn(examination: Examination, into: Thread, by: str) -> Assignment:
    """BATAL. With a file beside it nobody knows what is meant; where nothing can be withdrawn it
    is a word."""
    if any(one.submission.documents or one.submission.photos for one in examination.assessments):
        return _astray(examination, into, by)
    row = TRANSITIONS.get((into.state, "withdraw"))
    what: What = "withdraw" if row is not None and "contributor" in row.actors else "message"
    silent = silence(examination, what)
    return Assignment(examination=silent, into=into.id, what=what, by=by)


def _withdrawn_alone(examination: Examination, own: Sequence[Thread]) -> Assignment:
    """BATAL in a mail that says nothing else: of the only submission its sender can mean (`own`);
    of several, an editor's."""
    if len(own) == 1:
        return _withdrawn(examination, own[0], "batal")
    keyed = mark_doubtful(examination, keyed=True) if own else examination
    return Assignment(examination=keyed, candidates=tuple(one.number for one in own))


def _together(
    app: App, row: MailRow, bounds: Limits, how: Plan, examination: Examination
) -> Request:
    """The mail again, with what stays of before: no file is listed but theirs."""
    known = {file.sha256 for file in (*list_files(examination), *how.keep)}
    paths = tuple((kept.name, app.blobs.local_path(kept.sha256)) for kept in how.keep)
    raw = app.blobs.local_path(row.blob) if row.blob else None
    return Request(
        source=row.source_text,
        limits=bounds,
        mail=raw,
        files=paths,
        plan=how,
        known=frozenset(known),
    )


def _astray(examination: Examination, into: Thread, by: str) -> Assignment:
    """It belongs to `into` in a way only an editor can see."""
    return Assignment(
        examination=mark_doubtful(examination, keyed=by in SPOKEN), candidates=(into.number,)
    )


def is_unread(before: Assessment) -> bool:
    """Whether nothing but the header of what came was read: what it brought nobody knows."""
    return before.decision == "review" and before.submission == Submission()


def _unread(
    examination: Examination, before: Assessment, into: Thread, by: str, *, sure: bool
) -> Assignment:
    """What it belongs to must be examined first; an editor who is `sure` learns why it was not."""
    if sure:
        return Assignment(examination=msgspec.structs.replace(examination, reason=before.reason))
    return _astray(examination, into, by)


def _anew(into: Thread, by: str) -> bool:
    """Whether another article is handed in as new: an old thread was taken up, or an address
    remembered."""
    return into.state in _SETTLED or by in ("plus", "thread")


def _recognised(again: Examination, photos: Sequence[Photo]) -> Examination:
    """The second look keeps no files: what the first knew of the photos' likeness is carried
    over."""
    known = {one.sha256: one.likeness for one in photos}
    judged = []
    for one in again.assessments:
        same = tuple(
            msgspec.structs.replace(p, likeness=known.get(p.sha256, ""))
            for p in one.submission.photos
        )
        judged.append(
            msgspec.structs.replace(
                one, submission=msgspec.structs.replace(one.submission, photos=same)
            )
        )
    return msgspec.structs.replace(again, assessments=tuple(judged))


def _whole(
    examination: Examination, into: Thread, how: Plan | None, by: str, *, sure: bool
) -> Assignment:
    """A complete article: the next try of this submission, or another one."""
    if sure or (into.state != "declined" and how is not None):
        return Assignment(
            examination=examination, into=into.id, seen_revision=into.latest_revision, by=by
        )
    if into.state == "declined" or _anew(into, by):
        return Assignment(examination=examination, follows=into.number)
    return _astray(examination, into, by)


def silence(examination: Examination, what: What) -> Examination:
    """A mail that is no try gets no letter of its own."""
    code = ReasonCode.WITHDRAWN if what == "withdraw" else ReasonCode(what)
    return msgspec.structs.replace(examination, decision="ignore", reason=explain(code))
