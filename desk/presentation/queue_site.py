"""What the queue's pages show, from one look at the store. Facts in, words out: nothing is
decided here.

The site remembers up to where it knows the history (publisher.site.site_state); a look reads the
submissions that something happened to since then, and the pages they stand on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zlib import crc32

from msgspec import Struct

from desk.app import App
from desk.presentation.absent import find_absent
from desk.presentation.pictures import find_pictures
from desk.presentation.publication import site_rows
from desk.presentation.queue_rows import first_day_in_time, hidden, make_entry
from desk.presentation.reasons import passed_over
from desk.presentation.submission_page import make_page
from desk.store import Transaction, events, pages, schema_meta, status
from desk.store.inbound import mails
from desk.store.jobs import leases
from desk.store.submissions import review_queue
from desk.store.submissions.photo_history import find_seen_before
from desk.store.submissions.review_queue import QueueRow
from publisher.site import site_state
from publisher.site.files import replace
from publisher.site.pages import Entry, Frame, Page, Passed
from publisher.site.queue import News, Source, publish
from publisher.site.render import house_of
from publisher.site.sharing import fit_folder
from publisher.site.site_state import History, SiteState
from redaksi import catalog
from redaksi.catalog.stored import say_stored
from redaksi.config.installed import find_group, find_group_mistakes
from redaksi.config.schema import Config
from redaksi.errors import StoreError, StoreUnfit
from redaksi.fault import name_fault
from redaksi.model import Language
from redaksi.text import clean
from validators.seen import find_asked_inside

LEASE = "publish:site"
OWNER = ".redaksi"  # in the queue folder: the id of the installation whose pages these are
CHUNK = 500  # submissions read at a time
WINDOW = 500  # events that are looked at again: their transactions may have ended out of turn
TEN_MINUTES = 600  # how old the last look at the inbox may be told


def publish_queue(app: App, *, force: bool = False) -> int | None:
    """Write anew what has changed since the last time, all of it when `force`; how many pages of
    submissions, None when nothing has happened or another process is writing.

    What came of it stands in the store (desk.store.pages). Raises StoreError when store or folder
    refuse, StoreUnfit when the folder is another installation's, LeaseLost.
    """
    folder = app.config.queue_folder
    with app.store.read() as tx:
        look = _look(tx, app)
        if not force and _shows_all(tx, folder, look.stamp):
            return None
    with app.store.begin() as tx:
        token = leases.acquire(tx, LEASE, app.name)
    if token is None:
        return None
    try:
        return _write_pages(app, folder, look, token, force=force)
    except (OSError, StoreError) as error:
        _record_trouble(app, folder, error)
        raise
    finally:
        with app.store.begin() as tx:
            leases.release(tx, LEASE, token)


class _Look(Struct, frozen=True):
    """What the pages are made of, before they are; what happens meanwhile is seen at the next."""

    shown: Frame
    newest: int  # event
    stamp: str


def _look(tx: Transaction, app: App) -> _Look:
    shown, newest = make_frame(app, tx, app.clock()), status.newest_event(tx)
    return _Look(shown=shown, newest=newest, stamp=_stamp(app, newest, shown))


def _shows_all(tx: Transaction, folder: Path, stamp: str) -> bool:
    known = pages.state_of(tx, str(folder))
    is_written = known is not None and known.stamp == stamp and not known.error
    return is_written and (folder / "index.html").is_file()


def _write_pages(app: App, folder: Path, look: _Look, token: int, *, force: bool) -> int:
    shown, now = look.shown, look.shown.now
    with app.store.read() as tx:
        _claim_folder(tx, folder)
        _share_folder(app.config, folder)
        state = site_state.load(folder)
        whole = force or state.house != house_of(shown)
        history, touched = _history(tx, app, state, now)
        news = News(
            before=state,
            changed=_all_entries(tx, app, now) if whole else _entries(tx, app, now, touched),
            waiting=[_received(mail, app.config.language) for mail in mails.waiting(tx)],
            absent=find_absent(tx, app.config.language, now),
            history=history,
            whole=whole,
        )
        written = publish(folder, shown, news, _source(tx, app, now))
    with app.store.begin() as tx:
        leases.check(tx, LEASE, token)
        pages.record_written(
            tx,
            str(folder),
            stamp=look.stamp,
            newest_event=look.newest,
            now=now,
            holder=app.name,
        )
    return written


def _claim_folder(tx: Transaction, folder: Path) -> None:
    """Two installations that write into one folder would take each other's pages away. Raises
    StoreUnfit."""
    owner, mark = schema_meta.value_of(tx, schema_meta.TIE) or "", folder / OWNER
    found = mark.read_text().strip() if mark.is_file() else ""
    if found == owner:
        return
    if found:  # an empty one is what a full disk left of ours
        raise StoreUnfit("pages_of_another", folder=folder)
    replace(mark, f"{owner}\n".encode())


def _share_folder(config: Config, folder: Path) -> None:
    """As `queue.group` says, with a group or with nobody. Raises StoreUnfit."""
    for mistake in find_group_mistakes(config):
        raise StoreUnfit("pages_group", why=mistake.sentence)
    name = config.queue.group
    fit_folder(folder, find_group(name) if name else None)


def _record_trouble(app: App, folder: Path, error: OSError | StoreError) -> None:
    if isinstance(error, OSError):
        error = StoreError("files", fault=name_fault(error))
    with suppress(StoreError), app.store.begin() as tx:
        pages.record_refused(tx, str(folder), error.freeze(), app.clock())


def _stamp(app: App, newest: int, shown: Frame) -> str:
    """Changes with every event, every pass over the inbox, every ten minutes, and with what pages
    are made of. After a pass that brought nothing `index.html` alone is another."""
    slot = int(shown.now.timestamp()) // TEN_MINUTES
    polled = shown.polled.isoformat() if shown.polled else ""
    return f"{newest}-{slot}-{polled}{shown.trouble}-{house_of(shown)}-{app.config.queue_folder}"


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
        settings=f"-{app.config.queue.sla_days}-{_settings_of(app.config)}",
        blobs=app.config.home / "blobs",
    )


def _settings_of(config: Config) -> str:
    """Changes with what the pages of publication are made of."""
    queue = config.queue
    shared = (queue.group,) if queue.group else ()
    made_of = (config.publish.targets[0].id, queue.holidays, queue.days_off, *shared)
    return f"{crc32(repr(made_of).encode()):08x}"


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
        return {row.id: describe_passed(row, language) for row in review_queue.rows_by_id(tx, ids)}

    return Source(
        entries=entries,
        passed=passed,
        page=lambda number: _page_of(tx, app, number, now),
        published=lambda ids: site_rows.find_rows(tx, app, ids),
        newest=lambda: site_rows.newest_rows(tx, app),
        months=lambda names: site_rows.find_months(tx, app, names),
    )


def _page_of(tx: Transaction, app: App, number: str, now: datetime) -> Page | None:
    found = review_queue.submission_page(tx, number)
    if found is None:
        return None
    photos = found.judged.submission.photos if found.judged else ()
    inside = find_asked_inside(found.judged) if found.judged else ()
    shown = {photo.sha256 for photo in photos} | {p.sha256 for p in inside if p.sha256}
    pictures = find_pictures(app, tx, shown, [mail.id for mail in found.mails])
    seen = find_seen_before(tx, found.row.id, photos)
    return make_page(app, found, now, pictures, seen)


def describe_passed(row: QueueRow, language: Language) -> Passed:
    """A mail that is no submission, on one line."""
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
