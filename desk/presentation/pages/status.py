"""How things stand, as `redaksi status` says it. Nothing is written: the disks are judged by their
numbers, and no server is spoken to (`redaksi doctor` does)."""

from datetime import datetime, time

from msgspec import Struct

from desk.app import App
from desk.health.judge import find_notes, find_troubles
from desk.health.look import observe
from desk.health.words import say_age, say_note, say_trouble
from desk.presentation.stored_lines import text_in_words
from desk.store import status
from desk.store.inbound import mails
from desk.store.jobs import job_rows
from redaksi import catalog
from redaksi.model import Language
from redaksi.text import clean

PASSES, JOBS = 10, 20  # rows shown
LONGEST = 200  # characters of a server's line


class PassRow(Struct, frozen=True, kw_only=True):
    """A pass over a folder; `seconds` None while it is under way."""

    where: str
    started_at: datetime
    seconds: float | None
    new: int
    error: str


class JobRow(Struct, frozen=True, kw_only=True):
    """A mail that was set aside, by our fault or the server's."""

    id: int
    subject: str
    source: str
    attempts: int
    reason: str
    ended_at: datetime | None


class StatusPage(Struct, frozen=True, kw_only=True):
    """What the page shows. `waits_for`: how long the mail waits that came first."""

    troubles: tuple[str, ...]
    notes: tuple[str, ...]
    came: int  # mails since midnight, in the reader's zone
    jobs: int
    waits_for: str
    queued: int
    drafts: int
    quarantined: int
    held: tuple[str, ...]  # numbers of some of them, the newest first
    level: str  # how far what reads mails is confined; "" = no worker has begun
    relay_error: str
    relay_until: datetime | None
    passes: tuple[PassRow, ...]
    failed: tuple[JobRow, ...]
    now: datetime


def make_status(app: App) -> StatusPage:
    """How things stand now."""
    now, language = app.clock(), app.config.language
    observed = observe(app, tries=False)
    stands = observed.stands
    midnight = datetime.combine(now.astimezone(app.config.zone), time(), app.config.zone)
    with app.store.read() as tx:
        came, passes = status.count_came(tx, midnight), status.list_passes(tx, PASSES)
        jobs = job_rows.failed_jobs(tx)[:JOBS]
        held = status.list_quarantined(tx, JOBS)
        found = mails.get_many(tx, [int(job.key) for job in jobs])
        rows = [(job, found[int(job.key)]) for job in jobs]
    oldest = observed.health.backlog.arrived
    return StatusPage(
        troubles=tuple(
            say_trouble(each, language) for each in find_troubles(observed, app.config, now)
        ),
        notes=tuple(say_note(each, language) for each in find_notes(observed, app.config, now)),
        came=came,
        jobs=stands.jobs,
        waits_for=say_age(int((now - oldest).total_seconds()), language) if oldest else "",
        queued=stands.letters.get("queued", 0),
        drafts=stands.letters.get("draft", 0),
        quarantined=stands.submissions.get("quarantined", 0),
        held=tuple(held),
        level=_say_level(observed.health.level, language),
        relay_error=_say(stands.relay_error, language),
        relay_until=stands.relay_until,
        passes=tuple(_make_pass(each, language) for each in passes),
        failed=tuple(_make_job(job, mail, language) for job, mail in rows),
        now=now,
    )


def _say(stored: str, language: Language) -> str:
    return clean.line(text_in_words(stored, language), LONGEST) if stored else ""


def _make_pass(row: status.Pass, language: Language) -> PassRow:
    ended = row.ended_at
    return PassRow(
        where=f"{row.mailbox}/{row.folder}",
        started_at=row.started_at,
        seconds=(ended - row.started_at).total_seconds() if ended else None,
        new=row.new,
        error=_say(row.error, language),
    )


def _make_job(job: job_rows.FailedJob, mail: mails.MailRow, language: Language) -> JobRow:
    return JobRow(
        id=job.id,
        subject=clean.line(mail.subject or mail.message_id, 80),
        source=mail.source_text,
        attempts=job.attempts,
        reason=_say(job.reason, language),
        ended_at=job.ended_at,
    )


def _say_level(level: str, language: Language) -> str:
    """How far what reads mails is confined."""
    return catalog.load(language).say("status.level", level) if level else ""
