"""Letters out: queued -> sending -> sent | unknown | failed. The bytes were composed with the verdict.

A turn settles doubts, then sends what may leave now (rate_limit), one letter after another. A relay
that takes nothing of ours ends the turn and is left alone for a while by every process
(desk.store.outbound.relay); no letter fails for it.

After a cut or a death in `sending` the deterministic Message-ID is looked up in the Sent folder:
found means sent; not found means send again, but only where the relay is known to file copies
(`reply.sent`) and only once no server can still be at it; otherwise an editor decides.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta

from msgspec import Struct

from desk.app import App
from desk.domain import rate_limit
from desk.domain.rate_limit import FINAL_DOT, GIVE_UP, PAUSES, Step
from desk.inbound.accounts import imap_account
from desk.outbound import restored
from desk.outbound.ask_again import find_hindrance
from desk.outbound.enqueue import local_now
from desk.outbound.relay_account import relay_server
from desk.store import Transaction
from desk.store.jobs import leases
from desk.store.outbound import outbox, outbox_queries, relay
from desk.store.outbound.letters import Stored
from ingest.fetch.mailbox import open_mailbox
from publisher.smtp.session import (
    Closed,
    Deferred,
    Outcome,
    Refused,
    Sent,
    SmtpSession,
    Unknown,
)
from redaksi.catalog import Sentence
from redaksi.catalog.stored import freeze, key_of, thaw
from redaksi.config.schema import Reply
from redaksi.errors import ConfigError, IllegalMove, RedaksiError, ServerError
from redaksi.log import get_logger, name_error
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.redact import mask_addresses
from redaksi.sender_policy import public_providers

LEASE = "post"
# at the Sent folder, after the letter was begun
LOOKS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15))
CUTS = 3  # attempts of which none was found in Sent: perhaps Sent is not where we look
BATCH = 20  # letters between two looks at what may leave: quiet hours begin, an editor drops one
log = get_logger("outbox")


class Turn(Struct, frozen=True, kw_only=True):
    """One sender's hold on the outbox."""

    app: App
    session: SmtpSession
    token: int

    def hold(self, tx: Transaction) -> None:
        """Raise LeaseLost when another sender has taken over: what it recorded stands."""
        leases.check(tx, LEASE, self.token)


def send_due_letters(
    app: App, stop: Callable[[], bool] = lambda: False, *, eager: bool = False
) -> int:
    """Send what is due; how many letters left. Only one process sends at a time. `eager`: nothing
    waits for its next attempt, the relay's pause is over.

    Raises LoginRefused or ServerError when no letter at all can leave, StoreError when the store
    refuses, LeaseLost when somebody else sends by now.
    """
    server = relay_server(app)
    if server is None:
        return 0
    if app.config.reply.mode == "off":
        _put_off(app)
        return 0
    with app.store.read() as tx:
        is_unasked = restored.is_unasked(tx)
        if not (eager or is_unasked or outbox.in_doubt(tx, app.clock()) or _planned(tx, app)):
            return 0
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name)
        if token is not None and eager:
            relay.reopen(tx)
            outbox_queries.hurry(tx, app.clock())
    if token is None:
        return 0
    try:
        with SmtpSession(server) as session:
            turn = Turn(app=app, session=session, token=token)
            if is_unasked:
                _ask_after_restore(turn)
            _settle_doubts(turn)
            return _send_due(turn, stop)
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


def _put_off(app: App) -> None:
    """Letters that were queued before letters were turned off: when they are turned on again, it
    must be known."""
    with app.store.read() as tx:
        if not outbox_queries.some_wait(tx, explain(rate_limit.MODE_OFF)):
            return
    with app.store.begin() as tx:
        outbox_queries.put_off(tx, explain(rate_limit.MODE_OFF))


# ── what may leave ────────────────────────────────────────────────────────────────────────────────


def _planned(tx: Transaction, app: App) -> list[Step]:
    """What becomes of each waiting letter now; nothing while the relay is left alone."""
    now = local_now(app)
    shut = relay.pause(tx)
    if shut is not None and now < shut.until <= now + PAUSES[-1]:  # beyond that a clock was wrong
        return []
    waiting = outbox_queries.waiting(tx, now)
    left = outbox_queries.left(tx, now - rate_limit.DAY) if waiting else []
    return rate_limit.plan(waiting, left, limits_of(app.config.reply), now)


def limits_of(reply: Reply) -> rate_limit.LetterLimits:
    """What config.toml allows, as the rate limit takes it."""
    return rate_limit.LetterLimits(
        mode=reply.mode,
        per_sender_per_day=reply.per_sender_per_day,
        per_hour=reply.per_hour,
        per_day=reply.per_day,
        quiet=reply.quiet,
        providers=public_providers.load(),
    )


def _send_due(turn: Turn, stop: Callable[[], bool]) -> int:
    count = 0
    while not stop():
        letters = _next(turn)
        if not letters:
            break
        for letter_id in letters:
            if stop():
                break
            count += _send_one(turn, letter_id)
    return count


def _next(turn: Turn) -> list[int]:
    """Hold, drop or put off what does not leave now; the ids of those that do, some at a time."""
    with turn.app.store.begin() as tx:
        turn.hold(tx)
        steps = _planned(tx, turn.app)
        for step in steps:
            with suppress(IllegalMove):  # an editor was faster
                _take(tx, turn.app, step)
    return [step.letter for step in steps if step.act in ("send", "resume")][:BATCH]


def _take(tx: Transaction, app: App, step: Step) -> None:
    now = app.clock()
    reason = explain(step.reason) if step.reason else None
    match step, reason:
        case Step(act="resume"), Reason():
            outbox.resume(tx, step.letter, now, reason)
        case Step(act="hold"), Reason():
            outbox.hold(tx, step.letter, now, reason)
        case Step(act="draft"), Reason():
            outbox.redraft(tx, step.letter, now, reason)
        case Step(act="drop"), _:
            outbox.drop(tx, step.letter, now, "worker", reason)
        case Step(act="later"), _:
            outbox.wait_until(tx, step.letter, step.when or now)


# ── one letter ────────────────────────────────────────────────────────────────────────────────────


def _send_one(turn: Turn, letter_id: int) -> bool:
    """Whether the letter left. Raises LoginRefused or ServerError when none can."""
    app = turn.app
    try:
        with app.store.begin() as tx:
            turn.hold(tx)
            if _is_hindered(tx, app, letter_id):
                return False
            letter = outbox.begin_sending(tx, letter_id, app.clock())
            content = outbox.content(tx, letter_id)
    except IllegalMove:  # it was dropped since we looked
        return False
    try:
        outcome = _handed_over(turn, letter, content)
    except RedaksiError as error:
        _shut(turn, letter, error.freeze(mask_addresses), name_error(error))
        raise
    if isinstance(outcome, Closed):
        code = key_of(outcome.reply) or "refused"
        _shut(turn, letter, mask_addresses(outcome.reply), code)
        server = turn.session.server
        raise ServerError("smtp", host=server.host, port=server.port, reply=thaw(outcome.reply))
    _record(turn, letter, outcome)
    return isinstance(outcome, Sent)


def _is_hindered(tx: Transaction, app: App, letter_id: int) -> bool:
    """Whether what it asks for may lie in another mail: then it waits, or is an editor's."""
    hindrance = find_hindrance(tx, app, outbox.lock_queued(tx, letter_id))
    if hindrance is None:
        return False
    if hindrance.until is not None:
        outbox.wait_until(tx, letter_id, hindrance.until, hindrance.reason)
    else:
        outbox.redraft(tx, letter_id, app.clock(), hindrance.reason)
    return True


def _handed_over(turn: Turn, letter: Stored, content: bytes) -> Outcome:
    try:
        return turn.session.send(content, turn.app.writes_as(letter.mailbox), letter.to)
    except ValueError as error:  # an address or octets that must not be sent
        return Refused(reply=mask_addresses(str(error)))


def _shut(turn: Turn, letter: Stored, kept: str, code: str) -> None:
    """The relay takes nothing: the letter goes behind the others, and all of them wait, longer
    each time."""
    now = turn.app.clock()
    with turn.app.store.begin() as tx:
        turn.hold(tx)
        before = relay.pause(tx)
        until = now + rate_limit.pause(before.failures if before else 0)
        relay.close(tx, now, until, kept)
        again = max(until, now + rate_limit.pause(letter.attempts - 1))
        outbox.put_back(tx, letter.id, now, again, kept)
    log.warning("relay.closed", until=until.isoformat(), error=code)


def _record(turn: Turn, letter: Stored, outcome: Outcome) -> None:
    now = turn.app.clock()
    with turn.app.store.begin() as tx:
        turn.hold(tx)
        relay.reopen(tx)
        match outcome:
            case Sent():
                outbox.mark_sent(tx, letter.id, now, outcome.reply)
            case Refused():
                outbox.mark_failed(tx, letter.id, now, outcome.reply)
            case Deferred() if (
                letter.deferred_at is not None and now - letter.deferred_at > GIVE_UP
            ):
                outbox.mark_failed(
                    tx, letter.id, now, _trouble("two_days", reply=thaw(outcome.reply))
                )
            case Deferred():
                outbox.defer(
                    tx, letter.id, now, now + rate_limit.pause(letter.attempts - 1), outcome.reply
                )
            case Unknown() if turn.app.config.reply.sent:
                outbox.ask_later(tx, letter.id, now + LOOKS[0], outcome.reply)
            case _:
                outbox.mark_unknown(tx, letter.id, now, outcome.reply)
    log.info("letter", letter=letter.id, kind=letter.kind, outcome=type(outcome).__name__.lower())


# ── doubts ────────────────────────────────────────────────────────────────────────────────────────


def _ask_after_restore(turn: Turn) -> None:
    """What left between a backup and its restore is not sent again by an editor."""
    try:
        restored.ask_sent(turn.app, turn.hold)
    except (ServerError, ConfigError) as error:  # they are drafts, and it is asked again
        log.warning("sent.not_asked", error=error.sentence.key)


def _settle_doubts(turn: Turn) -> None:
    """Letters that were being sent when the line or somebody died. We hold the lease: nobody is
    sending them now."""
    with turn.app.store.read() as tx:
        doubtful = outbox.in_doubt(tx, turn.app.clock())
    for letter in doubtful:
        try:
            found = is_in_sent(turn.app, letter)
        except RedaksiError as error:
            _not_asked(turn, letter, error)
        else:
            _settle(turn, letter, found=found)


def _settle(turn: Turn, letter: Stored, *, found: bool | None) -> None:
    now = turn.app.clock()
    begun = letter.sending_at or now
    with turn.app.store.begin() as tx:
        turn.hold(tx)
        if found is None:
            outbox.mark_unknown(tx, letter.id, now, _trouble("cut_off"))
        elif found:
            outbox.mark_sent(tx, letter.id, now, str(explain(ReasonCode.IN_SENT_FOLDER)))
        elif now < begun + FINAL_DOT:
            when = next((begun + look for look in LOOKS if begun + look > now), begun + FINAL_DOT)
            outbox.ask_later(tx, letter.id, when, _trouble("not_yet"))
        elif letter.attempts >= CUTS:
            outbox.mark_unknown(tx, letter.id, now, _trouble("never_found", n=letter.attempts))
        else:
            outbox.put_back(tx, letter.id, now, now, _trouble("not_found"))


def _not_asked(turn: Turn, letter: Stored, error: RedaksiError) -> None:
    """The Sent folder is not there, or misnamed: this letter waits, the others go on, `redaksi
    status` tells."""
    now = turn.app.clock()
    with turn.app.store.begin() as tx:
        turn.hold(tx)
        reason = _trouble("not_asked", error=error.sentence)
        outbox.ask_later(tx, letter.id, now + PAUSES[1], reason)
    log.warning("sent.not_asked", letter=letter.id, error=error)


def _trouble(key: str, **facts: object) -> str:
    """What happened to a letter, as it is kept with it."""
    sentence = Sentence(section="letter_trouble", key=key, facts=facts)
    return freeze(sentence, mask_addresses)


def is_in_sent(app: App, letter: Stored) -> bool | None:
    """Whether the Sent folder has the letter; None when no relay of ours files copies."""
    box, where = app.mailbox(letter.mailbox), app.config.reply.sent
    if not where or box is None:
        return None
    with ExitStack() as stack:
        mailbox = stack.enter_context(open_mailbox(imap_account(app, box)))
        folder = mailbox.special("\\Sent") if where == "gmail" else where
        return mailbox.find_message_id(folder, letter.message_id) if folder else None
