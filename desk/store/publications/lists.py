"""What is published, page by page, and what a month holds: as many queries for 20,000 as for one."""

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from desk.domain.publications import PublicationState, Wanted
from desk.store.engine import Transaction
from desk.store.publications.rows import CALLING_HOLDS
from desk.store.submissions.row_publications import PublicationRow, read_publication
from desk.store.tables import Publication, Submission

PAGE = 50
_TITLE = func.coalesce(func.nullif(Submission.headline, ""), Submission.title)


class Key(Struct, frozen=True, kw_only=True):
    """Where a row stands in the order. `at`: None among those of which nobody knows since when."""

    at: datetime | None
    id: int


class Published(Struct, frozen=True, kw_only=True):
    """An article that stands at a target. `since`: None where nobody knows since when: it was called
    published before there were targets. `standing`: how it stands there, and what becomes of it."""

    number: str
    headline: str
    province: str
    category: str
    url: str
    since: datetime | None
    standing: PublicationRow


class PublishedPage(Struct, frozen=True, kw_only=True):
    """A page, the newest first, those without a date last. `after`: where the next one begins; None
    for the last."""

    rows: tuple[Published, ...]
    after: Key | None = None


class Planned(Struct, frozen=True, kw_only=True):
    """An article of a month: at its planned hour, or since when it stands. `state`: None where no
    target knows of it yet."""

    at: datetime
    number: str
    headline: str
    state: PublicationState | None
    wanted: Wanted = "up"
    code: str = ""
    is_held: bool = False
    is_there: bool = False  # it stands, whatever else is to become of it
    is_behind: bool = False  # and another edition should


def page_published(
    tx: Transaction,
    target: str,
    *,
    province: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: Key | None = None,
    size: int = PAGE,
) -> PublishedPage:
    """What stands at a target, the newest first; one query. `province`: "" for those without one;
    `since`, `until`: it stands from then on, before then (and somebody knows since when)."""
    begun = Publication.first_standing_at
    wanted = [_at(target)]
    if province is not None:
        wanted.append(Submission.province == province)
    if since is not None:
        wanted.append(begun >= since)
    if until is not None:
        wanted.append(begun < until)
    if after is not None:
        wanted.append(_follows(after))
    found = tx.execute(
        _SHOWN.where(*wanted)
        .order_by(begun.desc().nulls_last(), Publication.id.desc())
        .limit(size + 1)
    ).all()
    rows = tuple(_published(*row) for row in found[:size])
    last = found[size - 1][0] if len(found) > size else None
    return PublishedPage(
        rows=rows, after=Key(at=last.first_standing_at, id=last.id) if last else None
    )


def find_published(
    tx: Transaction, target: str, submission_ids: Collection[int]
) -> Mapping[int, Published]:
    """Those of these submissions that stand at a target, by id; one query."""
    wanted = _at(target), Publication.submission_id.in_(submission_ids)
    return {row[0].submission_id: _published(*row) for row in tx.execute(_SHOWN.where(*wanted))}


def list_month(tx: Transaction, target: str, begin: datetime, end: datetime) -> list[Planned]:
    """What is planned for, or stands since, the time from `begin` on and before `end`, in that
    order; two queries."""
    here = and_(Publication.submission_id == Submission.id, Publication.target == target)
    chosen = (Submission.number, _TITLE, Publication)
    planned = tx.execute(
        select(Submission.publish_at, *chosen)
        .outerjoin(Publication, here)
        .where(Submission.state == "scheduled")
        .where(Submission.publish_at >= begin, Submission.publish_at < end)
    )
    begun = Publication.first_standing_at
    stands = tx.execute(
        select(begun, *chosen)
        .join(Submission, here)
        .where(Submission.state != "scheduled", begun >= begin, begun < end, _STANDS)
    )
    rows = [_planned(*row) for row in planned] + [_planned(*row, is_there=True) for row in stands]
    return sorted(rows, key=lambda row: (row.at, row.number))


_STANDS: ColumnElement[bool] = or_(
    Publication.standing_edition_id.is_not(None), Publication.state == "standing"
)
_SHOWN = select(
    Publication, Submission.number, _TITLE, Submission.province, Submission.category
).join(Submission, Submission.id == Publication.submission_id)


def _at(target: str) -> ColumnElement[bool]:
    return and_(Publication.target == target, _STANDS)


def _follows(after: Key) -> ColumnElement[bool]:
    begun, earlier = Publication.first_standing_at, Publication.id < after.id
    if after.at is None:
        return and_(begun.is_(None), earlier)
    return or_(begun < after.at, and_(begun == after.at, earlier), begun.is_(None))


def _published(
    row: Publication, number: str, headline: str, province: str, category: str
) -> Published:
    return Published(
        number=number,
        headline=headline,
        province=province,
        category=category,
        url=row.url,
        since=row.first_standing_at,
        standing=read_publication(row),
    )


def _planned(
    at: datetime,
    number: str,
    headline: str,
    row: Publication | None,
    *,
    is_there: bool = False,
) -> Planned:
    if row is None:
        return Planned(at=at, number=number, headline=headline, state=None)
    standing = read_publication(row)
    return Planned(
        at=at,
        number=number,
        headline=headline,
        state=row.state,
        wanted=row.wanted,
        code=row.error_code,
        is_held=row.state == "planned" and row.error_code in CALLING_HOLDS,
        is_there=is_there,
        is_behind=standing.is_behind,
    )
