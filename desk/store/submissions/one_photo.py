"""One photo of one revision, for whoever asks for its picture."""

from msgspec import Struct
from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.tables import Photo, Revision, Submission


class OnePhoto(Struct, frozen=True, kw_only=True):
    """An original, and the mail that brought it."""

    sha256: str
    mail_id: int


def find_photo(tx: Transaction, number: str, revision: int, place: int) -> OnePhoto | None:
    """The photo at a place (from 1) of a revision; None for what is in quarantine too."""
    found = tx.execute(
        select(Photo.sha256, Revision.mail_id)
        .join(Revision, Revision.id == Photo.revision_id)
        .join(Submission, Submission.id == Revision.submission_id)
        .where(
            Submission.number == number,
            Submission.state.not_in(("quarantined", "not_a_submission")),
            Revision.number == revision,
            Photo.position == place - 1,
        )
    ).first()
    return OnePhoto(sha256=found[0], mail_id=found[1]) if found else None
