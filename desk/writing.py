"""Letters are composed here, once, in the transaction of what they tell, and put into the outbox."""

from datetime import datetime, time, timedelta

import msgspec
from msgspec import Struct

from desk.office import Office
from desk.store import Transaction, keys, outbox
from publisher.letters.compose import compose
from publisher.letters.occasion import Letter, LetterKind, Occasion
from publisher.letters.stationery import Key, Stationery
from redaksi.config import plus_addressed
from redaksi.model import Answer
from validators.registry import rulebook


class About(Struct, frozen=True, kw_only=True):
    """What a letter is filed under. `once`: the occasion it may be written for only once; "" = its kind and its try."""

    mailbox: str
    submission_id: int | None = None
    try_id: int | None = None
    mail_id: int | None = None
    once: str = ""


class Leave(Struct, frozen=True, kw_only=True):
    """Whether a letter goes by itself, why not, and not before when."""

    state: outbox.LetterState = "queued"
    why: str = ""
    not_before: datetime | None = None


def write(
    tx: Transaction, office: Office, kind: LetterKind, told: Occasion, about: About, leave: Leave
) -> int | None:
    """Compose and enqueue; the letter's id, None when this letter was written on this occasion before."""
    now = local(office)
    key = keys.current_key(tx, now)
    again = 0
    if about.submission_id is not None:
        again = sum(
            one.kind == kind and one.try_id == about.try_id
            for one in outbox.of_submission(tx, about.submission_id)
        )
        if again and not about.once:
            return None
    letter = composed(office, kind, msgspec.structs.replace(told, again=again), about.mailbox, key, now)
    return outbox.enqueue(
        tx,
        outbox.Letter(
            kind=kind, language=told.language, mailbox=about.mailbox, to=letter.to, message_id=letter.message_id,
            key_id=key.id, subject=letter.subject, text=letter.text, content=letter.raw, at=now, state=leave.state,
            why=leave.why, not_before=leave.not_before, submission_id=about.submission_id, try_id=about.try_id,
            mail_id=about.mail_id, once=about.once,
        ),
    )  # fmt: skip


def composed(
    office: Office, kind: LetterKind, told: Occasion, mailbox: str, key: keys.Key, now: datetime
) -> Letter:
    """The letter on this mailbox's stationery."""
    return compose(kind, told, stationery(office, mailbox, Key(id=key.id, secret=key.secret), now))


def answering(tx: Transaction, office: Office, answer: Answer) -> Leave:
    """Draft, held or queued, for a letter that answers a mail: answering.md, rows 10 to 12."""
    if office.config.reply.mode != "draft" and not answer.send:
        return Leave(state="draft", why=answer.reason)
    return by_itself(tx, office, answer.to)


def by_itself(tx: Transaction, office: Office, to: str) -> Leave:
    """Draft, held or queued, for a letter nobody decided on: the limits of row 12, and the quiet hours."""
    reply, now = office.config.reply, office.clock()
    if reply.mode == "draft":
        return Leave(state="draft", why="reply.mode is draft")
    if outbox.count_to(tx, to, now - timedelta(days=1)) >= reply.per_sender_per_day:
        return Leave(state="held", why="reply.per_sender_per_day is reached")
    if outbox.count_all(tx, now - timedelta(hours=1)) >= reply.per_hour:
        return Leave(state="held", why="reply.per_hour is reached")
    return Leave(not_before=after_quiet(reply.quiet, local(office)))


def after_window(office: Office, leave: Leave, received: datetime) -> Leave:
    """The same, but not before the sender's next mail has had the time `queue.settle` to arrive."""
    now = local(office)
    closes = received.astimezone(now.tzinfo) + office.config.queue.settle
    if leave.state != "queued" or closes <= now:
        return leave
    return msgspec.structs.replace(leave, not_before=after_quiet(office.config.reply.quiet, closes))


def decided(office: Office) -> Leave:
    """An editor pressed send: it goes in every mode, but not before the decision can be taken back."""
    reply = office.config.reply
    return Leave(not_before=after_quiet(reply.quiet, local(office) + reply.undo))


def after_quiet(quiet: str, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours ("21:00-06:00", "" for none) it falls in. `now` is in the redaksi's zone."""
    if not quiet:
        return now
    begin, end = (time.fromisoformat(part.strip()) for part in quiet.split("-"))
    moment = now.time().replace(tzinfo=None)
    over_midnight = begin > end
    silent = (moment >= begin or moment < end) if over_midnight else begin <= moment < end
    if not silent:
        return now
    day = now.date() + timedelta(days=1 if over_midnight and moment >= begin else 0)
    return datetime.combine(day, end, tzinfo=now.tzinfo)


def local(office: Office) -> datetime:
    """Now, in the redaksi's zone."""
    return office.clock().astimezone(office.config.zone)


def stationery(office: Office, mailbox: str, key: Key, now: datetime) -> Stationery:
    """Who writes, on what, and when."""
    address = office.writes_as(mailbox)
    box = office.mailbox(mailbox)
    longer, shorter = rulebook(office.config.rules).pixels
    return Stationery(
        templates=office.templates,
        address=address,
        name=office.config.reply.name,
        sign=office.config.reply.sign,
        domain=address.rpartition("@")[2],
        key=key,
        now=now,
        merge=True,
        plus=box is not None and plus_addressed(office.config, box),
        withdraw=True,
        photo_pixels=(longer, shorter),
    )
