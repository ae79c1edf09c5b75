"""What the queue's pages show, from one look at the store. Facts in, words out: nothing is
decided here."""

from datetime import datetime

from desk.app import App
from desk.presentation.labels import GROUPS
from desk.presentation.queue_rows import entry
from desk.presentation.reasons import passed_over
from desk.presentation.submission_page import page
from desk.store import Transaction, status
from desk.store.inbound import mails
from desk.store.outbound import outbox
from desk.store.submissions import review_queue
from desk.store.submissions.review_queue import QueueRow
from publisher.site.pages import Frame, Page, Passed
from publisher.site.queue import publish
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.model import Language
from redaksi.states import STATES
from redaksi.text import clean

PAGES = "pages.stamp"


def publish_queue(app: App, *, force: bool = False) -> int | None:
    """Write the queue anew when anything has happened since the last time; how many pages, None
    when nothing had."""
    stamp_file = app.config.home / PAGES
    with app.store.read() as tx:
        now = app.clock()
        stamp = _stamp(app, status.newest_event(tx), now)
        if not force and stamp_file.is_file() and stamp_file.read_text() == stamp:
            return None
        rows = [
            row for row in review_queue.queue_rows(tx, STATES) if row.state != "not_a_submission"
        ]
        others = review_queue.queue_rows(tx, ("not_a_submission",))
        language = app.config.language
        drafts = {letter.submission_id for letter in outbox.drafts(tx)}
        entries = [entry(row, app, now, letter=row.id in drafts) for row in rows]
        written = publish(
            app.config.queue_folder,
            frame(app, status.status(tx), now),
            sorted(
                entries, key=lambda one: GROUPS.index(one.group)
            ),  # stable: the longest wait stays first
            [
                *(_received(mail, language) for mail in mails.waiting(tx)),
                *(_passed(row, language) for row in reversed(others)),
            ],
            lambda number: _page_of(tx, app, number, now),
        )
    stamp_file.write_text(stamp)
    return written


def _stamp(app: App, newest: int, now: datetime) -> str:
    """Changes with every event, and every ten minutes: waiting times and the last look at the
    inbox are told too."""
    return f"{newest}-{int(now.timestamp()) // 600}-{app.config.language}-{app.config.queue_folder}"


def frame(app: App, stands: status.Status, now: datetime) -> Frame:
    """What all pages share."""
    good = [f.last_good for f in stands.folders if f.last_good]
    words = catalog.load(app.config.language)
    errors = [
        f"{f.mailbox}/{f.folder}: {say_stored(f.error, words)}" for f in stands.folders if f.error
    ]
    return Frame(
        language=app.config.language,
        zone=app.config.timezone,
        now=now,
        polled=max(good, default=None),
        trouble=" · ".join(errors),
        base_url=app.config.queue.base_url,
        blobs=app.config.home / "blobs",
        thumbnails=app.thumbnails,
    )


def _page_of(tx: Transaction, app: App, number: str, now: datetime) -> Page | None:
    found = review_queue.submission_page(tx, number)
    if found is None:
        return None
    return page(app, found, now)


def _passed(row: QueueRow, language: Language) -> Passed:
    return Passed(
        received=row.received_at,
        sender=clean.line(row.contributor or row.address, 60),
        subject=clean.line(row.mail_subject, 100),
        outcome=catalog.load(language).say("mark", "ignore"),
        reason=passed_over(row.reason, language),
    )


def _received(mail: mails.MailRow, language: Language) -> Passed:
    return Passed(
        received=mail.received_at,
        sender="",
        subject=clean.line(mail.subject, 100),
        outcome=catalog.load(language).say("mark", "waits"),
        reason=mail.source_text,
    )
