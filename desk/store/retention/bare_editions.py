"""An edition without its article: what still says where it stands and under which headline."""

from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.publications.editions import freeze, thaw
from desk.store.tables import Edition as EditionRow
from publisher.articles.edition import Edition


def empty_editions(tx: Transaction, submission_id: int, *, is_published: bool) -> None:
    """Each edition of a submission, bare; its reason goes too."""
    rows = select(EditionRow).where(EditionRow.submission_id == submission_id)
    for row in tx.scalars(rows.with_for_update()):
        edition = strip_edition(thaw(row.content), is_published=is_published)
        row.content, row.reason = freeze(edition), ""
    tx.flush()


def strip_edition(edition: Edition, *, is_published: bool) -> Edition:
    """Numbers, dates and province; of a published one its headline and what its address is made
    of too."""
    return Edition(
        uri=edition.uri if is_published else "",
        submission=edition.submission,
        number=edition.number,
        revision=edition.revision,
        made_by=edition.made_by,
        made_at=edition.made_at,
        headline=edition.headline if is_published else "",
        slug=edition.slug if is_published else "",
        body=(),
        first_made_at=edition.first_made_at,
        province=edition.province,
        embargo=edition.embargo,
        language=edition.language,
    )
