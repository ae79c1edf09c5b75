"""Where the store says that a mail belongs: asked when it is read, asked again when it is filed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.match import (
    NEEDS_MATCHING,
    Incoming,
    Known,
    Match,
    match,
    numbers_in,
    submission_of,
)
from desk.domain.merge import is_withdrawal
from desk.domain.similarity import stem
from desk.store import Transaction
from desk.store.inbound.mails import MailRow
from desk.store.outbound import keys
from desk.store.people.addresses import lock_sender
from desk.store.submissions import submission_rows, threads
from desk.store.submissions.threads import Thread
from desk.workflow.reading.bounds import bounds_of
from publisher.letters.messageid import named_by, read_message_id
from redaksi.arrival import Mail
from redaksi.errors import RedaksiError
from redaksi.model import Examination, Submission
from redaksi.sender_policy.header_fields import mailboxes
from redaksi.sender_policy.table import judge_authentication
from redaksi.sender_rule import MARKED, SenderRule
from redaksi.states import WAITS_FOR_CONTRIBUTOR, State
from validators.seen import find_closed

_A_DAY = timedelta(days=1)
_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
_PERSONS = frozenset({SenderRule.AUTHENTICATED, SenderRule.UNKNOWN})
_KEYED = frozenset({"letter", "plus"})  # a letter of ours is named, by its key
_MAY_END = (*WAITS_FOR_CONTRIBUTOR, "review", "scheduled")


class TargetChanged(RedaksiError):
    """The mail belongs elsewhere by now, or what it belongs to has changed: it is looked at
    again."""


class Seen(Struct, frozen=True):
    """A submission as it stood."""

    id: int
    number: str
    state: State
    revision: int


class Target(Struct, frozen=True, kw_only=True):
    """Everything the store says about where a mail belongs. Two that are equal are the same
    answer."""

    sender: str
    found: Match
    other: Match  # where it belongs when it shows to be no part of what it answers
    elsewhere: str  # the number of the other submission that has photos of these names
    may_end: tuple[str, ...]  # where it is a withdrawal: numbers of the sender's that it can mean
    seen: tuple[Seen, ...]  # the submissions that were found
    own: tuple[
        int, ...
    ] = ()  # what the mail is filed as already: it is asked where else it belongs


def is_matched(row: MailRow, examination: Examination) -> bool:
    """What a person sent is matched: his own mail; and of marked mail, or mail nobody vouches for,
    what brings files. Without files those are events: no try, no word."""
    answer = examination.answer
    if examination.mail is None or answer is None or row.blob is None:
        return False
    if answer.rule in _PERSONS:
        return True
    judged = examination.decision not in ("ignore", "quarantine", "failed")
    return answer.rule in MARKED and judged and brings_files(examination)


def brings_files(examination: Examination) -> bool:
    """Whether a document or photo came, or something that may be one."""
    submissions = (judged.submission for judged in examination.assessments)
    return any(
        each.documents or each.photos or find_closed(each) or each.unread for each in submissions
    )


def find_target(
    tx: Transaction, app: App, row: MailRow, examination: Examination, own: tuple[int, ...] = ()
) -> tuple[Target, Sequence[Thread]]:
    """Where an examined mail belongs, and the submissions it was matched with: none of those that
    it is already (`own`)."""
    mail, answer = examination.mail, examination.answer
    if mail is None or answer is None:
        raise AssertionError("only a mail that was read is matched")
    authenticated = answer.rule == SenderRule.AUTHENTICATED
    incoming, every = _ask(tx, app, row, mail, examination, authenticated=authenticated)
    known = [thread for thread in every if thread.id not in own]
    incoming = msgspec.structs.replace(incoming, settle=app.config.queue.settle)
    found = match(incoming, [_known(thread) for thread in known])
    if answer.rule in MARKED:
        found = _hold_marked(app, row, mail, found, known)
    into = next((thread for thread in known if thread.id == found.id), None)
    other, elsewhere = Match(), ""
    if into is not None:
        elsewhere = _shown_elsewhere(examination, into, known, incoming.sender)
        plain = msgspec.structs.replace(incoming, answers=(), addressed=(), thread=(), subject="")
        other = match(plain, [_known(thread) for thread in known if thread.id != into.id])
    theirs = [thread for thread in known if incoming.sender in thread.participants]
    withdraws = is_withdrawal(mail)
    target = Target(
        sender=incoming.sender,
        found=found,
        other=other,
        elsewhere=elsewhere,
        may_end=tuple(thread.number for thread in theirs if thread.state in _MAY_END and withdraws),
        seen=tuple(
            Seen(thread.id, thread.number, thread.state, thread.latest_revision)
            for thread in known
            if thread.id in (found.id, other.id)
        ),
        own=own,
    )
    return target, known


def _hold_marked(
    app: App, row: MailRow, mail: Mail, found: Match, known: Sequence[Thread]
) -> Match:
    """Marked mail joins what it answers where it answers a letter of ours, which nobody else can
    name. What our border does not vouch for joins nothing: an editor pairs it."""
    if found.by not in _KEYED and not found.keyed:
        return Match()
    own = bounds_of(app, row).identity
    if found.id is None or judge_authentication(mail, own) != SenderRule.NOT_AUTHENTICATED:
        return found
    numbers = tuple(thread.number for thread in known if thread.id == found.id)
    return Match(doubt=NEEDS_MATCHING, keyed=True, candidates=numbers)


def confirm_target(
    tx: Transaction, app: App, row: MailRow, examination: Examination, target: Target
) -> None:
    """Lock the sender and what the mail belongs to until `tx` ends, and ask again.

    Raises TargetChanged when the answer is another than `target`, AlreadyFiled when the mail was
    filed meanwhile.
    """
    lock_sender(tx, target.sender)
    if not target.own:
        submission_rows.check_unfiled(tx, row.id)
    for seen in target.seen:  # by their ids: two that lock both never wait for each other
        submission_rows.lock(tx, seen.id)
    again, _ = find_target(tx, app, row, examination, target.own)
    if again != target:
        raise TargetChanged(f"mail {row.id} belongs elsewhere by now")


def _shown_elsewhere(
    examination: Examination, into: Thread, known: Sequence[Thread], sender: str
) -> str:
    """The other open submission of the sender's that has photos of these names, where this one
    has none of them."""
    now = submission_of(examination)
    if now is None or now.documents or not now.photos:
        return ""
    names = {stem(photo.name) for photo in now.photos}
    for thread in known:
        if (
            thread.id != into.id
            and thread.state in WAITS_FOR_CONTRIBUTOR
            and sender in thread.participants
            and (names & _photo_stems(thread))
            and not names & _photo_stems(into)
        ):
            return thread.number
    return ""


def _photo_stems(thread: Thread) -> set[str]:
    return (
        {stem(photo.name) for photo in thread.judged.submission.photos} if thread.judged else set()
    )


def _ask(
    tx: Transaction,
    app: App,
    row: MailRow,
    mail: Mail,
    examination: Examination,
    *,
    authenticated: bool,
) -> tuple[Incoming, Sequence[Thread]]:
    secrets = keys.list_valid(tx, app.clock())
    named = (mail.in_reply_to, *reversed(mail.references))
    ours = tuple(
        dict.fromkeys(
            letter.number
            for message_id in named
            if (letter := read_message_id(message_id, secrets)) is not None
        )
    )
    addressed = _addressed(mail, secrets)
    sender = mail.from_address.strip().lower()
    numbers = {*ours, *addressed, *numbers_in(mail.subject)}
    known = threads.known_to(tx, sender, numbers, row.received_at - _A_DAY)
    incoming = Incoming(
        sender=sender,
        authenticated=authenticated,
        answers=ours,
        addressed=addressed,
        subject=mail.subject,
        thread=tuple(filter(None, named)),
        submission=submission_of(examination),
        arrived=row.internaldate or row.received_at,
    )
    return incoming, known


def _addressed(mail: Mail, secrets: Mapping[str, bytes]) -> tuple[str, ...]:
    """The submissions whose plus-address the mail was sent to: in its own fields, or in those of
    who delivered it."""
    boxes = (box for name in _RECIPIENTS for value in mail.all(name) for box in mailboxes(value))
    numbers = (named_by(box.local, secrets) for box in boxes if box is not None)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _known(thread: Thread) -> Known:
    submission: Submission | None = thread.judged.submission if thread.judged else None
    return Known(
        id=thread.id,
        number=thread.number,
        state=thread.state,
        participants=thread.participants,
        submission=submission,
        decision=thread.judged.decision if thread.judged else None,
        subject=thread.subject,
        arrived=thread.arrived,
        mails=thread.mails,
    )
