"""A photo that was taken far from the day its caption or the article tells: a note for an editor,
for cameras' clocks go wrong and old pictures are taken along. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from ingest.read.captions.matching.dates import Day, days_in_words
from ingest.read.photo.looks.notes import OTHER_DATE
from redaksi.model import Document, Photo

_FAR = 30  # days
_AHEAD = timedelta(days=7)  # an article may tell of what is to come
_MOST_PARAGRAPHS = 100  # of an article


def note_dates(
    photos: Sequence[Photo], documents: Sequence[Document], sent: str | None
) -> tuple[Photo, ...]:
    """The photos, those with a note that were taken far from every day told. `sent`: RFC 3339, the
    mail's date; days are told without a year, so that without it nothing can be said."""
    if not sent or not any(photo.captured for photo in photos):
        return tuple(photos)
    arrived = datetime.fromisoformat(sent).date()
    article = [
        paragraph.text
        for document in documents[:1]
        for paragraph in document.paragraphs[:_MOST_PARAGRAPHS]
    ]
    in_article = frozenset(day for text in article for day in days_in_words(text))
    return tuple(_note(photo, in_article, arrived) for photo in photos)


def _note(photo: Photo, in_article: frozenset[Day], arrived: date) -> Photo:
    if not photo.captured:
        return photo
    days = (days_in_words(photo.caption.text) if photo.caption else frozenset()) or in_article
    taken = datetime.fromisoformat(photo.captured).date()
    if not days or _is_near(taken, _resolve(days, arrived)):
        return photo
    return replace(photo, notes=(*photo.notes, OTHER_DATE))


def _resolve(days: Iterable[Day], arrived: date) -> list[date]:
    """The last such day before the mail, or the few days after it."""
    found = []
    for month, day in days:
        for year in (arrived.year + 1, arrived.year, arrived.year - 1):
            try:
                when = date(year, month, day)
            except ValueError:  # the 29th of February
                continue
            if when <= arrived + _AHEAD:
                found.append(when)
                break
    return found


def _is_near(taken: date, days: Sequence[date]) -> bool:
    return not days or any(abs((taken - day).days) <= _FAR for day in days)
