"""Letters out: queued -> sending -> sent | unknown | failed. The bytes were composed with the verdict.

After a death in `sending` the deterministic Message-ID is looked up in the Sent folder: found means sent; not found
means send again, but only where the relay is known to file copies (`reply.sent`); otherwise an editor decides.
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta

from desk.office import Office
from desk.store import leases, outbox
from desk.store.outbox import Stored
from ingest.fetch.mailbox import open_mailbox
from publisher.smtp import Deferred, Outcome, Refused, Sent, SmtpServer, Unknown, send
from redaksi.errors import RedaksiError, ServerError
from redaksi.log import logger

LEASE, HELD = "post", timedelta(minutes=10)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60))
GIVE_UP = timedelta(days=2)
log = logger("outbox")


def post(office: Office, stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due; how many letters left. Only one process sends at a time.

    Raises LoginRefused or ServerError when no letter at all can leave, StoreError when the store refuses.
    """
    relay = office.relay()
    if relay is None or office.config.reply.mode == "off":
        return 0
    with office.store.begin() as tx:
        if not outbox.in_doubt(tx) and not outbox.due(tx, office.clock(), 1):
            return 0
        token = leases.acquire(tx, LEASE, office.name, office.clock(), HELD)
    if token is None:
        return 0
    try:
        _settle_doubts(office)
        return _send_due(office, relay, token, stop)
    finally:
        with office.store.begin() as tx:
            leases.release(tx, LEASE, token)


def _send_due(office: Office, relay: SmtpServer, token: int, stop: Callable[[], bool]) -> int:
    """Everything that is due, some at a time: no more letters are held in memory than one look brings."""
    count = 0
    while True:
        with office.store.read() as tx:
            letters = outbox.due(tx, office.clock())
        if not letters or stop():
            return count
        for letter in letters:
            if stop():
                break
            count += _send_one(office, relay, token, letter)


def _send_one(office: Office, relay: SmtpServer, token: int, letter: Stored) -> bool:
    """Whether the letter left. Raises ServerError when the relay is not there at all."""
    with office.store.begin() as tx:
        leases.renew(tx, LEASE, token, office.clock(), HELD)
        outbox.begin_sending(tx, letter.id, office.clock())
    outcome = _sent(office, relay, letter)
    _record(office, letter, outcome)
    if isinstance(outcome, Deferred) and not outcome.reached:
        raise ServerError(f"SMTP {relay.host}:{relay.port}: {outcome.reply}")
    return isinstance(outcome, Sent)


def _sent(office: Office, relay: SmtpServer, letter: Stored) -> Outcome:
    """Hand the bytes over. A relay that refuses us altogether puts the letter back before the error goes on."""
    try:
        return send(letter.content, office.writes_as(letter.mailbox), letter.to, relay)
    except RedaksiError as error:
        with office.store.begin() as tx:
            outbox.retry_at(tx, letter.id, office.clock() + PAUSES[0], str(error))
        raise
    except ValueError as error:  # an address or octets that must not be sent
        return Refused(reply=str(error))


def _record(office: Office, letter: Stored, outcome: Outcome) -> None:
    now = office.clock()
    with office.store.begin() as tx:
        match outcome:
            case Sent():
                outbox.sent(tx, letter.id, now)
            case Refused():
                outbox.failed(tx, letter.id, now, outcome.reply)
            case Deferred() if now - letter.created_at > GIVE_UP:
                outbox.failed(tx, letter.id, now, f"two days of: {outcome.reply}")
            case Deferred():
                pause = PAUSES[min(letter.attempts, len(PAUSES) - 1)]
                outbox.retry_at(tx, letter.id, now + pause, outcome.reply)
            case Unknown() if office.config.reply.sent:
                pass  # stays in doubt; the Sent folder is asked at the next turn
            case Unknown():
                outbox.unknown(tx, letter.id, now, outcome.reply)
    log.info("letter", letter=letter.id, kind=letter.kind, outcome=type(outcome).__name__.lower())


def _settle_doubts(office: Office) -> None:
    """Letters that were being sent when somebody died. We hold the lease: nobody is sending them now."""
    with office.store.read() as tx:
        doubtful = outbox.in_doubt(tx)
    for letter in doubtful:
        found = in_sent(office, letter)
        with office.store.begin() as tx:
            if found is None:
                outbox.unknown(tx, letter.id, office.clock(), "cut off while sending; no Sent folder to ask")
            elif found:
                outbox.sent(tx, letter.id, office.clock(), "found in the Sent folder")
            else:
                outbox.retry_at(tx, letter.id, office.clock(), "not in the Sent folder")


def in_sent(office: Office, letter: Stored) -> bool | None:
    """Whether the Sent folder has the letter; None when no relay of ours files copies."""
    box, where = office.mailbox(letter.mailbox), office.config.reply.sent
    if not where or box is None:
        return None
    with ExitStack() as stack:
        mailbox = stack.enter_context(open_mailbox(office.account(box)))
        folder = mailbox.special("\\Sent") if where == "gmail" else where
        return mailbox.find_message_id(folder, letter.message_id) if folder else None
