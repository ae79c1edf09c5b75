"""The editors' morning summary: to each its own letter, worth sending for as long as it may be
written: no heap of them after an outage."""

from datetime import datetime, time, timedelta

from desk.app import App, count_working_days
from desk.domain.attention import OF_TARGETS
from desk.outbound.enqueue import DeliveryPolicy, LetterRef, local_now, write
from desk.presentation.labels import badge_of
from desk.store import Transaction
from desk.store.outbound import outbox, outbox_queries
from desk.store.publications.rows import count_calling
from desk.store.submissions import due as counted
from desk.store.submissions import review_queue
from desk.store.submissions.review_queue import QueueRow
from publisher.letters.letter_context import Digest, LetterContext, Waiting
from redaksi.states import EXPIRE_AFTER, WAITS_FOR_CONTRIBUTOR
from redaksi.text import clean
from redaksi.text.places import shorten_province
from redaksi.text.workdays import is_working

# a summary that could not be written in the morning is not written in the afternoon
LATEST = timedelta(hours=4)


def due(tx: Transaction, app: App) -> list[tuple[str, str]]:
    """Who gets this morning's summary and has none yet, and the occasion's name; nobody while
    there is nothing to tell."""
    queue, now = app.config.queue, local_now(app)
    begin = _digest_due(app)
    works = is_working(now.date(), queue.holidays, queue.days_off)
    if app.config.reply.mode == "off" or not works or not begin <= now < begin + LATEST:
        return []
    named = [(to, f"digest:{now.date()}:{to.strip().lower()}") for to in queue.digest_to]
    unwritten = [(to, key) for to, key in named if not outbox.is_written(tx, key)]
    return unwritten if unwritten and make_summary(tx, app, now) is not None else []


def summarise(app: App, item: tuple[str, str]) -> bool:
    """Write the summary to one editor; whether there was something to tell."""
    to, idempotency_key = item
    with app.store.begin() as tx:
        digest = make_summary(tx, app, local_now(app))
        if digest is None or outbox.is_written(tx, idempotency_key):
            return False
        return _write_summary(tx, app, to, idempotency_key, digest) is not None


def _digest_due(app: App) -> datetime:
    now = local_now(app)
    return datetime.combine(
        now.date(), time.fromisoformat(app.config.queue.digest_at), tzinfo=now.tzinfo
    )


def _write_summary(
    tx: Transaction, app: App, to: str, idempotency_key: str, told: Digest
) -> int | None:
    context = LetterContext(
        language=app.config.language,
        to=to,
        message_id=f"<{idempotency_key.replace('@', '.')}>",
        digest=told,
    )
    about = LetterRef(mailbox=app.config.mailbox[0].id, idempotency_key=idempotency_key)
    return write(
        tx, app, "digest", context, about, DeliveryPolicy(good_until=_digest_due(app) + LATEST)
    )


def make_summary(tx: Transaction, app: App, now: datetime) -> Digest | None:
    """What waits for the editors this morning; None when nothing does."""
    called = review_queue.called_rows(tx)
    ready = [row for row in called if row.state == "review"]
    wrote = [
        row
        for row in called
        if frozenset(row.attention.flags) - {"letter"} - OF_TARGETS and row.state != "review"
    ]
    problems = sum(row.state in ("failed", "quarantined") for row in called)
    midnight = datetime.combine(now.date(), time(), tzinfo=app.config.zone)
    today = counted.count_scheduled(tx, midnight)
    letters = outbox_queries.count_drafts(tx)
    targets = count_calling(tx)
    halted = [row for row in called if _is_halted(row)]
    if not (ready or wrote or halted or today or problems or letters):
        return None
    late = [
        row
        for row in ready
        if count_working_days(app, row.received_at, now) > app.config.queue.sla_days
    ]
    week = now + timedelta(days=7)
    expiring = counted.count_untouched(tx, WAITS_FOR_CONTRIBUTOR, week - EXPIRE_AFTER)
    oldest = max(((now - _waits_since(row)).days for row in ready), default=0)
    return Digest(
        ready=len(ready),
        oldest_days=oldest,
        waiting=counted.count_untouched(tx, WAITS_FOR_CONTRIBUTOR),
        expiring=expiring,
        today=today,
        problems=problems,
        letters=letters,
        asking=targets["asking"],
        failed=targets["failed"],
        late=len(late),
        wrote=len(wrote),
        items=tuple(_item(row, app) for row in (*ready, *wrote, *halted)),
    )


def _is_halted(row: QueueRow) -> bool:
    """Whether nothing but its targets calls an editor."""
    flags = frozenset(row.attention.flags) - {"letter"}
    return row.state != "review" and bool(flags) and flags <= OF_TARGETS


def _waits_since(row: QueueRow) -> datetime:
    """When its mail arrived, however late we took it in; when its newest revision came."""
    return row.received_at if row.latest_revision <= 1 else row.updated_at


def _item(row: QueueRow, app: App) -> Waiting:
    return Waiting(
        tag=shorten_province(row.province),
        title=clean.line(row.title or row.mail_subject or row.number, 120),
        by=clean.line(row.contributor or row.address, 80),
        state=f"{row.number}, {badge_of(row, app.config.language).text}",
        url=_name_page(row, app),
    )


def _name_page(row: QueueRow, app: App) -> str:
    """Where an editor reads it: the desk where that is reached from outside, else the generated
    page; "" where nobody says how either is reached."""
    desk, queue = app.config.web.base_url.rstrip("/"), app.config.queue.base_url.rstrip("/")
    if desk:
        return f"{desk}/kiriman/{row.number}"
    return f"{queue}/{row.number}/index.html" if queue else ""
