"""A submission at its targets, as it stands: what is due, what calls an editor. It is moved by
`moves`."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select

from desk.domain.publications import CALLING, OPEN, PublicationState, Standing, Wanted
from desk.store.engine import Transaction
from desk.store.tables import Publication, Submission
from publisher.targets.target import Known, Media

BEFORE_TARGETS = "before_targets"  # published before there were targets: nobody knows where
# holds that call an editor; what its contributor asked back has a flag of its own
RESTORED = "restored"  # brought back from a backup: it may stand already
CALLING_HOLDS = ("embargoed", "too_late", RESTORED)


class Row(Struct, frozen=True, kw_only=True):
    """A submission at one target. Editions are ids."""

    id: int
    submission_id: int
    target: str
    wanted: Wanted
    edition_id: int | None
    standing_edition_id: int | None
    state: PublicationState
    known: Known
    first_standing_at: datetime | None = None
    checked_at: datetime | None = None
    attempts: int = 0
    first_attempt_at: datetime | None = None
    next_at: datetime | None = None
    error_code: str = ""
    last_error: str = ""
    overwrite: bool = False
    tell: bool = False

    @property
    def standing(self) -> Standing:
        """What is wanted, and what is there."""
        return Standing(
            wanted=self.wanted,
            edition=self.edition_id,
            standing=self.standing_edition_id,
            may_stand=self.first_attempt_at is not None,
        )

    @property
    def is_there(self) -> bool:
        """Whether something stands there, as far as anybody knows."""
        return self.standing_edition_id is not None or self.state == "standing"

    @property
    def is_behind(self) -> bool:
        """Whether something stands there, and another edition should."""
        stands = self.standing_edition_id
        return self.wanted == "up" and stands is not None and stands != self.edition_id


def of_submission(tx: Transaction, submission_id: int) -> list[Row]:
    """A submission's rows, in the order they were planned."""
    return _list(tx, Publication.submission_id == submission_id)


def of_submissions(
    tx: Transaction, submission_ids: Collection[int]
) -> Mapping[int, tuple[Row, ...]]:
    """The rows of each; one query."""
    found: dict[int, tuple[Row, ...]] = {}
    for row in _list(tx, Publication.submission_id.in_(submission_ids)):
        found[row.submission_id] = (*found.get(row.submission_id, ()), row)
    return found


def get(tx: Transaction, publication_id: int) -> Row:
    """One row."""
    return read_row(tx.get_one(Publication, publication_id, populate_existing=True))


def at(tx: Transaction, submission_id: int, target: str) -> Row | None:
    """The row of a submission at a target."""
    wanted = and_(Publication.submission_id == submission_id, Publication.target == target)
    return next(iter(_list(tx, wanted)), None)


def due(tx: Transaction, now: datetime) -> list[Row]:
    """What is to be done by now, the longest due first."""
    waits = Publication.state.in_(["planned", *sorted(OPEN)])
    wanted = and_(waits, Publication.next_at.is_not(None), Publication.next_at <= now)
    return _list(tx, wanted, Publication.next_at)


def is_any_due(tx: Transaction, now: datetime) -> bool:
    """Whether anything is to be done by now."""
    waits = Publication.state.in_(["planned", *sorted(OPEN)])
    wanted = select(Publication.id).where(waits, Publication.next_at <= now)
    return tx.scalar(wanted.limit(1)) is not None


def is_alarmed(tx: Transaction, target: str, code: str) -> bool:
    """Whether an editor is called for this target for the same already."""
    failed = Publication.state == "failed", Publication.error_code == code
    wanted = select(Publication.id).where(Publication.target == target, *failed)
    return tx.scalar(wanted.limit(1)) is not None


def unplanned(tx: Transaction) -> list[int]:
    """Scheduled submissions without a row at any target: they were scheduled before there were
    targets."""
    planned = select(Publication.id).where(Publication.submission_id == Submission.id)
    wanted = select(Submission.id).where(Submission.state == "scheduled", ~planned.exists())
    return list(tx.scalars(wanted.order_by(Submission.id)))


def listed(
    tx: Transaction,
    states: Collection[PublicationState],
    limit: int,
    target: str = "",
    *,
    calling: bool = False,
) -> list[tuple[Row, str]]:
    """Rows in these states, the newest first, each with its submission's number; `calling`: only those
    that want a person."""
    wanted: ColumnElement[bool] = Publication.state.in_(states)
    if calling:
        wanted = and_(wanted, _is_calling())
    if target:
        wanted = and_(wanted, Publication.target == target)
    found = (
        select(Publication, Submission.number)
        .join(Submission, Submission.id == Publication.submission_id)
        .where(wanted)
        .order_by(Publication.first_standing_at.desc().nulls_last(), Publication.id.desc())
        .limit(limit)
    )
    return [(read_row(row), number) for row, number in tx.execute(found)]


def count_calling(tx: Transaction) -> Mapping[str, int]:
    """How many rows ask an editor, and how many failed; held ones ask."""
    return count(tx, Publication.id.is_not(None))


def count(tx: Transaction, wanted: ColumnElement[bool]) -> dict[str, int]:
    """How many of these rows ask an editor, and how many failed."""
    found = (
        select(Publication.state, func.count())
        .where(wanted, _is_calling())
        .group_by(Publication.state)
    )
    counts: dict[str, int] = dict(tx.execute(found).all())
    failed = counts.pop("failed", 0)
    return {"asking": sum(counts.values()), "failed": failed}


def _is_calling() -> ColumnElement[bool]:
    held = and_(Publication.state == "planned", Publication.error_code.in_(CALLING_HOLDS))
    return or_(Publication.state.in_(CALLING), held)


def _list(
    tx: Transaction, wanted: ColumnElement[bool], *order: ColumnElement[Any] | Any
) -> list[Row]:
    found = select(Publication).where(wanted).order_by(*order, Publication.id)
    return [read_row(row) for row in tx.scalars(found.execution_options(populate_existing=True))]


def read_row(row: Publication) -> Row:
    """The row as a value."""
    media = {
        sha256: Media(id=one.get("id", ""), url=one.get("url", ""))
        for sha256, one in row.media.items()
    }
    known = Known(
        external_id=row.external_id, version=row.external_version, url=row.url, media=media
    )
    return Row(
        id=row.id,
        submission_id=row.submission_id,
        target=row.target,
        wanted=row.wanted,
        edition_id=row.edition_id,
        standing_edition_id=row.standing_edition_id,
        state=row.state,
        known=known,
        first_standing_at=row.first_standing_at,
        checked_at=row.checked_at,
        attempts=row.attempts,
        first_attempt_at=row.first_attempt_at,
        next_at=row.next_at,
        error_code=row.error_code,
        last_error=row.last_error,
        overwrite=row.overwrite,
        tell=row.tell,
    )
