"""Letters are composed here, once, in the transaction of what they tell, and put into the outbox.

Whether a letter that goes by itself may go now is asked when it is sent, not here:
desk.domain.rate_limit.
"""

from datetime import date, datetime
from typing import Literal

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.rate_limit import DAY, H_KINDS, MODE_DRAFT, reason_not_to_ask, skip_quiet_hours
from desk.outbound import restored
from desk.store import Transaction
from desk.store.inbound import mails
from desk.store.outbound import keys, letters, outbox, outbox_queries
from desk.store.people.addresses import address_key
from publisher.letters.compose import compose, compose_edited
from publisher.letters.letter_context import Letter, LetterContext, LetterKind
from publisher.letters.proofread import where
from publisher.letters.source import LetterText, has_same_facts
from publisher.letters.stationery import Key, Stationery
from redaksi.config.schema import is_plus_addressed
from redaksi.errors import IllegalMove, LetterChanged, Unwritable
from redaksi.model import Answer
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.redact import mask_addresses
from redaksi.sender_policy import public_providers
from validators.registry import make_rulebook


class LetterRef(Struct, frozen=True, kw_only=True):
    """What a letter is filed under. `idempotency_key`: the occasion it may be written for only
    once; "" = its kind and its try."""

    mailbox: str
    submission_id: int | None = None
    revision_id: int | None = None
    mail_id: int | None = None
    idempotency_key: str = ""


class DeliveryPolicy(Struct, frozen=True, kw_only=True):
    """Whether a letter waits for an editor and why, or leaves: by itself or because an editor
    said so, and when."""

    state: Literal["draft", "queued"] = "queued"
    automatic: bool = True
    reason: Reason | None = None
    not_before: datetime | None = None
    good_until: datetime | None = None


class Shown(Struct, frozen=True, kw_only=True):
    """A letter's text as it came back from whom it was shown to. `account_id`: whose words they
    are, where it was edited."""

    text: LetterText
    account_id: int | None = None


def write(
    tx: Transaction,
    app: App,
    kind: LetterKind,
    context: LetterContext,
    about: LetterRef,
    policy: DeliveryPolicy,
    shown: Shown | None = None,
) -> int | None:
    """Compose and enqueue; the letter's id, None when this letter was written on this occasion
    before. `shown`: it goes as somebody saw it, or not at all (LetterChanged)."""
    now = local_now(app)
    key = keys.current_key(tx, now)
    again = _count_written(tx, kind, about)
    if again and not about.idempotency_key:
        return None
    context = msgspec.structs.replace(context, again=again)
    letter = compose_letter(app, kind, context, about.mailbox, key, now)
    if shown is not None:
        letter = compose_shown(app, context, about.mailbox, key, now, letter, shown.text)
    is_edited = shown is not None and not shown.text.is_untouched
    policy = _unless_asked(tx, kind, context, policy, now, about.mail_id)
    policy = _unless_restored(tx, about, policy)
    if policy.state == "queued":
        app.new_letter.ring_after(tx)
    return outbox.enqueue(
        tx,
        letters.Letter(
            kind=kind,
            language=context.language,
            mailbox=about.mailbox,
            to=letter.to,
            message_id=letter.message_id,
            key_id=key.id,
            subject=letter.subject,
            text=letter.text,
            content=letter.raw,
            at=now,
            state=policy.state,
            automatic=policy.automatic,
            reason=policy.reason,
            not_before=policy.not_before,
            good_until=policy.good_until,
            submission_id=about.submission_id,
            revision_id=about.revision_id,
            mail_id=about.mail_id,
            idempotency_key=about.idempotency_key,
            source=letter.source,
            facts_hash=letter.facts_hash,
            edited_by=shown.account_id if shown is not None and is_edited else None,
            kept_until=word_day(context.purge),
        ),
    )


def word_day(day: date | None) -> str:
    """The day that a letter names, as its row keeps it; "" for none."""
    return day.isoformat() if day else ""


def _count_written(tx: Transaction, kind: LetterKind, about: LetterRef) -> int:
    """How many letters of this kind were written about this revision."""
    if about.submission_id is None:
        return 0
    return sum(
        letter.kind == kind and letter.revision_id == about.revision_id
        for letter in outbox.of_submission(tx, about.submission_id)
    )


def compose_letter(
    app: App, kind: LetterKind, context: LetterContext, mailbox: str, key: keys.Key, now: datetime
) -> Letter:
    """The letter on this mailbox's stationery. Raises Unwritable when a template fails on it, or
    `to` is no address."""
    paper = make_stationery(app, mailbox, Key(id=key.id, secret=key.secret), now)
    try:
        return compose(kind, context, paper)
    except Exception as error:  # an expression in a redaksi's own template can raise anything
        at = mask_addresses(where(error, f"{context.language}/{kind}.j2"))
        raise Unwritable("unwritable", where=at) from error


def compose_shown(
    app: App,
    context: LetterContext,
    mailbox: str,
    key: keys.Key,
    now: datetime,
    composed: Letter,
    shown: LetterText,
) -> Letter:
    """The letter as it was shown, or as an editor left it, where what it tells is what it told:
    `composed` is how it would be now. Raises LetterChanged where it is not, Unwritable, and
    IllegalMove for a text of a wrong length."""
    is_edited = not shown.is_untouched
    is_same = (
        has_same_facts(shown.facts_hash, composed.facts_hash)
        if is_edited
        else shown.facts_hash == composed.facts_hash
    )
    if not is_same:
        raise LetterChanged(
            is_edited=is_edited,
            source=composed.source,
            text=composed.text,
            facts_hash=composed.facts_hash,
        )
    if not is_edited:
        return composed
    paper = make_stationery(app, mailbox, Key(id=key.id, secret=key.secret), now)
    try:
        return compose_edited(shown.source, composed.kind, context, paper)
    except IllegalMove:
        raise
    except Exception as error:
        raise Unwritable("unwritable", where=mask_addresses(str(error))) from error


def choose_policy_for_answer(app: App, answer: Answer, *, junk: bool) -> DeliveryPolicy:
    """Draft or queued, for a letter that answers a mail: answering.md, rows 10 and 11."""
    if app.config.reply.mode != "draft" and not junk and not answer.send:
        return DeliveryPolicy(state="draft", reason=answer.reason)
    return choose_automatic_policy(app, junk=junk)


def choose_automatic_policy(app: App, *, junk: bool = False) -> DeliveryPolicy:
    """Draft or queued, for a letter nobody decided on. The limits are asked for when it is sent.
    `junk`: the mail came through a folder for spam, and an answer to spam proves our address
    alive."""
    reply = app.config.reply
    if reply.mode == "draft":
        return DeliveryPolicy(state="draft", reason=explain(MODE_DRAFT))
    if junk:
        return DeliveryPolicy(state="draft", reason=explain(ReasonCode.FROM_JUNK_FOLDER))
    return DeliveryPolicy(not_before=skip_quiet_hours(reply.quiet, local_now(app)))


def _unless_asked(
    tx: Transaction,
    kind: LetterKind,
    context: LetterContext,
    policy: DeliveryPolicy,
    now: datetime,
    mail_id: int | None,
) -> DeliveryPolicy:
    """A draft instead, where so many of its kind went that somebody who answers by itself may be at
    the other end.

    Letters written after we had the mail (by our clock: a server whose clock is behind would let
    its responder go on for ever) are none it answers, but this address is asked once
    all the same: several mails in one poll are one burst. Who sends something else each time makes
    progress.
    """
    is_missing = kind in H_KINDS or (kind == "revise" and not context.document)
    if not is_missing or policy.state != "queued" or not policy.automatic or context.progress:
        return policy
    to = address_key(context.to)
    fetched = mails.get(tx, mail_id).received_at if mail_id is not None else None
    before = [
        one
        for one in outbox_queries.asked_for_articles(tx, now - DAY)
        if fetched is None or one.at < fetched or (one.to, one.kind) == (to, kind)
    ]
    reason = reason_not_to_ask(to, before, now, public_providers.load())
    return (
        msgspec.structs.replace(policy, state="draft", reason=explain(reason), not_before=None)
        if reason
        else policy
    )


def _unless_restored(tx: Transaction, about: LetterRef, policy: DeliveryPolicy) -> DeliveryPolicy:
    """A draft instead, where the installation that a backup was made of may have sent it."""
    if policy.state != "queued" or not policy.automatic:
        return policy
    if not restored.is_old(tx, about.mail_id, about.submission_id):
        return policy
    reason = explain(ReasonCode.RESTORED)
    return msgspec.structs.replace(policy, state="draft", reason=reason, not_before=None)


def wait_for_window(app: App, policy: DeliveryPolicy, received: datetime) -> DeliveryPolicy:
    """The same, but not before the sender's next mail has had the time `queue.settle` to arrive."""
    now = local_now(app)
    closes = received.astimezone(now.tzinfo) + app.config.queue.settle
    if policy.state != "queued" or closes <= now:
        return policy
    return msgspec.structs.replace(
        policy, not_before=skip_quiet_hours(app.config.reply.quiet, closes)
    )


def choose_editor_policy(app: App) -> DeliveryPolicy:
    """An editor pressed send: it goes in every mode, but not before the decision can be taken
    back."""
    reply = app.config.reply
    return DeliveryPolicy(
        automatic=False, not_before=skip_quiet_hours(reply.quiet, local_now(app) + reply.undo)
    )


def local_now(app: App) -> datetime:
    """Now, in the redaksi's zone."""
    return app.clock().astimezone(app.config.zone)


def make_stationery(app: App, mailbox: str, key: Key, now: datetime) -> Stationery:
    """Who writes, on what, and when."""
    address = app.writes_as(mailbox)
    box = app.mailbox(mailbox)
    longer, shorter = make_rulebook(app.config.rules).pixels
    return Stationery(
        templates=app.templates,
        address=address,
        name=app.config.reply.name,
        sign=app.config.reply.sign,
        domain=address.rpartition("@")[2],
        key=key,
        now=now,
        merge=True,
        plus=box is not None and is_plus_addressed(app.config, box),
        withdraw=True,
        photo_pixels=(longer, shorter),
    )
