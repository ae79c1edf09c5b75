"""The photos of an edition as readers get them: each derived once from its original for the words it
bears, and kept. Outside any decision's transaction: a decode may take seconds, or fail."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from desk.app import App, require_room
from desk.sandbox.host import Crashed
from desk.sandbox.sink import FolderSink, Sink
from desk.store import derivatives
from desk.workflow.publishing.deliver import PhotoFailed
from desk.workflow.reading.keep_files import make_sink
from ingest.read.photo.pixels import read_size
from publisher.articles.edition import Edition
from publisher.articles.photo_words import PhotoWords, gather_words, insert_words, name_words
from publisher.targets.target import MadePhoto
from redaksi.config.schema import make_limits
from redaksi.errors import RedaksiError, StoreError, Unreadable
from redaksi.fault import name_fault
from redaksi.limits import Limits


class Deriver(Protocol):
    """Who makes of a photo what readers get: a sandbox, or a pool."""

    def derive(self, original: Path, sha256: str, limits: Limits, sink: Sink) -> None:
        """See Sandbox."""
        ...


def make_photos(app: App, sandbox: Deriver, edition: Edition) -> tuple[MadePhoto, ...]:
    """The edition's photos in its order, words inside; those that were made before are taken as they
    are. Raises PhotoFailed where one cannot be made, BlobMissing where its original is not here;
    StoreError, and Crashed and Drained of a sandbox that does not serve, pass by themselves."""
    made = []
    for number, photo in enumerate(edition.photos, 1):
        try:
            sha256 = _find_or_make(app, sandbox, photo.sha256, gather_words(edition, photo))
        except (Unreadable, Crashed) as error:
            if _is_of_the_sandbox(error):
                raise
            reason = error.sentence.facts.get("reason", error.sentence)
            raise PhotoFailed("photo_not_made", number=number, reason=reason) from error
        made.append(_describe(app, photo.sha256, sha256))
    return tuple(made)


def preview_photos(app: App, sandbox: Deriver, edition: Edition) -> tuple[MadePhoto, ...]:
    """As `make_photos`, and nothing is kept."""
    made = []
    for number, photo in enumerate(edition.photos, 1):
        try:
            bare = _derive(app, sandbox, photo.sha256)
        except (Unreadable, Crashed) as error:
            if _is_of_the_sandbox(error):
                raise
            reason = error.sentence.facts.get("reason", error.sentence)
            raise PhotoFailed("photo_not_made", number=number, reason=reason) from error
        content = insert_words(bare, gather_words(edition, photo))
        sha256 = hashlib.sha256(content).hexdigest()
        made.append(_describe_bytes(photo.sha256, sha256, content, partial(bytes, content)))
    return tuple(made)


def _is_of_the_sandbox(error: RedaksiError) -> bool:
    """Whether a photo has no part in it."""
    return isinstance(error, Crashed) and error.cause in ("start", "server")


def _find_or_make(app: App, sandbox: Deriver, original: str, words: PhotoWords) -> str:
    """The blob of the picture with these words inside."""
    variant = name_words(words)
    with app.store.read() as tx:
        kept = derivatives.find_published(tx, original, variant)
    if kept is not None and app.blobs.exists(kept):
        return kept
    require_room(app)
    content = insert_words(_derive(app, sandbox, original), words)
    sha256 = app.blobs.put(content)
    with app.store.begin() as tx:
        derivatives.record_published(tx, original, variant, sha256, len(content), app.clock())
    return sha256


def _derive(app: App, sandbox: Deriver, original: str) -> bytes:
    """The bare picture. A child that dies of it may have wanted the memory that others had: then
    another is asked."""
    try:
        return _ask_child(app, sandbox, original)
    except Crashed as error:
        if _is_of_the_sandbox(error):
            raise
    return _ask_child(app, sandbox, original)


def _ask_child(app: App, sandbox: Deriver, original: str) -> bytes:
    with make_sink(app) as sink:
        path = app.blobs.local_path(original)
        sandbox.derive(path, original, make_limits(app.config), sink)
        return _read_only(sink)


def _read_only(sink: FolderSink) -> bytes:
    """The one file of a sink."""
    (received,) = sink.received
    try:
        return received.path.read_bytes()
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def _describe(app: App, original: str, sha256: str) -> MadePhoto:
    return _describe_bytes(original, sha256, _read(app, sha256), partial(_read, app, sha256))


def _describe_bytes(
    original: str, sha256: str, content: bytes, read: Callable[[], bytes]
) -> MadePhoto:
    width, height = read_size(content)
    return MadePhoto(
        original=original,
        sha256=sha256,
        width=width,
        height=height,
        size=len(content),
        read=read,
    )


def _read(app: App, sha256: str) -> bytes:
    with app.blobs.open(sha256) as stream:
        return stream.read()
