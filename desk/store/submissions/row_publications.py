"""Where the rows of the review queue stand at each target, and who decided it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, bindparam, select
from sqlalchemy.orm import aliased

from desk.domain.overrides import Overrides
from desk.domain.publications import PublicationState, Wanted
from desk.store.engine import Transaction
from desk.store.publications import editions
from desk.store.publications.decisions import name_of_editor, read_overrides
from desk.store.tables import Account, Decision, Publication
from desk.store.tables import Edition as EditionRow
from publisher.articles.edition import Edition

_WANTED, _STANDING = aliased(EditionRow), aliased(EditionRow)


def _select_asked() -> Select[*tuple[Any, ...]]:
    asks = and_(Publication.state == "asking", Publication.wanted == "up")
    is_other = _STANDING.id != Publication.edition_id
    return (
        select(Publication, _WANTED.content, _STANDING.content)
        .outerjoin(_WANTED, and_(asks, _WANTED.id == Publication.edition_id))
        .outerjoin(_STANDING, and_(asks, _STANDING.id == Publication.standing_edition_id, is_other))
        .where(Publication.submission_id == bindparam("submission"))
        .order_by(Publication.id)
    )


_ASKED = _select_asked()
_NOWHERE = frozenset({"planned", "cancelled", "down"})  # an address of what stood there once
_PUBLISHING = ("schedule", "publish", "correct")


class PublicationRow(Struct, frozen=True, kw_only=True):
    """A submission at a target: what should be there against what is. `code`: why it failed, waits
    or is held; "" where nothing is wrong. `is_behind`: something stands, and another edition
    should."""

    target: str
    wanted: Wanted
    state: PublicationState
    url: str = ""
    code: str = ""
    since: datetime | None = None  # it stands there
    next_at: datetime | None = None
    is_there: bool = False
    is_behind: bool = False


def publications_of(
    tx: Transaction, wanted: ColumnElement[bool]
) -> dict[int, list[PublicationRow]]:
    """The publications that `wanted` finds, by submission, in the order they were planned."""
    found: dict[int, list[PublicationRow]] = defaultdict(list)
    for row in tx.scalars(select(Publication).where(wanted).order_by(Publication.id)):
        found[row.submission_id].append(read_publication(row))
    return found


def publications_asked(
    tx: Transaction, submission_id: int
) -> tuple[list[PublicationRow], Edition | None, Edition | None]:
    """The publications of a submission; where a target asks an editor to set it, the edition that
    should stand there, and what does. One query."""
    found, wanted, standing = [], None, None
    for row, new, old in tx.execute(_ASKED, {"submission": submission_id}):
        found.append(read_publication(row))
        if new is not None and (wanted is None or old is not None):
            wanted, standing = editions.thaw(new), editions.thaw(old) if old is not None else None
    return found, wanted, standing


def read_publication(row: Publication) -> PublicationRow:
    """The row as a value."""
    stands = row.standing_edition_id is not None
    return PublicationRow(
        target=row.target,
        wanted=row.wanted,
        state=row.state,
        url="" if row.state in _NOWHERE else row.url,
        code=row.error_code,
        since=row.first_standing_at if row.state != "down" else None,
        next_at=row.next_at,
        is_there=stands or row.state == "standing",
        is_behind=stands and row.wanted == "up" and row.edition_id != row.standing_edition_id,
    )


def decided_of(
    tx: Transaction, wanted: ColumnElement[bool]
) -> tuple[dict[int, str], dict[int, Overrides]]:
    """Of the decisions that `wanted` finds, by submission: who decided last that it is published,
    initials, else the name; and the findings that were set aside. One query."""
    rows = tx.execute(
        select(
            Decision.submission_id,
            Decision.event,
            Decision.initials,
            name_of_editor(),
            Decision.overrides,
        )
        .outerjoin(Account, Account.id == Decision.account_id)
        .where(wanted, Decision.undone_at.is_(None))
        .order_by(Decision.id)
    )
    return fold_decided(rows)


def fold_decided(rows: Iterable[Any]) -> tuple[dict[int, str], dict[int, Overrides]]:
    """The same of decisions in their order: submission, event, initials, name, overrides."""
    named: dict[int, str] = {}
    overrides: dict[int, Overrides] = {}
    for submission_id, event, initials, name, words in rows:
        if event in _PUBLISHING and (initials or name):
            named[submission_id] = initials or name
        read = read_overrides(name, words)
        overrides[submission_id] = (*overrides.get(submission_id, ()), *read)
    return named, overrides
