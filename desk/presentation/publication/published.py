"""An article that stands where readers see it, as a row of *Terbit*."""

from desk.presentation.publication.standing import badge_at, is_web
from desk.store.publications.lists import Published
from publisher.site.publication import PublishedRow
from redaksi.model import Language
from redaksi.text import clean


def make_published(row: Published, language: Language) -> PublishedRow:
    """The row, its state in words."""
    return PublishedRow(
        number=row.number,
        headline=clean.line(row.headline, 160),
        place=clean.line(row.province, 40),
        category=clean.line(row.category, 60),
        url=row.url if is_web(row.url) else "",
        since=row.since,
        badge=badge_at(row.standing, language),
    )
