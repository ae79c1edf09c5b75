"""An article as it is set, and what an editor does about where it stands: the copy desk."""

from collections.abc import Mapping, Sequence

import msgspec
from markupsafe import Markup
from msgspec import Struct

from desk.app import App
from desk.domain.publications import CALLING, OPEN
from desk.presentation.errands.asking import Asking, describe_asking
from desk.presentation.publication.copying import make_copy_view
from desk.presentation.publication.photo_files import find_made
from desk.presentation.publication.standing import badge_at, is_calling, is_web, say_call
from desk.store import Transaction
from desk.store.publications import editions
from desk.store.submissions import review_queue, threads
from desk.store.submissions.review_queue import QueueRow, SubmissionPage
from desk.store.submissions.row_publications import PublicationRow
from publisher.articles import html, markdown
from publisher.articles.edition import Edition
from publisher.articles.notes import print_caption
from publisher.site.copying import CopyView, bound
from publisher.site.pages import Badge
from redaksi.errors import IllegalMove
from redaksi.model import Language
from redaksi.states import Event, State, find_transition


class Place(Struct, frozen=True, kw_only=True):
    """A target, and how it stands there. `todo`: what an editor must do; "" for nothing."""

    target: str
    badge: Badge
    url: str
    todo: str


class SetPhoto(Struct, frozen=True, kw_only=True):
    """A photo of the edition. `stem`: of our picture of it ("foto-2"), "" where its revision
    has none by now; `line`: its caption with credit, as readers get it."""

    number: int
    caption: str
    line: str
    alt: str
    stem: str


class Setting(Struct, frozen=True, kw_only=True):
    """The page. `article`: the body of the newest edition, as it is printed; None where there is no
    edition yet. `may_*`: what can be done now."""

    id: int
    number: str
    title: str
    state: State
    shown: int  # the revision whose pictures are shown
    revision: int
    version: int
    stamp: int  # the newest event that is shown
    category: str
    categories: tuple[str, ...]
    places: tuple[Place, ...]
    photos: tuple[SetPhoto, ...] = ()
    article: Markup | None = None
    body: str = ""  # Markdown
    copy: CopyView | None = None
    may_publish: bool = False
    may_correct: bool = False
    may_take_down: bool = False
    may_say_down: bool = False
    may_begin_anew: bool = False
    has_files: bool = False  # all photos are made as readers get them
    asking: Asking = Asking()


def open_setting(app: App, number: str) -> Setting | None:
    """The page of one submission; None when there is none of that number."""
    language = app.config.language
    with app.store.read() as tx:
        found = review_queue.submission_page(tx, number)
        if found is None or found.row.state in ("not_a_submission", "quarantined"):
            return None
        found = _with_edition(tx, found)
        edition = found.edition
        places = _find_places(tx, found, edition)
        has_files = edition is not None and bool(find_made(tx, app, edition))
    row = found.row
    setting = Setting(
        id=row.id,
        number=row.number,
        title=(edition.headline if edition else "") or row.headline or row.title,
        state=row.state,
        shown=edition.revision if edition else row.latest_revision,
        revision=row.latest_revision,
        version=row.version,
        stamp=row.stamp,
        category=edition.category if edition else row.category,
        categories=app.config.publish.categories,
        places=tuple(_make_place(row, each, language) for each in row.publications),
    )
    setting = msgspec.structs.replace(setting, **_find_deeds(row, edition))
    if edition is None:
        return setting
    view = make_copy_view(found, language)
    return msgspec.structs.replace(
        setting,
        article=Markup(html.print_blocks(edition.body)),  # noqa: S704 - our own printing, escaped
        body=markdown.print_blocks(edition.body),
        copy=bound(view) if view else None,
        photos=tuple(_set_photos(edition, places)),
        has_files=has_files,
        asking=describe_asking(app, found),
    )


def _with_edition(tx: Transaction, found: SubmissionPage) -> SubmissionPage:
    """The one that a target asks for, else the newest. What stands is shown beside it where another
    should."""
    if found.edition is not None:
        return found
    edition, corrected = editions.find_newest_two(tx, found.row.id)
    is_behind = any(each.is_behind for each in found.row.publications)
    return msgspec.structs.replace(found, edition=edition, before=corrected if is_behind else None)


def _make_place(row: QueueRow, each: PublicationRow, language: Language) -> Place:
    return Place(
        target=each.target,
        badge=badge_at(each, language),
        url=each.url if is_web(each.url) else "",
        todo=say_call(row, each, language)[1] if is_calling(each) else "",
    )


def _find_places(
    tx: Transaction, found: SubmissionPage, edition: Edition | None
) -> Mapping[str, int]:
    """Where its photos stand in the revision it was made of, from 1."""
    if edition is None:
        return {}
    judged = found.judged
    if edition.revision != found.row.latest_revision:
        judged = threads.at_revision(tx, found.row.id, edition.revision)
    photos = judged.submission.photos if judged else ()
    return {photo.sha256: at for at, photo in enumerate(photos, 1)}


def _set_photos(edition: Edition, places: Mapping[str, int]) -> Sequence[SetPhoto]:
    return [
        SetPhoto(
            number=number,
            caption=photo.caption,
            line=print_caption(photo),
            alt=photo.alt,
            stem=f"foto-{places[photo.sha256]}" if photo.sha256 in places else "",
        )
        for number, photo in enumerate(edition.photos, 1)
    ]


def _find_deeds(row: QueueRow, edition: Edition | None) -> dict[str, bool]:
    stood = row.publications
    return {
        "may_publish": _may(row.state, "publish") or row.state == "published",
        "may_correct": edition is not None and _may(row.state, "correct"),
        "may_take_down": _may(row.state, "take_down"),
        "may_say_down": any(each.wanted == "down" and is_calling(each) for each in stood),
        "may_begin_anew": any(each.state in CALLING | OPEN | {"planned"} for each in stood),
    }


def _may(state: State, event: Event) -> bool:
    try:
        find_transition(state, event, "editor")
    except IllegalMove:
        return False
    return True
