"""Photos that came before, in another submission: the same bytes, or the same picture."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from desk.store.engine import Transaction
from desk.store.tables import Photo, Revision, Submission
from redaksi.likeness import is_alike
from redaksi.model import Photo as ReadPhoto

MOST = 3000  # photos before it whose pictures are compared: two years of a busy desk


def find_seen_before(
    tx: Transaction, submission_id: int, photos: Sequence[ReadPhoto]
) -> dict[str, str]:
    """SHA-256 of a photo -> number of the last submission before this one that had it."""
    if not photos:
        return {}
    same = _earlier(submission_id).where(Photo.sha256.in_({photo.sha256 for photo in photos}))
    seen: dict[str, str] = {}
    for sha256, _, number in tx.execute(same.limit(MOST)):
        seen.setdefault(sha256, number)
    known = [photo for photo in photos if photo.likeness and photo.sha256 not in seen]
    if not known:
        return seen
    pictured = _earlier(submission_id).where(Photo.likeness != "").limit(MOST)
    for _, likeness, number in tx.execute(pictured):
        for photo in known:
            if photo.sha256 not in seen and is_alike(photo.likeness, likeness):
                seen[photo.sha256] = number
    return seen


def _earlier(submission_id: int) -> Select[str, str, str]:
    """Photos of submissions before it, the newest first."""
    return (
        select(Photo.sha256, Photo.likeness, Submission.number)
        .join(Revision, Photo.revision_id == Revision.id)
        .join(Submission, Revision.submission_id == Submission.id)
        .where(Submission.id < submission_id)
        .order_by(Photo.id.desc())
    )
