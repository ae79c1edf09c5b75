"""What the queue's pages show, from one look at the store. Facts in, words out: nothing is
decided here.

The site remembers up to where it knows the history (publisher.site.site_state); a look reads the
submissions that something happened to since then, and the pages they stand on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from desk.app import App
from desk.presentation.pictures import find_pictures
from desk.presentation.queue_rows import first_day_in_time, hidden, make_entry
from desk.presentation.reasons import passed_over
from desk.presentation.submission_page import make_page
from desk.store import Transaction, events, status
from desk.store.inbound import mails
from desk.store.submissions import review_queue
from desk.store.submissions.photo_history import find_seen_before
from desk.store.submissions.review_queue import QueueRow
from publisher.site import site_state
from publisher.site.pages import Entry, Frame, Page, Passed
from publisher.site.queue import News, Source, publish
from publisher.site.render import house_of
from publisher.site.site_state import History, SiteState
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.model import Language
from redaksi.text import clean
from validators.seen import find_asked_inside

PAGES = "pages.stamp"
CHUNK = 500  # submissions read at a time
WINDOW = 500  # events that are looked at again: their transactions may have ended out of turn
TEN_MINUTES = 600  # how old the last look at the inbox may be told


def publish_queue(app: App, *, force: bool = False) -> int | None:
    """Write anew what has changed since the last time, all of it when `force`; how many pages of
    submissions, None when nothing has happened."""
    stamp_file = app.config.home / PAGES
    with app.store.read() as tx:
        now = app.clock()
        shown = make_frame(app, tx, now)
        stamp = _stamp(app, status.newest_event(tx), shown)
        if not force and stamp_file.is_file() and stamp_file.read_text() == stamp:
            return None
        state = site_state.load(app.config.queue_folder)
        whole = force or state.house != house_of(shown)
        history, touched = _history(tx, app, state, now)
        news = News(
            before=state,
            changed=_all_entries(tx, app, now) if whole else _entries(tx, app, now, touched),
            waiting=[_received(mail, app.config.language) for mail in mails.waiting(tx)],
            history=history,
            whole=whole,
        )
        written = publish(app.config.queue_folder, shown, news, _source(tx, app, now))
    stamp_file.write_text(stamp)
    return written


def _stamp(app: App, newest: int, shown: Frame) -> str:
    """Changes with every event, every ten minutes, and with what pages are made of."""
    slot = int(shown.now.timestamp()) // TEN_MINUTES
    return f"{newest}-{slot}-{house_of(shown)}-{app.config.queue_folder}"


def make_frame(app: App, tx: Transaction, now: datetime) -> Frame:
    """What all pages share."""
    folders, words = status.folders(tx), catalog.load(app.config.language)
    good = [f.last_good for f in folders if f.last_good]
    errors = [f"{f.mailbox}/{f.folder}: {say_stored(f.error, words)}" for f in folders if f.error]
    return Frame(
        language=app.config.language,
        zone=app.config.timezone,
        now=now,
        polled=max(good, default=None),
        trouble=" · ".join(errors),
        base_url=app.config.queue.base_url,
        settings=f"-{app.config.queue.sla_days}",
        blobs=app.config.home / "blobs",
    )


def _history(
    tx: Transaction, app: App, state: SiteState, now: datetime
) -> tuple[History, set[int]]:
    """Up to where the events are known now, and the submissions that are others since then."""
    before, late = state.history, first_day_in_time(app, now)
    happened = events.after(tx, before.floor)
    touched = {one for number, one in happened if one is not None and number not in before.seen}
    if late != before.late:
        zone = app.config.zone
        touched |= {
            identifier
            for identifier, one in state.entries.items()
            if not one.late and one.received.astimezone(zone).date() < late
        }
    floor = max(before.floor, max((number for number, _ in happened), default=0) - WINDOW)
    seen = frozenset(number for number, _ in happened if number > floor)
    return History(floor=floor, seen=seen, late=late), touched


def _all_entries(tx: Transaction, app: App, now: datetime) -> dict[int, Entry | None]:
    found: dict[int, Entry | None] = {}
    for ids in _chunks(review_queue.all_ids(tx)):
        found |= _entries(tx, app, now, ids)
        tx.expunge_all()
    return found


def _entries(
    tx: Transaction, app: App, now: datetime, ids: Collection[int]
) -> dict[int, Entry | None]:
    """The rows of these submissions, None for what is gone."""
    found: dict[int, Entry | None] = dict.fromkeys(ids)
    for some in _chunks(sorted(ids)):
        for row in review_queue.rows_by_id(tx, some):
            found[row.id] = (
                hidden(row) if row.state == "not_a_submission" else make_entry(row, app, now)
            )
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), CHUNK):
        yield ids[begin : begin + CHUNK]


def _source(tx: Transaction, app: App, now: datetime) -> Source:
    language = app.config.language

    def entries(ids: Sequence[int]) -> Mapping[int, Entry]:
        found = _entries(tx, app, now, ids)
        return {one: settled for one, settled in found.items() if settled is not None}

    def passed(ids: Sequence[int]) -> Mapping[int, Passed]:
        return {row.id: _passed(row, language) for row in review_queue.rows_by_id(tx, ids)}

    return Source(
        entries=entries, passed=passed, page=lambda number: _page_of(tx, app, number, now)
    )


def _page_of(tx: Transaction, app: App, number: str, now: datetime) -> Page | None:
    found = review_queue.submission_page(tx, number)
    if found is None:
        return None
    photos = found.judged.submission.photos if found.judged else ()
    inside = find_asked_inside(found.judged) if found.judged else ()
    shown = {photo.sha256 for photo in photos} | {p.sha256 for p in inside if p.sha256}
    pictures = find_pictures(app, tx, shown)
    seen = find_seen_before(tx, found.row.id, photos)
    return make_page(app, found, now, pictures, seen)


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
        received=mail.arrived_at,
        sender="",
        subject=clean.line(mail.subject, 100),
        outcome=catalog.load(language).say("mark", "waits"),
        reason=mail.source_text,
    )
