"""What is in quarantine, by facts alone: no picture, no text, nothing that was opened."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from desk.app import App
from desk.presentation.errands.asking import Asking, describe_asking
from desk.presentation.reasons import in_words
from desk.store import events
from desk.store.events import Happened
from desk.store.inbound import mails
from desk.store.submissions import review_queue, submission_rows, threads
from redaksi.arrival import Listed, Listing
from redaksi.model import Assessment, Document, Language, Other, Photo
from redaksi.text import clean

DOWNLOADED = "quarantine downloaded"  # an event, without facts
_MOST_NAMES = 1000  # of all archives on a page: what one reading keeps


class HeldFile(Struct, frozen=True, kw_only=True):
    """A file of it. `kind`: as its bytes show it; `size` in bytes."""

    name: str
    kind: str
    size: int
    sha256: str
    why: str = ""
    listing: Listing | None = None  # of an archive: what its own directory says


class Held(Struct, frozen=True, kw_only=True):
    """A mail in quarantine. `blob`: SHA-256 of the raw mail; None once it was purged."""

    id: int
    number: str
    mail_id: int
    sender: str
    subject: str
    received_at: datetime
    reason: str
    size: int
    blob: str | None
    files: tuple[HeldFile, ...]
    asking: Asking = Asking()


def open_held(app: App, number: str) -> Held | None:
    """None where there is none of that number, or it is in quarantine no more."""
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None or found.row.state != "quarantined":
            return None
        row = found.row
        mail = next((each for each in found.mails if each.id == row.mail_id), None)
        mail = mail or mails.get(tx, row.mail_id)
        language = app.config.language
        asking = describe_asking(app, found)
    return Held(
        id=row.id,
        number=row.number,
        mail_id=mail.id,
        sender=row.address,
        subject=clean.line(row.mail_subject, 200),
        received_at=row.received_at,
        reason=in_words(row.reason or mail.reason, language),
        size=mail.size,
        blob=mail.blob,
        files=_cut_names(_list_files(found.judged, mail.others, language)),
        asking=asking,
    )


def was_released(app: App, number: str) -> bool:
    """Whether it is a submission like any other by now."""
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        happened = events.of_submission(tx, found) if found is not None else []
        is_page = found is not None and threads.get(tx, found).state != "not_a_submission"
    return is_page and any(each.what == "release" for each in happened)


def record_download(app: App, held: Held, actor: str) -> None:
    """Somebody took it out of here."""
    happened = Happened(
        at=app.clock(), actor=actor, what=DOWNLOADED, submission_id=held.id, mail_id=held.mail_id
    )
    with app.store.begin() as tx:
        events.record(tx, happened)


def _list_files(
    judged: Assessment | None, others: tuple[Other, ...], language: Language
) -> Iterator[HeldFile]:
    submission = judged.submission if judged is not None else None
    files: list[Document | Photo] = []
    if submission is not None:
        files = [*submission.documents, *submission.photos]
    for file in files:
        yield HeldFile(
            name=_name(file.name),
            kind=file.kind,
            size=file.size,
            sha256=file.sha256,
            listing=file.listing if isinstance(file, Document) else None,
        )
    for other in (*(submission.others if submission else ()), *others):
        yield HeldFile(
            name=_name(other.name),
            kind=other.kind,
            size=other.size,
            sha256=other.sha256,
            why=in_words(other.why, language),
            listing=other.listing,
        )


def _cut_names(files: Iterable[HeldFile]) -> tuple[HeldFile, ...]:
    """With so many names as a page holds; the rest is counted."""
    left, cut = _MOST_NAMES, []
    for file in files:
        listing = _cut_listing(file.listing, left) if file.listing else None
        cut.append(replace(file, listing=listing))
        left -= len(listing.entries) if listing else 0
    return tuple(cut)


def _cut_listing(listing: Listing, most: int) -> Listing:
    entries = tuple(_clean_listed(each) for each in listing.entries[:most])
    more = listing.more + len(listing.entries) - len(entries)
    return replace(listing, entries=entries, more=more)


def _clean_listed(listed: Listed) -> Listed:
    return replace(listed, name=clean.line(listed.name, 200))


def _name(name: str) -> str:
    return clean.line(name, 120)
