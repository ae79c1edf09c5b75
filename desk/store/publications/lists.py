"""What is published, page by page, and what a month holds: as many queries for 20,000 as for one."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from desk.domain.publications import PublicationState
from desk.store.engine import Transaction
from desk.store.publications.rows import CALLING_HOLDS
from desk.store.tables import Publication, Submission

PAGE = 50
_TITLE = func.coalesce(func.nullif(Submission.headline, ""), Submission.title)


class Key(Struct, frozen=True, kw_only=True):
    """Where a row stands in the order."""

    at: datetime
    id: int


class Published(Struct, frozen=True, kw_only=True):
    """An article that stands at a target."""

    number: str
    headline: str
    province: str
    category: str
    url: str
    since: datetime
    state: PublicationState
    code: str = ""
    is_coming_down: bool = False


class PublishedPage(Struct, frozen=True, kw_only=True):
    """A page, the newest first. `after`: where the next one begins; None for the last."""

    rows: tuple[Published, ...]
    after: Key | None = None


class Planned(Struct, frozen=True, kw_only=True):
    """An article of a month: at its planned hour, or since when it stands. `state`: None where no
    target knows of it yet."""

    at: datetime
    number: str
    headline: str
    state: PublicationState | None
    is_held: bool = False
    is_there: bool = False  # it stands, whatever else is to become of it


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
    `since`, `until`: it stands from then on, before then."""
    begun = Publication.first_standing_at
    wanted = [Publication.target == target, begun.is_not(None), _STANDS]
    if province is not None:
        wanted.append(Submission.province == province)
    if since is not None:
        wanted.append(begun >= since)
    if until is not None:
        wanted.append(begun < until)
    if after is not None:
        wanted.append(or_(begun < after.at, and_(begun == after.at, Publication.id < after.id)))
    found = tx.execute(
        select(Publication, Submission.number, _TITLE, Submission.province, Submission.category)
        .join(Submission, Submission.id == Publication.submission_id)
        .where(*wanted)
        .order_by(begun.desc(), Publication.id.desc())
        .limit(size + 1)
    ).all()
    rows = tuple(_published(*row) for row in found[:size])
    last = found[size - 1][0] if len(found) > size else None
    return PublishedPage(
        rows=rows, after=Key(at=last.first_standing_at, id=last.id) if last else None
    )


def list_month(tx: Transaction, target: str, begin: datetime, end: datetime) -> list[Planned]:
    """What is planned for, or stands since, the time from `begin` on and before `end`, in that
    order; two queries."""
    here = and_(Publication.submission_id == Submission.id, Publication.target == target)
    chosen = (Submission.number, _TITLE, Publication.state, Publication.error_code)
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


def _published(
    row: Publication, number: str, headline: str, province: str, category: str
) -> Published:
    since = row.first_standing_at
    assert since is not None
    return Published(
        number=number,
        headline=headline,
        province=province,
        category=category,
        url=row.url,
        since=since,
        state=row.state,
        code=row.error_code,
        is_coming_down=row.wanted == "down",
    )


def _planned(
    at: datetime,
    number: str,
    headline: str,
    state: PublicationState | None,
    code: str | None,
    *,
    is_there: bool = False,
) -> Planned:
    held = state == "planned" and code in CALLING_HOLDS
    return Planned(
        at=at, number=number, headline=headline, state=state, is_held=held, is_there=is_there
    )
