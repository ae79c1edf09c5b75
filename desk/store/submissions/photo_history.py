"""Photos that came before, in another submission: the same bytes, or the same picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Integer, Select, Text, bindparam, cast, func, literal, select, union_all

from desk.store.engine import Transaction
from desk.store.tables import Photo, Revision, Submission
from redaksi.likeness import find_alike
from redaksi.model import Photo as ReadPhoto

MOST = 3000  # photos before it whose pictures are compared: two years of a busy desk


def find_seen_before(
    tx: Transaction, submission_id: int, photos: Sequence[ReadPhoto]
) -> dict[str, str]:
    """SHA-256 of a photo -> number of the last submission before this one that had it. One query,
    and another where a picture came before in other bytes."""
    if not photos:
        return {}
    known = {photo.sha256: photo.likeness for photo in photos if photo.likeness}
    about = {"submission": submission_id, "hashes": [photo.sha256 for photo in photos]}
    rows = tx.execute(_SAME_AND_MARKS if known else _SAME_ALONE, about).all()
    seen = {sha256: text for sha256, text in rows if sha256}
    marks = next((text for sha256, text in rows if not sha256), None) or ""
    asked = {sha256: likeness for sha256, likeness in known.items() if sha256 not in seen}
    return seen | _find_pictures(tx, asked, marks)


def _find_pictures(tx: Transaction, asked: Mapping[str, str], marks: str) -> dict[str, str]:
    """`marks`: "17 <likeness>,16 <likeness>"."""
    pairs = [mark.split(" ", 1) for mark in marks.split(",")] if marks else []
    newest = sorted(((int(photo_id), likeness) for photo_id, likeness in pairs), reverse=True)
    places = find_alike(asked, [likeness for _, likeness in newest])
    if not places:
        return {}
    ids = {sha256: newest[place][0] for sha256, place in places.items()}
    found = select(Photo.id, _NUMBER).where(Photo.id.in_(ids.values()))
    numbers = {row.id: row.number for row in tx.execute(found)}
    return {sha256: numbers[photo_id] for sha256, photo_id in ids.items()}


def _select_same() -> Select[*tuple[Any, ...]]:
    last = (
        select(func.max(Photo.id))
        .join(Revision, Photo.revision_id == Revision.id)
        .where(Revision.submission_id < _THIS, Photo.sha256.in_(_HASHES))
        .group_by(Photo.sha256)
    )
    return _SAME.where(Photo.id.in_(last))


def _select_marks() -> Select[*tuple[Any, ...]]:
    """The newest MOST on one line: as many rows take thrice the time. From the newest look at an
    earlier submission back; where a database begins with the submissions instead, it sorts every
    photo there ever was."""
    newest = select(func.max(Revision.id)).where(Revision.submission_id < _THIS)
    before = Photo.revision_id <= newest.scalar_subquery(), _THIS > _OWNER
    marks = _MARKS.where(*before).subquery()
    return select(literal(""), func.aggregate_strings(marks.c.mark, ","))


_THIS = bindparam("submission", type_=Integer)
_HASHES = bindparam("hashes", expanding=True, type_=Text)
_OWNER = (
    select(Revision.submission_id)
    .where(Revision.id == Photo.revision_id)
    .correlate(Photo)
    .scalar_subquery()
)
_NUMBER = (
    select(Submission.number)
    .join(Revision, Revision.submission_id == Submission.id)
    .where(Revision.id == Photo.revision_id)
    .correlate(Photo)
    .scalar_subquery()
    .label("number")
)
_SAME = select(Photo.sha256, _NUMBER)
_MARKS = (
    select((cast(Photo.id, Text) + " " + Photo.likeness).label("mark"))
    .where(Photo.likeness != "")
    .order_by(Photo.revision_id.desc(), Photo.position.desc())
    .limit(MOST)
)
_SAME_ALONE = _select_same()
_SAME_AND_MARKS = union_all(_SAME_ALONE, _select_marks())
