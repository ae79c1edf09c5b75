"""A stored mail is examined in the sandbox and filed: submission, try, findings and letter in
one transaction."""

import hashlib
from importlib.metadata import version

import msgspec

from desk.app import App
from desk.domain.overrides import examine_without, leave_out
from desk.domain.rungs import find_rung
from desk.outbound.enqueue import (
    LetterRef,
    choose_policy_for_answer,
    local_now,
    wait_for_window,
    write,
)
from desk.sandbox.host import Crashed
from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store import Transaction, events
from desk.store.inbound import mails, pending_fetch
from desk.store.inbound.mails import MailRow
from desk.store.jobs.job_rows import Claim
from desk.store.people import contributors
from desk.store.publications import decisions
from desk.store.submissions import submission_rows
from desk.store.submissions.filing import Filed, FiledSubmission, Filing, Versions
from desk.store.tally import observe_reading
from desk.workflow.assign_thread import assign_apart, assign_thread, undecided
from desk.workflow.assignment import MISSING, Assignment
from desk.workflow.bounces import settle
from desk.workflow.decisions import take_back
from desk.workflow.filing_order import FilingOrder
from desk.workflow.find_target import TargetChanged, confirm_target
from desk.workflow.reading import sender_budget
from desk.workflow.reading.bounds import bounds_of
from desk.workflow.reading.deaths import read_again
from desk.workflow.reading.filed_line import log_filed
from desk.workflow.reading.named_target import (
    confirm_stand,
    join_named,
    leave_apart,
    stand_apart,
)
from desk.workflow.reading.read_mail import examine_first, hold_to_header
from desk.workflow.submission_letters import ASKS, is_unasked, last_told, supersede
from desk.workflow.verdict_letter import Answered, choose_kind, context_of_verdict
from publisher.letters.letter_context import LetterKind
from redaksi.errors import AlreadyFiled, StoreError, Unwritable
from redaksi.fault import name_fault
from redaksi.limits import Limits
from redaksi.log import get_logger
from redaksi.model import Assessment, Examination
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_rule import SenderRule

STARTS_OVER = 3  # times a mail is matched anew because what is stored changed meanwhile
log = get_logger("filing")


def examine_and_file(
    app: App, sandbox: Examiner, job: Claim, order: FilingOrder | None = None
) -> None:
    """One job, to the end. Raises ReadAgain when a reading ended badly, Crashed when that of the
    header did, StoreError when disk or database refuse."""
    try:
        with app.store.read() as tx:
            row = mails.get(tx, int(job.key))
        bounds = bounds_of(app, row)
        reader = hold_to_header(app, sandbox, row, bounds, find_rung(job.payload))
        try:
            examination = examine_first(app, reader, row, bounds)
        except Crashed as error:
            raise read_again(reader, error) from error
        if is_stand_in(row, examination):
            return _withhold(app, job, examination)
        if order is not None:
            mail = examination.mail
            order.wait_turn(job.id, mail.from_address.strip().lower() if mail else "")
        _match_and_file(app, reader, job, row, examination, bounds)
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def is_stand_in(row: MailRow, examination: Examination) -> bool:
    """Whether the server gave words of its own in place of the mail."""
    answer = examination.answer
    return row.source == "mail" and answer is not None and answer.rule == SenderRule.STAND_IN


def _withhold(app: App, job: Claim, examination: Examination) -> None:
    reason = examination.reason or explain(ReasonCode.STAND_IN, subject="–", sender="–")
    with app.store.begin() as tx:
        pending_fetch.keep_stand_in(tx, int(job.key), reason, app.clock())
        app.jobs.done(tx, job)
    log.warning("mail.withheld", mail=int(job.key), reason=reason.code)


def _match_and_file(
    app: App, sandbox: Examiner, job: Claim, row: MailRow, examination: Examination, bounds: Limits
) -> None:
    """Where the mail belongs is asked and read outside the transaction, and asked again in it. What
    changed meanwhile is looked at again; what changes each time, an editor looks at."""
    made_with = versions(bounds)
    for _ in range(1 + STARTS_OVER):
        try:
            assignment = assign(app, sandbox, row, examination, bounds)
        except Crashed as error:
            raise read_again(sandbox, error, together=True) from error
        try:
            return _file(app, job, row, examination, assignment, made_with, sandbox)
        except TargetChanged as error:
            log.info("mail.looked_at_again", mail=row.id, error=error)
    apart = _settle_apart(examination, assignment)
    return _file(app, job, row, examination, apart, made_with, sandbox)


def _settle_apart(examination: Examination, assignment: Assignment) -> Assignment:
    """What belongs elsewhere, or to something else by now, at every look."""
    if assignment.stands is not None:
        return stand_apart(examination, assignment.stands)
    if assignment.target is None:
        raise AssertionError("what rests on nothing cannot change")
    return undecided(examination, assignment.target)


def assign(
    app: App,
    reader: Examiner,
    row: MailRow,
    examination: Examination,
    bounds: Limits,
    own: tuple[int, ...] = (),
) -> Assignment:
    """Where the mail belongs, beside what it is filed as already (`own`). One of which a reading
    ended badly is joined to nothing: an editor pairs it. Raises Crashed."""
    is_apart = isinstance(reader, AgreedExaminer) and reader.rung.apart
    named = row.for_submission
    if named is not None and named not in own:
        if is_apart:
            return leave_apart(app, examination, named)
        return join_named(app, reader, row, examination, bounds, named)
    if is_apart:
        return assign_apart(app, row, examination, own)
    return assign_thread(app, reader, row, examination, bounds, own)


def _file(
    app: App,
    job: Claim,
    row: MailRow,
    examination: Examination,
    assignment: Assignment,
    made_with: Versions,
    reader: Examiner,
) -> None:
    """Submission, try, findings, events, letter and the end of the job in one transaction. Raises
    TargetChanged."""
    try:
        with app.store.begin() as tx:
            if assignment.target is not None:
                confirm_target(tx, app, row, examination, assignment.target)
            elif assignment.stands is not None:
                confirm_stand(tx, assignment.stands)
            filed = write_down(
                tx, app, row, assignment, make_filing(app, row, assignment, made_with)
            )
            if isinstance(reader, AgreedExaminer):
                sender_budget.book(
                    tx, app, reader, mails=1, kept=sender_budget.count_bytes(examination)
                )
                observe_reading(tx, reader.elapsed, reader.processor)
            app.jobs.done(tx, job)
    except AlreadyFiled:
        with app.store.begin() as tx:
            app.jobs.done(tx, job)
        return
    app.header(row.source_text).unlink(missing_ok=True)
    if filed:
        log_filed(filed, assignment.examination, reader)
    else:
        log.info("mail.noted", mail=row.id, by=assignment.what)


def make_filing(
    app: App,
    row: MailRow,
    assignment: Assignment,
    made_with: Versions,
    *,
    again: bool = False,
    silent: bool = False,
) -> Filing:
    """What is written down of the mail."""
    return Filing(
        mail_id=row.id,
        examination=assignment.examination,
        versions=made_with,
        now=local_now(app),
        language=app.config.language,
        max_returns=app.config.reply.max_auto_returns,
        into=assignment.into,
        seen_revision=assignment.seen_revision,
        facts=assignment.facts,
        again=again,
        silent=silent,
    )


def write_down(
    tx: Transaction, app: App, row: MailRow, assignment: Assignment, what: Filing
) -> Filed | None:
    """A try with its letter; or, for what is no try, a word to the editors. Raises AlreadyFiled,
    IllegalMove."""
    answer, mail = assignment.examination.answer, assignment.examination.mail
    vouched = answer is not None and answer.rule == SenderRule.AUTHENTICATED
    if vouched and mail is not None and not what.again:  # what came long ago shows nothing of today
        contributors.mark_alive(tx, mail.from_address)
    filed = _write_down(tx, app, row, assignment, what)
    if assignment.examination.report is not None:
        settle(tx, app, assignment.examination.report, row.id)
    return filed


def _write_down(
    tx: Transaction, app: App, row: MailRow, assignment: Assignment, what: Filing
) -> Filed | None:
    if assignment.into is not None and assignment.what:
        submission_rows.attach(tx, what, assignment.what)
        if assignment.what == "withdraw":
            take_back(tx, app, assignment.into, row, assignment.examination.mail)
        return None
    if assignment.into is not None and is_unasked(tx, assignment.into, what.now):
        submission_rows.give_back_return(tx, assignment.into)
    if assignment.into is not None:
        overrides = decisions.overrides_of(tx, assignment.into)
        examination = examine_without(what.examination, overrides)
        what = msgspec.structs.replace(what, examination=examination)
    filed = submission_rows.file(tx, what)
    for one in filed.submissions:
        # what was asked for before is asked anew, or no more
        if one.letter or one.state == "review":
            supersede(tx, one.id, what.now, None if one.letter else ASKS)
        _write(tx, app, row, what.examination, filed, one)
    return filed


def _write(
    tx: Transaction,
    app: App,
    row: MailRow,
    examination: Examination,
    filed: Filed,
    one: FiledSubmission,
) -> None:
    """Compose the letter that is due and put it into the outbox, bytes and Message-ID included."""
    answer, mail = examination.answer, examination.mail
    if (
        app.config.reply.mode == "off"
        or not one.letter
        or not answer
        or not answer.letter
        or mail is None
    ):
        return
    judged = examination.assessments[one.position]
    before = last_told(tx, one.id)
    overrides = decisions.overrides_of(tx, one.id)
    kind = choose_kind(judged, before, one.letter, overrides)
    if kind is None:
        return
    answered = Answered(
        mail=mail,
        to=answer.to,
        language=filed.language,
        number=one.number,
        revision_number=one.revision_number,
        arrived_at=row.arrived_at,
        before=before,
        overrides=overrides,
    )
    told = context_of_verdict(app, kind, judged, answered)
    about = LetterRef(
        mailbox=row.mailbox, submission_id=one.id, revision_id=one.revision_id, mail_id=row.id
    )
    policy = choose_policy_for_answer(app, answer, junk=row.junk)
    judged = leave_out(judged, overrides)
    if asks_for_more(kind, judged) or (kind == "partly-fixed" and one_by_one(before, judged)):
        policy = wait_for_window(app, policy, row.received_at)
    try:
        write(tx, app, kind, told, about, policy)
    except Unwritable as error:
        # the submission is filed all the same; an editor sees that nothing was written
        log.error("letter.unwritable", mail=row.id, ref=one.number, error=error)
        events.record(tx, _unwritten(app, row, one, kind, str(error)))


def _unwritten(
    app: App, row: MailRow, one: FiledSubmission, kind: LetterKind, reason: str
) -> events.Happened:
    return events.Happened(
        at=app.clock(),
        actor="worker",
        what="letter unwritable",
        submission_id=one.id,
        mail_id=row.id,
        reason=str(explain(ReasonCode.LETTER_UNWRITABLE, line=reason)),
        facts={"kind": kind},
    )


def asks_for_more(kind: LetterKind, judged: Assessment) -> bool:
    """Whether the letter is about something that may be in the contributor's next mail already."""
    return kind in ("unreadable", "nothing-attached") or (
        kind in ("revise", "partly-fixed")
        and any(one.severity == "must" and one.rule in MISSING for one in judged.findings)
    )


def one_by_one(before: Assessment | None, judged: Assessment) -> bool:
    """Whether one photo came while others are still asked for: who has a small mailbox sends
    them mail by mail."""
    had = {photo.sha256 for photo in before.submission.photos} if before else set()
    new = [photo for photo in judged.submission.photos if photo.sha256 not in had]
    left = any(one.severity == "must" and one.rule.startswith("photo-") for one in judged.findings)
    return len(new) == 1 and left


def versions(bounds: Limits) -> Versions:
    """Fingerprints of what an examination is made with."""
    installed = version("redaksi")
    told = msgspec.json.encode(bounds, order="deterministic")
    return Versions(
        rules=installed, config=hashlib.sha256(told).hexdigest()[:16], readers=installed
    )
