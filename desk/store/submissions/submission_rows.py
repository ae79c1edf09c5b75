"""Filing: an examined mail becomes submissions, each with a try that is never changed."""

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from desk.domain.arrival import find_arrival
from desk.store import events
from desk.store.engine import Transaction
from desk.store.inbound import ledger
from desk.store.inbound.dead_letters import unexamined
from desk.store.people import contributors
from desk.store.search.index import index
from desk.store.submissions.about.province import set_province
from desk.store.submissions.about.title import set_title
from desk.store.submissions.about.whole import check_whole
from desk.store.submissions.filing import (
    Filed,
    FiledSubmission,
    Filing,
    asks_fact,
    event_of,
    facts_of,
    find_verdict,
    name_codes,
    name_failed_readers,
    pieces_of,
)
from desk.store.submissions.frozen import freeze
from desk.store.submissions.numbers import next_number
from desk.store.submissions.parts import add_parts
from desk.store.tables import Examination as ExaminationRow
from desk.store.tables import Mail, Revision, Submission
from desk.store.tally import Counter, count
from redaksi import states
from redaksi.errors import AlreadyFiled, StaleRevision, StoreError
from redaksi.model import Assessment, Verdict
from redaksi.reasons import text_of
from redaksi.text.clean import line


def file(tx: Transaction, filing: Filing) -> Filed:
    """Write submissions, tries, documents, photos, captions, findings, examinations and events.

    Raises AlreadyFiled when the mail was filed before, IllegalMove when `into` names a submission
    that cannot take another try. Call it in the transaction that finishes the job and queues the
    letter.
    """
    mail = _unfiled(tx, filing)
    examination = filing.examination
    sender = _sender(tx, filing)
    filed = tuple(
        _file_one(tx, filing, mail, sender, position, judged)
        for position, judged in enumerate(pieces_of(examination))
    )
    _examined(tx, mail, filing)
    for each in filed:
        index(tx, each.id)
    return Filed(
        mail_id=mail.id,
        person_id=sender.person_id if sender else None,
        language=sender.language if sender else filing.language,
        submissions=filed,
    )


def attach(tx: Transaction, filing: Filing, what: str, reason: str = "") -> None:
    """File a mail that is about the submission `filing.into` and no try of it: a word to the
    editors, a resend.

    Raises AlreadyFiled.
    """
    mail = _unfiled(tx, filing)
    submission = tx.get_one(Submission, filing.into)
    check_whole(submission)
    submission.updated_at = filing.now
    _stood_in(tx, mail, submission, filing)
    _examined(tx, mail, filing)
    happened = events.Happened(
        at=filing.now,
        actor="contributor",
        what=what,
        submission_id=submission.id,
        mail_id=mail.id,
        reason=reason,
        facts=asks_fact(filing.examination),
    )
    if what != "withdraw":  # that one moves it, and is on record as a move
        events.record(tx, happened)
    index(tx, submission.id, mail.id)


def _unfiled(tx: Transaction, filing: Filing) -> Mail:
    mail = tx.scalars(select(Mail).where(Mail.id == filing.mail_id).with_for_update()).one()
    if mail.state == "examined" and not filing.again:
        raise AlreadyFiled("already_filed", mail=mail.id)
    return mail


def _examined(tx: Transaction, mail: Mail, filing: Filing) -> None:
    examination = filing.examination
    if mail.state != "examined":  # filed a second time it is the same mail
        count(tx, Counter.MAILS, examination.decision)
    for reader in name_failed_readers(examination):
        count(tx, Counter.READER_ERRORS, reader)
    mail.state, mail.examined_at = "examined", filing.now
    mail.outcome, mail.kind, mail.reason = (
        examination.decision,
        examination.mail_kind,
        examination.reason,
    )
    mail.answer_rule = examination.answer.rule if examination.answer else None
    mail.written, mail.closed = examination.written, examination.is_closed
    mail.others = msgspec.to_builtins(examination.others)
    if examination.mail:
        mail.subject = line(examination.mail.subject)
        mail.message_id = mail.message_id or examination.mail.message_id[: ledger.MOST]
    tx.flush()


def lock(tx: Transaction, submission_id: int) -> Submission:
    """A submission as it is now, nobody else's until the transaction ends: what this transaction
    has read of it before is read anew."""
    wanted = select(Submission).where(Submission.id == submission_id).with_for_update()
    return tx.scalars(wanted.execution_options(populate_existing=True)).one()


def check_unfiled(tx: Transaction, mail_id: int) -> None:
    """Raise AlreadyFiled when the mail was filed before."""
    if tx.scalar(select(Mail.state).where(Mail.id == mail_id)) == "examined":
        raise AlreadyFiled("already_filed", mail=mail_id)


def move(
    tx: Transaction,
    submission_id: int,
    event: states.Event,
    actor: states.Actor,
    happened: events.Happened,
    *,
    seen_revision: int | None = None,
) -> states.Transition:
    """Let something happen to a submission, and put it on record as `happened` tells: who
    ("editor:3"), when, of which mail.

    Raises IllegalMove when the table has no such row, StaleRevision when the editor saw an older
    try (`seen_revision`).
    """
    submission = lock(tx, submission_id)
    if seen_revision is not None and seen_revision != submission.latest_revision:
        now = submission.latest_revision
        raise StaleRevision(number=submission.number, seen=seen_revision, now=now)
    return _move(tx, submission, event, actor, happened)


def give_back_return(tx: Transaction, submission_id: int) -> None:
    """The letter of the last automatic return never left: it counts for none."""
    submission = tx.get_one(Submission, submission_id)
    submission.returns = max(submission.returns - 1, 0)


class Stand(Struct, frozen=True, kw_only=True):
    """How far a submission is: `revision` grows with every try, `version` with whatever else
    happens to it."""

    number: str
    state: states.State
    revision: int
    version: int


def get_stand(tx: Transaction, submission_id: int) -> Stand:
    """How far it is."""
    row = tx.get_one(Submission, submission_id)
    return Stand(
        number=row.number, state=row.state, revision=row.latest_revision, version=row.version
    )


def grow(tx: Transaction, submission_id: int) -> None:
    """Something was decided of it that is no move: a page that was shown before is older."""
    row = tx.get_one(Submission, submission_id)
    row.version += 1
    index(tx, submission_id)


def id_of(tx: Transaction, number: str) -> int | None:
    """The submission with this number."""
    return tx.scalar(select(Submission.id).where(Submission.number == number))


def _sender(tx: Transaction, filing: Filing) -> contributors.Contributor | None:
    mail = filing.examination.mail
    if mail is None or not mail.from_address:
        return None
    return contributors.ensure_contributor(
        tx, mail.from_address, mail.from_name, filing.now, filing.language
    )


def _file_one(
    tx: Transaction,
    filing: Filing,
    mail: Mail,
    sender: contributors.Contributor | None,
    position: int,
    judged: Assessment,
) -> FiledSubmission:
    verdict = find_verdict(filing.examination, judged)
    submission = _row_for(tx, filing, mail, position, verdict)
    if sender and submission.person_id is None:
        submission.person_id, submission.address_id = sender.person_id, sender.address_id
    set_title(submission, judged)
    set_province(tx, submission, judged, filing.examination)
    submission.latest_revision += 1
    tx.flush()
    revision = _try(tx, filing, submission, mail, position, judged)
    # what an editor noted, he reads; and what came back often enough
    spent = submission.returns >= filing.max_returns or submission.left == "noted"
    event = event_of(verdict, silent=filing.silent, spent=spent)
    happened = events.Happened(
        at=filing.now,
        actor="worker",
        what=event,
        mail_id=mail.id,
        reason=text_of(judged.reason),
        facts=facts_of(filing, submission.latest_revision, position, judged),
    )
    moved = _move(tx, submission, event, "validator", happened)
    for code in name_codes(judged):
        count(tx, Counter.FINDINGS, code)
    if event in ("revise", "incomplete") and submission.state in ("revising", "incomplete"):
        submission.returns += 1
    return FiledSubmission(
        id=submission.id,
        number=submission.number,
        revision_id=revision.id,
        revision_number=revision.number,
        position=position,
        state=submission.state,
        verdict=verdict,
        letter=moved.letter,
    )


def _row_for(
    tx: Transaction, filing: Filing, mail: Mail, position: int, verdict: Verdict
) -> Submission:
    if filing.into is not None and position == 0:
        into = lock(tx, filing.into)
        if filing.seen_revision is not None and into.latest_revision != filing.seen_revision:
            raise StoreError("newer_try_again", number=into.number)
        _stood_in(tx, mail, into, filing)
        return into
    stand_in = unexamined(tx, mail.id) if position == 0 else None
    if stand_in is not None:
        return stand_in
    series: str = "M" if verdict == "ignore" else "W"
    new = Submission(
        number=next_number(tx, "M" if series == "M" else "W", filing.now.year),
        mailbox_id=mail.mailbox_id,
        source=mail.source,
        mail_id=mail.id,
        position=position,
        state="received",
        latest_revision=0,
        returns=0,
        title="",
        province="",
        received_at=find_arrival(mail.internaldate, mail.received_at),
        updated_at=filing.now,
    )
    tx.add(new)
    tx.flush()
    return new


def _stood_in(tx: Transaction, mail: Mail, into: Submission, filing: Filing) -> None:
    """What stood in the queue for a mail nobody could examine is no submission of its own: the
    mail joins another."""
    stand_in = unexamined(tx, mail.id)
    if stand_in is not None and stand_in.id != into.id:
        told = {"with": into.number}
        happened = events.Happened(
            at=filing.now, actor="worker", what="ignore", mail_id=mail.id, facts=told
        )
        _move(tx, stand_in, "ignore", "validator", happened)


def _try(
    tx: Transaction,
    filing: Filing,
    submission: Submission,
    mail: Mail,
    position: int,
    judged: Assessment,
) -> Revision:
    if filing.again:  # beside the try it was before
        position = (
            tx.scalar(select(func.max(Revision.position)).where(Revision.mail_id == mail.id)) or 0
        ) + 1
    revision = Revision(
        submission_id=submission.id,
        number=submission.latest_revision,
        mail_id=mail.id,
        position=position,
        examined_at=filing.now,
        decision=judged.decision,
        reason=judged.reason,
        caption_action=judged.submission.caption_action,
        doubts=list(judged.submission.doubts),
    )
    tx.add(revision)
    tx.flush()
    versions = filing.versions
    tx.add(
        ExaminationRow(
            revision_id=revision.id,
            rules=versions.rules,
            config=versions.config,
            readers=versions.readers,
            judged=freeze(judged),
        )
    )
    add_parts(tx, revision.id, judged)
    return revision


def _move(
    tx: Transaction,
    submission: Submission,
    event: states.Event,
    actor: states.Actor,
    happened: events.Happened,
) -> states.Transition:
    check_whole(submission, event)
    row = states.find_transition(submission.state, event, actor)
    before = submission.state
    submission.state = row.to or states.open_again(submission.left)
    submission.version += 1
    if submission.state != before:
        submission.left = before if submission.state in ("expired", "withdrawn") else None
    submission.updated_at = happened.at
    facts = {**happened.facts, "from": before, "to": submission.state}
    events.record(tx, msgspec.structs.replace(happened, submission_id=submission.id, facts=facts))
    return row
