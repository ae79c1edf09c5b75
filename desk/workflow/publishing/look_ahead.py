"""What publishing would do, and the article as a folder: nothing is kept, nothing at a target changed."""

from pathlib import Path

from msgspec import Struct

from desk.app import App
from desk.domain.publications import Doing, find_action
from desk.store import Transaction
from desk.store.publications import editions, rows
from desk.store.publications.rows import Row
from desk.workflow.publishing.correct import find
from desk.workflow.publishing.make_edition import make_edition
from desk.workflow.publishing.photos import Deriver, preview_photos
from desk.workflow.publishing.tools import make_targets
from publisher.articles.edition import Amendments, Edition
from publisher.targets.folder import Folder
from publisher.targets.target import Article, Delivered, MadePhoto, Step
from redaksi.errors import IllegalMove, RedaksiError


class Ahead(Struct, frozen=True, kw_only=True):
    """What would be done at a target; `action` None: nothing."""

    target: str
    action: Doing | None
    steps: tuple[Step, ...] = ()


class _NotKept(Exception):
    """Ends a transaction whose edition was for looking at."""


def look_ahead(
    app: App, sandbox: Deriver, number: str, target: str = ""
) -> tuple[Edition, list[Ahead]]:
    """What would be done for a submission at each target, or at one. Targets are asked, and read only.
    Raises IllegalMove for an unknown target, PhotoFailed, ConfigError for a secret."""
    edition, stored = _read(app, number)
    targets = make_targets(app)
    if target and target not in targets:
        raise IllegalMove("no_such_target", target=target, known=sorted(targets))
    photos: tuple[MadePhoto, ...] | None = None
    found = []
    for each in [target] if target else targets:
        row = stored.get(each)
        action = find_action(row.standing) if row is not None else "publish"
        if row is not None and row.state == "cancelled":
            action = None
        if action is None:
            found.append(Ahead(target=each, action=None))
            continue
        if photos is None:
            photos = preview_photos(app, sandbox, edition)
        article = _make_article(app, row, edition, photos, action)
        known = row.known if row is not None and row.known.external_id else None
        steps = targets[each].plan(article, action, known)
        found.append(Ahead(target=each, action=action, steps=steps))
    return edition, found


def write_out(app: App, sandbox: Deriver, number: str, folder: Path) -> Path:
    """Write what a folder target would into `folder`; where it lies. Raises RedaksiError."""
    edition, _ = _read(app, number)
    photos = preview_photos(app, sandbox, edition)
    article = _make_article(app, None, edition, photos, "publish")
    folder.mkdir(parents=True, exist_ok=True)
    outcome = Folder(id="out", folder=str(folder)).publish(article, None)
    if not isinstance(outcome, Delivered):
        raise RedaksiError("cannot_write", name=folder)
    return folder / number.split("-")[1] / number


def _make_article(
    app: App, row: Row | None, edition: Edition, photos: tuple[MadePhoto, ...], action: Doing
) -> Article:
    before = None
    if row is not None:
        with app.store.read() as tx:
            before = editions.get(tx, row.standing_edition_id)
    if action == "take_down":
        edition = before or edition
    key = f"pub_{row.id if row else 0}_{edition.number}_{action}"
    return Article(edition=edition, photos=photos, key=key, now=app.clock(), before=before)


def _read(app: App, number: str) -> tuple[Edition, dict[str, Row]]:
    """The newest edition, or what the first would be; the rows by target."""
    with app.store.read() as tx:
        found = find(tx, number)
        newest = editions.newest(tx, found)
        stored = {row.target: row for row in rows.of_submission(tx, found)}
    if newest is not None:
        return newest.edition, stored
    return _preview(app, found), stored


def _preview(app: App, submission_id: int) -> Edition:
    made: list[Edition] = []
    try:
        with app.store.begin() as tx:
            made.append(_make(tx, app, submission_id))
            raise _NotKept
    except _NotKept:
        return made[0]


def _make(tx: Transaction, app: App, submission_id: int) -> Edition:
    return make_edition(tx, app, submission_id, Amendments(), editor="", initials="").edition
