"""What time does: reminders, expiry, publication, the editors' morning summary. All from the store,
by ticks.

A tick looks at what is so now, never at when it last looked: right after a restart, a long sleep or
a clock set back. Silence counts from the letter that asked for something, once it has left, or from
the contributor's last word; nobody is reminded of a letter that was never sent, and nothing expires
without a reminder that went out two weeks before.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import TypeVar

from msgspec import Struct

from desk.app import App, working_days
from desk.outbound.enqueue import DeliveryPolicy, LetterRef, local, write
from desk.presentation.labels import badge_of
from desk.store import Transaction, events
from desk.store.jobs import leases
from desk.store.outbound import outbox, outbox_queries
from desk.store.outbound.outbox import Stored
from desk.store.people import contributors
from desk.store.submissions import review_queue, threads
from desk.store.submissions.review_queue import QueueRow
from desk.store.submissions.threads import Thread
from desk.workflow.decisions import ASKS, asked_back, happen
from publisher.letters.letter_context import Digest, LetterContext, Waiting
from redaksi.errors import IllegalMove, Unwritable
from redaksi.log import get_logger
from redaksi.states import EXPIRE_AFTER, REMIND_AFTER, RETENTION, STATES, WAITS_FOR_CONTRIBUTOR
from redaksi.text import clean
from redaksi.text.workdays import is_working

LEASE, HELD = "clock", timedelta(minutes=5)
LATEST = timedelta(
    hours=4
)  # a summary that could not be written in the morning is not written in the afternoon
_WORDS_OF_THEIRS = frozenset({"message", "resent"})
Item = TypeVar("Item")
log = get_logger("clock")


class Silence(Struct, frozen=True, kw_only=True):
    """How long a contributor has said nothing: since when, and when a reminder left (None: not
    yet)."""

    since: datetime
    asked: datetime  # when the letter left that asked for something
    reminded: bool = False
    reminder_left: datetime | None = None


def tick(app: App) -> int:
    """Let happen what is due; how much did. Only one process ticks at a time. Raises StoreError."""
    with app.store.read() as tx:
        due = threads.to_be_published(tx, app.clock()) or _still(tx, app) or _unwritten(tx, app)
    if not due:
        return 0
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name, app.clock(), HELD)
    if token is None:
        return 0
    try:
        return _each((_publish, _wait, _summarise), lambda task: task(app))
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


# ── silence ───────────────────────────────────────────────────────────────────────────────────────


def silence(tx: Transaction, one: Thread) -> Silence | None:
    """Since when we wait for the contributor; None while nothing we asked for has left."""
    letters = outbox.of_submission(tx, one.id)
    asked = [
        letter.sent_at
        for letter in letters
        if letter.kind in ASKS - {"reminder"} and letter.sent_at
    ]
    if not asked:
        return None
    entered = [e for e in events.of_submission(tx, one.id) if _enters(e)]
    if entered and entered[-1].at > max(asked) and entered[-1].what != "reopen":
        return None  # what we asked for then is no longer what we ask for now
    opened = [e.at for e in entered if e.what == "reopen"]
    words = [e.at for e in events.of_submission(tx, one.id) if e.what in _WORDS_OF_THEIRS]
    seen = [e.at for e in events.of_submission(tx, one.id) if e.what == "seen"]
    if one.state == "noted" and _answered_in_words(events.of_submission(tx, one.id)):
        return None  # the editor's turn, until it is seen
    since = max([*asked, *words, *opened, *seen])
    reminders = [
        letter for letter in letters if letter.kind == "reminder" and letter.created_at >= since
    ]
    return Silence(
        since=since, asked=max(asked), reminded=bool(reminders), reminder_left=_left(reminders)
    )


def _answered_in_words(happened: list[events.Happened]) -> bool:
    """Whether the last thing that was said about an editor's note is the contributor's."""
    said = [
        e
        for e in happened
        if e.what in ("message", "seen", "letter sent") and e.facts.get("kind") != "reminder"
    ]
    return bool(said) and said[-1].what == "message"


def _enters(event: events.Happened) -> bool:
    """Whether it began to wait anew: a try, or an editor's decision."""
    return event.facts.get("to") in WAITS_FOR_CONTRIBUTOR and event.what not in ("remind", "seen")


def _left(letters: list[Stored]) -> datetime | None:
    return max((letter.sent_at for letter in letters if letter.sent_at), default=None)


def _wait(app: App) -> int:
    """Remind after two weeks, close after four."""
    with app.store.read() as tx:
        waiting = _still(tx, app)
    return _each(waiting, lambda submission_id: _waited(app, submission_id))


def _each(due: Iterable[Item], let_happen: Callable[[Item], int]) -> int:
    """One after another: what cannot be done for one keeps nobody else waiting. Raises the first
    error at the end."""
    count, errors = 0, []
    for one in due:
        try:
            count += let_happen(one)
        except (Unwritable, IllegalMove) as error:
            log.error("clock.failed", error=str(error))
            errors.append(error)
    if errors:
        raise errors[0]
    return count


def _still(tx: Transaction, app: App) -> list[int]:
    return threads.untouched(tx, WAITS_FOR_CONTRIBUTOR, app.clock() - REMIND_AFTER)


def _waited(app: App, submission_id: int) -> bool:
    now = app.clock()
    with app.store.begin() as tx:
        one = threads.get(tx, submission_id)
        quiet = silence(tx, one) if one.state in WAITS_FOR_CONTRIBUTOR else None
        if quiet is None or _unreachable(tx, one) or app.config.reply.mode == "off":
            return False
        idempotency_key = f"submission:{submission_id}:{{}}:{quiet.since.isoformat()}"
        expires = max(quiet.since + EXPIRE_AFTER, now + EXPIRE_AFTER - REMIND_AFTER)
        last_day = expires.astimezone(app.config.zone).date() - timedelta(
            days=1
        )  # "until" it: the whole of it
        if not quiet.reminded and now >= quiet.since + REMIND_AFTER:
            happen(
                tx,
                app,
                submission_id,
                "remind",
                "clock",
                idempotency_key=idempotency_key.format("reminder"),
                asked=quiet.asked.astimezone(app.config.zone).date(),
                noted=one.state == "noted",
                expires=last_day,
            )
        elif quiet.reminder_left and now >= max(
            quiet.since + EXPIRE_AFTER, quiet.reminder_left + EXPIRE_AFTER - REMIND_AFTER
        ):
            purge = (local(app) + RETENTION["expired"]).date()
            happen(
                tx,
                app,
                submission_id,
                "expire",
                "clock",
                idempotency_key=idempotency_key.format("closed"),
                purge=purge,
            )
        else:
            return False
    log.info("clock", ref=one.number)
    return True


def _unreachable(tx: Transaction, one: Thread) -> bool:
    """Whether letters to every address of theirs come back: an editor was told, silence says
    nothing."""
    return all(contributors.has_bounced(tx, address) for address in one.participants)


# ── publication (a stand-in: nothing is handed to a target yet) ───────────────────────────────────


def _publish(app: App) -> int:
    """What is scheduled for now or before is published, unless its contributor asked for it
    back."""
    with app.store.read() as tx:
        due = threads.to_be_published(tx, app.clock())
    return _each(due, lambda submission_id: _published(app, submission_id))


def _published(app: App, submission_id: int) -> bool:
    with app.store.begin() as tx:
        due = threads.to_be_published(tx, app.clock())
        if submission_id not in due or asked_back(tx, submission_id):
            return False
        when = threads.publish_at(tx, submission_id)
        idempotency_key = f"submission:{submission_id}:published"
        happen(
            tx,
            app,
            submission_id,
            "publish",
            "publisher",
            idempotency_key=idempotency_key,
            publish_at=when,
        )
        return True


# ── the morning summary ───────────────────────────────────────────────────────────────────────────


def _summarise(app: App) -> int:
    """To each its own letter, worth sending for as long as it may be written: no heap of them
    after an outage."""
    with app.store.read() as tx:
        unwritten = _unwritten(tx, app)
    return _each(unwritten, lambda one: _summarised(app, *one))


def _summarised(app: App, to: str, idempotency_key: str) -> bool:
    with app.store.begin() as tx:
        told = summary(tx, app, local(app))
        if told is None or outbox.written(tx, idempotency_key):
            return False
        return _write_summary(tx, app, to, idempotency_key, told) is not None


def _unwritten(tx: Transaction, app: App) -> list[tuple[str, str]]:
    """Who gets this morning's summary and has none yet, and the occasion's name."""
    queue, now = app.config.queue, local(app)
    begin = _digest_due(app)
    off = app.config.reply.mode == "off" or not is_working(
        now.date(), queue.holidays, queue.days_off
    )
    if off or not begin <= now < begin + LATEST:
        return []
    named = [(to, f"digest:{now.date()}:{to.strip().lower()}") for to in queue.digest_to]
    return [
        (to, idempotency_key)
        for to, idempotency_key in named
        if not outbox.written(tx, idempotency_key)
    ]


def _digest_due(app: App) -> datetime:
    now = local(app)
    return datetime.combine(
        now.date(), time.fromisoformat(app.config.queue.digest_at), tzinfo=now.tzinfo
    )


def _write_summary(
    tx: Transaction, app: App, to: str, idempotency_key: str, told: Digest
) -> int | None:
    occasion = LetterContext(
        language=app.config.language,
        to=to,
        message_id=f"<{idempotency_key.replace('@', '.')}>",
        digest=told,
    )
    about = LetterRef(mailbox=app.config.mailbox[0].id, idempotency_key=idempotency_key)
    return write(
        tx, app, "digest", occasion, about, DeliveryPolicy(good_until=_digest_due(app) + LATEST)
    )


def summary(tx: Transaction, app: App, now: datetime) -> Digest | None:
    """What waits for the editors this morning; None when nothing does."""
    rows = review_queue.queue_rows(tx, STATES)
    by = {state: [row for row in rows if row.state == state] for state in STATES}
    ready, waiting = by["review"], [row for row in rows if row.state in WAITS_FOR_CONTRIBUTOR]
    today = [
        row
        for row in by["scheduled"]
        if row.publish_at and row.publish_at.astimezone(app.config.zone).date() == now.date()
    ]
    problems, letters = len(by["failed"]) + len(by["quarantined"]), outbox_queries.count_drafts(tx)
    wrote = [row for row in rows if row.attention.flags and row.state != "review"]
    if not (ready or wrote or today or problems or letters):
        return None
    late = [
        row for row in ready if working_days(app, row.received_at, now) > app.config.queue.sla_days
    ]
    week = now + timedelta(days=7)
    expiring = [row for row in waiting if row.updated_at + EXPIRE_AFTER <= week]
    oldest = max(((now - row.updated_at).days for row in ready), default=0)
    return Digest(
        ready=len(ready),
        oldest_days=oldest,
        waiting=len(waiting),
        expiring=len(expiring),
        today=len(today),
        problems=problems,
        letters=letters,
        late=len(late),
        wrote=len(wrote),
        items=tuple(_item(row, app) for row in (*ready, *wrote)),
    )


def _item(row: QueueRow, app: App) -> Waiting:
    base = app.config.queue.base_url.rstrip("/")
    return Waiting(
        tag=row.province,
        title=clean.line(row.title or row.mail_subject or row.number, 120),
        by=clean.line(row.contributor or row.address, 80),
        state=f"{row.number}, {badge_of(row, app.config.language).text}",
        url=f"{base}/{row.number}/index.html" if base else "",
    )
