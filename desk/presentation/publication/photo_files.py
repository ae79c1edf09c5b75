"""The photos of an article as one download: as readers get them, and a list of their words."""

import io
from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from msgspec import Struct

from desk.app import App
from desk.store import Transaction, derivatives
from desk.store.publications import editions
from desk.store.submissions import submission_rows
from publisher.articles.edition import Edition
from publisher.articles.photo_list import LIST, list_photos, name_photo_files
from publisher.articles.photo_words import gather_words, name_words


class PhotoFiles(Struct, frozen=True, kw_only=True):
    """`name`: of the download, without its end; `files`: names of ours, each with how it is opened."""

    name: str
    files: tuple[tuple[str, Callable[[], BinaryIO]], ...]


def find_photo_files(app: App, number: str) -> PhotoFiles | None:
    """The photos of the newest edition; None where there are none, or not all are made."""
    with app.store.read() as tx:
        found = submission_rows.id_of(tx, number)
        stored = editions.newest(tx, found) if found is not None else None
        made = find_made(tx, app, stored.edition) if stored is not None else ()
    if stored is None or not made:
        return None
    edition = stored.edition
    names = zip(name_photo_files(edition), made, strict=True)
    files = ((name, partial(app.blobs.open, sha256)) for name, sha256 in names)
    words = list_photos(edition).encode("utf-8", "replace")
    return PhotoFiles(
        name=f"{number}-{edition.number}-foto",
        files=(*files, (LIST, partial(io.BytesIO, words))),
    )


def find_made(tx: Transaction, app: App, edition: Edition) -> tuple[str, ...]:
    """The blobs of an edition's photos in its order; () unless all of them are here. One query."""
    variants = [(each.sha256, name_words(gather_words(edition, each))) for each in edition.photos]
    known = derivatives.find_all_published(tx, variants)
    made = tuple(known[each] for each in variants if each in known)
    is_whole = len(made) == len(variants) and all(app.blobs.exists(sha256) for sha256 in made)
    return made if is_whole else ()
