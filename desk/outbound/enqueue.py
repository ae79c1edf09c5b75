"""Letters are composed here, once, in the transaction of what they tell, and put into the outbox.

Whether a letter that goes by itself may go now is asked when it is sent, not here: desk.domain.rate_limit.
"""

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from desk.app import Office
from desk.domain.rate_limit import DAY, H_KINDS, MODE_DRAFT, after_quiet, asked_enough
from desk.store import Transaction
from desk.store.outbound import keys, outbox, outbox_queries
from desk.store.people.addresses import address_key
from publisher.letters.compose import compose
from publisher.letters.letter_context import Letter, LetterKind, Occasion
from publisher.letters.proofread import where
from publisher.letters.stationery import Key, Stationery
from redaksi.config.schema import plus_addressed
from redaksi.errors import Unwritable
from redaksi.model import Answer
from redaksi.text import clean
from validators.registry import rulebook


class About(Struct, frozen=True, kw_only=True):
    """What a letter is filed under. `once`: the occasion it may be written for only once; "" = its kind and its try."""

    mailbox: str
    submission_id: int | None = None
    try_id: int | None = None
    mail_id: int | None = None
    once: str = ""


class Leave(Struct, frozen=True, kw_only=True):
    """Whether a letter waits for an editor and why, or leaves: by itself or because an editor said so, and when."""

    state: Literal["draft", "queued"] = "queued"
    automatic: bool = True
    why: str = ""
    not_before: datetime | None = None
    good_until: datetime | None = None


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
    leave = _unless_asked(tx, kind, told, leave, now)
    return outbox.enqueue(
        tx,
        outbox.Letter(
            kind=kind, language=told.language, mailbox=about.mailbox, to=letter.to, message_id=letter.message_id,
            key_id=key.id, subject=letter.subject, text=letter.text, content=letter.raw, at=now, state=leave.state,
            automatic=leave.automatic, why=leave.why, not_before=leave.not_before, good_until=leave.good_until,
            submission_id=about.submission_id, try_id=about.try_id, mail_id=about.mail_id, once=about.once,
        ),
    )  # fmt: skip


def composed(
    office: Office, kind: LetterKind, told: Occasion, mailbox: str, key: keys.Key, now: datetime
) -> Letter:
    """The letter on this mailbox's stationery. Raises Unwritable when a template fails on it, or `to` is no address."""
    paper = stationery(office, mailbox, Key(id=key.id, secret=key.secret), now)
    try:
        return compose(kind, told, paper)
    except Exception as error:  # an expression in a redaksi's own template can raise anything
        raise Unwritable(clean.masked(where(error, f"{told.language}/{kind}.j2"))) from error


def answering(office: Office, answer: Answer) -> Leave:
    """Draft or queued, for a letter that answers a mail: answering.md, rows 10 and 11."""
    if office.config.reply.mode != "draft" and not answer.send:
        return Leave(state="draft", why=answer.reason)
    return by_itself(office)


def by_itself(office: Office) -> Leave:
    """Draft or queued, for a letter nobody decided on. The limits (row 12) are asked for when it is sent."""
    reply = office.config.reply
    if reply.mode == "draft":
        return Leave(state="draft", why=MODE_DRAFT)
    return Leave(not_before=after_quiet(reply.quiet, local(office)))


def _unless_asked(tx: Transaction, kind: LetterKind, told: Occasion, leave: Leave, now: datetime) -> Leave:
    """A draft instead, where so many of its kind went that somebody who answers by itself may be at the other end.

    Letters written after the mail had come in are none it answers; who sends something else each time makes progress.
    """
    if kind not in H_KINDS or leave.state != "queued" or not leave.automatic or told.progress:
        return leave
    sent = outbox_queries.written_to(tx, H_KINDS, now - DAY)
    before = [one for one in sent if told.received is None or one.at < told.received]
    why = asked_enough(address_key(told.to), before, now)
    return msgspec.structs.replace(leave, state="draft", why=why, not_before=None) if why else leave


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
    return Leave(automatic=False, not_before=after_quiet(reply.quiet, local(office) + reply.undo))


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
