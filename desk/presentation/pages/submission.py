"""A submission, as an editor opens it, and the files that its page leads to."""

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from desk.app import App
from desk.domain.photos.choices import Choices
from desk.presentation.errands.asking import Asking, describe_asking
from desk.presentation.pages.deciding import Deciding, describe_deciding
from desk.presentation.pictures import Pictures, find_pictures
from desk.presentation.submission_page import make_page
from desk.store import Transaction
from desk.store.editors.claims import Holder
from desk.store.inbound import mails
from desk.store.submissions import review_queue, submission_rows, threads, tries
from desk.store.submissions.one_photo import find_photo
from desk.store.submissions.photo_history import find_seen_before
from desk.store.submissions.queue_filter import Place, QueueFilter, find_place
from desk.store.submissions.review_queue import SubmissionPage
from desk.workflow.asked.tidy import NAME as TIDIED
from desk.workflow.asked.tidy import find_tidied, name_look
from publisher.site.fold import fold
from publisher.site.pages import Original, Page, Shot
from redaksi.model import Assessment, Photo
from validators.seen import find_asked_inside

Role = Literal["thumbnail", "screen"]
_DIGITS = 3  # of a place among the photos


class Opened(Struct, frozen=True, kw_only=True):
    """A submission on the desk. `holder`: who works at it; `photos`: as they were read, none of what
    is in quarantine."""

    id: int
    page: Page
    revision: int
    version: int
    deciding: Deciding
    asking: Asking = Asking()
    photos: tuple[Photo, ...] = ()
    choices: Choices = {}
    holder: Holder | None = None


class Decidable(Struct, frozen=True, kw_only=True):
    """What is looked at before something is decided, strays too."""

    id: int
    deciding: Deciding
    holder: Holder | None


def find_decidable(app: App, number: str) -> Decidable | None:
    """What may be decided of it now; None when there is none of that number."""
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None:
            return None
        return Decidable(
            id=found.row.id,
            deciding=describe_deciding(app, found),
            holder=_find_holder(found, app.clock()),
        )


def _find_holder(found: SubmissionPage, now: datetime) -> Holder | None:
    """A claim may have lapsed."""
    holder = found.row.holder
    return holder if holder is not None and holder.until > now else None


def open_submission(app: App, number: str) -> Opened | None:
    """Everything about one submission; None when there is none of that number."""
    now = app.clock()
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None or found.row.state == "not_a_submission":
            return None
        made = _find_made(tx, app, found)
        return Opened(
            id=found.row.id,
            page=fold(_make_page(tx, app, found, now, made)),
            revision=found.row.latest_revision,
            version=found.row.version,
            deciding=describe_deciding(app, found),
            asking=describe_asking(app, found, has_copy=_has_copy(found, made)),
            photos=_list_photos(found),
            choices=found.choices,
            holder=_find_holder(found, now),
        )


def find_place_of(app: App, wanted: QueueFilter, submission_id: int) -> Place | None:
    """Where it stands in the list that it was opened from; None where it is there no more."""
    with app.store.read() as tx:
        return find_place(tx, wanted, submission_id)


def _list_photos(found: SubmissionPage) -> tuple[Photo, ...]:
    if found.judged is None or found.row.state == "quarantined":
        return ()
    return found.judged.submission.photos


def _find_made(tx: Transaction, app: App, found: SubmissionPage) -> Pictures:
    """What was made of its photos, and of its document; one query."""
    document = found.judged.submission.document if found.judged else None
    originals = _originals(found.judged) | ({document.sha256} if document else set())
    mails = [mail.id for mail in found.mails]
    return find_pictures(app, tx, originals, mails, name_look(app))


def _has_copy(found: SubmissionPage, made: Pictures) -> bool:
    document = found.judged.submission.document if found.judged else None
    return document is not None and (document.sha256, "tidied") in made


def _make_page(
    tx: Transaction, app: App, found: SubmissionPage, now: datetime, pictures: Pictures
) -> Page:
    photos = found.judged.submission.photos if found.judged else ()
    return make_page(app, found, now, pictures, find_seen_before(tx, found.row.id, photos))


def _originals(judged: Assessment | None) -> set[str]:
    if judged is None:
        return set()
    inside = {picture.sha256 for picture in find_asked_inside(judged) if picture.sha256}
    return inside | {photo.sha256 for photo in judged.submission.photos}


def find_file(app: App, number: str, revision: int, name: str) -> str | Path | None:
    """What the page of a revision offers under `name`: the blob of a file that came, or the JPEG of
    a photo that no browser shows, or our tidied copy of the document; None where there is none, and for what is in quarantine."""
    if name == TIDIED:
        return _find_copy(app, number, revision)
    page = _page_at(app, number, revision)
    if page is None:
        return None
    files = [*([page.document] if page.document else []), *page.others, *page.mails]
    found = {file.download: file.sha256 for file in files}
    found |= {shot.download: shot.sha256 for shot in (*page.shots, *page.inside)}
    if name and name in found:
        return found[name]
    return next((shot.jpeg for shot in page.shots if name and shot.converted == name), None)


def list_originals(app: App, number: str, revision: int) -> dict[str, str]:
    """The document and the photos of a revision as they came: our name -> blob; none of what is in
    quarantine."""
    page = _page_at(app, number, revision)
    if page is None:
        return {}
    files: list[Original | Shot] = [*([page.document] if page.document else []), *page.shots]
    return {file.download: file.sha256 for file in files if file.download}


def _find_copy(app: App, number: str, revision: int) -> str | None:
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        if found is None or threads.get(tx, found).state == "quarantined":
            return None
        if mails.find_closed(tx, tries.list_mails(tx, found)) is not None:
            return None  # of the package all but the article's text is as it came
        judged = threads.at_revision(tx, found, revision)
        document = judged.submission.document if judged else None
        return find_tidied(app, tx, document) if document is not None else None


def find_picture(app: App, number: str, revision: int, stem: str, role: Role) -> Path | None:
    """What is shown of a photo ("foto-2") or of a picture in the document ("gambar-1")."""
    kind, _, place = stem.rpartition("-")
    if not place.isdecimal() or len(place) > _DIGITS or kind not in ("foto", "gambar"):
        return None
    if kind == "gambar":
        page = _page_at(app, number, revision)
        shots = page.inside if page else ()
        found = next((shot for shot in shots if shot.index == int(place)), None)
        return _shown(found, role) if found else None
    with app.store.read() as tx:
        photo = find_photo(tx, number, revision, int(place))
        if photo is None:
            return None
        pictures = find_pictures(app, tx, [photo.sha256], [photo.mail_id])
    return pictures.get((photo.sha256, role))


def _shown(shot: Shot, role: Role) -> Path | None:
    return shot.thumbnail if role == "thumbnail" else shot.screen


def _page_at(app: App, number: str, revision: int) -> Page | None:
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None or found.row.state in ("quarantined", "not_a_submission"):
            return None
        if revision != found.row.latest_revision:
            judged = threads.at_revision(tx, found.row.id, revision)
            if judged is None:
                return None
            found = msgspec.structs.replace(found, judged=judged)
        return _make_page(tx, app, found, app.clock(), _find_made(tx, app, found))
