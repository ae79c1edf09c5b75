"""Silence: a reminder after two weeks, the end after four.

Silence counts from the letter that asked for something, once it has left, or from the contributor's
last word; nobody is reminded of a letter that was never sent, nor while a mail that may answer it
waits to be paired, and nothing expires without a reminder that went out two weeks before.
"""

from datetime import date, datetime, timedelta

from msgspec import Struct

from desk.app import App
from desk.store import Transaction, events
from desk.store.outbound import outbox
from desk.store.outbound.letters import Stored
from desk.store.people import contributors
from desk.store.submissions import due as due_rows
from desk.store.submissions import submission_rows, threads
from desk.store.submissions.threads import Thread
from desk.workflow.happen import happen
from desk.workflow.retention.day import name_day
from desk.workflow.submission_letters import ASKS
from redaksi.log import get_logger
from redaksi.states import EXPIRE_AFTER, REMIND_AFTER, WAITS_FOR_CONTRIBUTOR

_ASKED = ASKS - {due_rows.REMINDER}
_WORDS_OF_THEIRS = frozenset({"message", "resent"})
log = get_logger("clock")


class Silence(Struct, frozen=True, kw_only=True):
    """How long a contributor has said nothing: since when, and when a reminder left (None: not
    yet)."""

    since: datetime
    asked: datetime  # when the letter left that asked for something
    reminded: bool = False
    reminder_left: datetime | None = None


def silence(tx: Transaction, one: Thread) -> Silence | None:
    """Since when we wait for the contributor; None while nothing we asked for has left."""
    letters = outbox.of_submission(tx, one.id)
    asked = [letter.sent_at for letter in letters if letter.kind in _ASKED and letter.sent_at]
    if not asked:
        return None
    history = events.still_standing(events.of_submission(tx, one.id))
    entered = [e for e in history if _enters(e)]
    if entered and entered[-1].at > max(asked) and entered[-1].what != "reopen":
        return None  # what we asked for then is no longer what we ask for now
    opened = [e.at for e in entered if e.what == "reopen"]
    words = [e.at for e in history if e.what in _WORDS_OF_THEIRS]
    seen = [e.at for e in history if e.what == "seen"]
    if one.state == "noted" and _answered_in_words(history):
        return None  # the editor's turn, until it is seen
    since = max([*asked, *words, *opened, *seen])
    reminders = [
        letter
        for letter in letters
        if letter.kind == due_rows.REMINDER and letter.created_at >= since
    ]
    return Silence(
        since=since, asked=max(asked), reminded=bool(reminders), reminder_left=_left(reminders)
    )


def _answered_in_words(happened: list[events.Happened]) -> bool:
    """Whether the last thing that was said about an editor's note is the contributor's."""
    said = [
        e
        for e in happened
        if e.what in ("message", "seen", "letter sent") and e.facts.get("kind") != due_rows.REMINDER
    ]
    return bool(said) and said[-1].what == "message"


def _enters(event: events.Happened) -> bool:
    """Whether it began to wait anew: a try, or an editor's decision."""
    return event.facts.get("to") in WAITS_FOR_CONTRIBUTOR and event.what not in ("remind", "seen")


def _left(letters: list[Stored]) -> datetime | None:
    return max((letter.sent_at for letter in letters if letter.sent_at), default=None)


def due(tx: Transaction, app: App) -> list[int]:
    """The submissions whose contributor is to be reminded, or that are to be closed."""
    if app.config.reply.mode == "off":
        return []
    now = app.clock()
    quiet = due_rows.untouched(tx, WAITS_FOR_CONTRIBUTOR, now - REMIND_AFTER, _ASKED)
    return [one for one in quiet if _is_due(tx, threads.get(tx, one), now)]


def _is_due(tx: Transaction, one: Thread, now: datetime) -> bool:
    quiet = _quiet(tx, one)
    return quiet is not None and (_may_remind(quiet, now) or _may_close(quiet, now))


def _quiet(tx: Transaction, one: Thread) -> Silence | None:
    quiet = silence(tx, one) if one.state in WAITS_FOR_CONTRIBUTOR else None
    if quiet is None or _unreachable(tx, one) or due_rows.awaiting_pairing(tx, one.number):
        return None  # perhaps it was answered: an editor has yet to say so
    return quiet


def _may_remind(quiet: Silence, now: datetime) -> bool:
    return not quiet.reminded and now >= quiet.since + REMIND_AFTER


def _may_close(quiet: Silence, now: datetime) -> bool:
    left = quiet.reminder_left
    return left is not None and now >= max(
        quiet.since + EXPIRE_AFTER, left + EXPIRE_AFTER - REMIND_AFTER
    )


def remind_or_close(app: App, submission_id: int) -> bool:
    """Let happen what is due for one; whether something was."""
    now = app.clock()
    with app.store.begin() as tx:
        submission_rows.lock(tx, submission_id)
        one = threads.get(tx, submission_id)
        quiet = _quiet(tx, one)
        if quiet is None or app.config.reply.mode == "off":
            return False
        if _may_remind(quiet, now):
            _remind(tx, app, one, quiet)
        elif _may_close(quiet, now):
            _close(tx, app, one, quiet)
        else:
            return False
    log.info("clock", ref=one.number)
    return True


def _remind(tx: Transaction, app: App, one: Thread, quiet: Silence) -> None:
    happen(
        tx,
        app,
        one.id,
        "remind",
        "clock",
        idempotency_key=_key(one, quiet, "reminder"),
        asked=quiet.asked.astimezone(app.config.zone).date(),
        noted=one.state == "noted",
        expires=last_day_of(app, quiet),
    )


def last_day_of(app: App, quiet: Silence) -> date:
    """The day until whose end an answer keeps it open, where the reminder leaves now."""
    expires = max(quiet.since + EXPIRE_AFTER, app.clock() + EXPIRE_AFTER - REMIND_AFTER)
    return expires.astimezone(app.config.zone).date() - timedelta(days=1)


def _close(tx: Transaction, app: App, one: Thread, quiet: Silence) -> None:
    purge = name_day(app, "expired", app.clock())
    key = _key(one, quiet, "closed")
    happen(tx, app, one.id, "expire", "clock", idempotency_key=key, purge=purge)


def _key(one: Thread, quiet: Silence, kind: str) -> str:
    return f"submission:{one.id}:{kind}:{quiet.since.isoformat()}"


def _unreachable(tx: Transaction, one: Thread) -> bool:
    """Whether letters to every address of theirs come back: an editor was told, silence says
    nothing."""
    return all(contributors.has_bounced(tx, address) for address in one.participants)
