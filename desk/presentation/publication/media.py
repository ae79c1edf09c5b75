"""A photo of an edition, for whoever holds a signed link to it (publisher.targets.media_links)."""

from typing import Literal

from msgspec import Struct

from desk.app import App
from desk.store import Transaction, derivatives
from desk.store.publications import editions, rows
from desk.store.publications.editions import StoredEdition
from publisher.articles.edition import Edition
from publisher.articles.photo_words import gather_words, name_words
from publisher.targets.make import read_media_key
from publisher.targets.media_links import read_edition, verify_media

_DIGITS = 3  # of a photo's place

# refused: not signed by us, or over; gone: the article is to be seen no more; missing: no such photo
Refusal = Literal["refused", "gone", "missing"]


class Signed(Struct, frozen=True, kw_only=True):
    """A link as it came: text."""

    edition: str
    place: str
    exp: str
    sig: str


class MediaPhoto(Struct, frozen=True, kw_only=True):
    """What a link leads to: the blob readers get, and for how long the link is good, in seconds."""

    sha256: str
    seconds: int


def find_media(app: App, link: Signed) -> MediaPhoto | Refusal:
    """The photo of a link. The store is asked nothing before the signature is ours: whoever guesses
    does not learn what there is. Raises StoreError."""
    number, named, key = _read_place(link.place), read_edition(link.edition), _read_key(app)
    if number is None or named is None or not key:
        return "refused"
    now = app.clock()
    if not verify_media(key, link.edition, number, link.exp, link.sig, now):
        return "refused"
    with app.store.read() as tx:
        stored = editions.find_numbered(tx, *named)
        if stored is None:
            return "missing"
        if not _is_wanted(tx, stored):
            return "gone"
        sha256 = _find_photo(tx, stored.edition, number)
    if sha256 is None:
        return "missing"
    return MediaPhoto(sha256=sha256, seconds=int(link.exp) - int(now.timestamp()))


def _read_place(word: str) -> int | None:
    is_one = word.isascii() and word.isdecimal() and len(word) <= _DIGITS and word[0] != "0"
    return int(word) if is_one else None


def _read_key(app: App) -> bytes:
    """b"" where nothing was ever signed: looking makes none."""
    return read_media_key(app.config.home)


def _is_wanted(tx: Transaction, stored: StoredEdition) -> bool:
    """Whether it is to be seen anywhere."""
    found = rows.of_submission(tx, stored.submission_id)
    return any(row.wanted == "up" and row.state != "cancelled" for row in found)


def _find_photo(tx: Transaction, edition: Edition, number: int) -> str | None:
    if number > len(edition.photos):
        return None
    photo = edition.photos[number - 1]
    return derivatives.find_published(tx, photo.sha256, name_words(gather_words(edition, photo)))
