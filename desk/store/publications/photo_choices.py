"""What editors said of the photos of a submission: which are used, in which words. Keyed by bytes, so
that it survives a new revision that keeps the photo."""

from datetime import datetime

import msgspec
from sqlalchemy import select

from desk.store.engine import Transaction
from desk.store.submissions import submission_rows
from desk.store.tables import PhotoChoice
from publisher.articles.edition import Amendments


def amend(tx: Transaction, submission_id: int, amendments: Amendments) -> Amendments:
    """The amendments, with what was chosen before where they say nothing of a photo."""
    rows = select(PhotoChoice).where(PhotoChoice.submission_id == submission_id)
    captions, credits_, alts = {}, {}, {}
    for row in tx.scalars(rows):
        if row.caption is not None:
            captions[row.sha256] = row.caption
        if row.credit is not None:
            credits_[row.sha256] = row.credit
        if row.alt is not None:
            alts[row.sha256] = row.alt
    return msgspec.structs.replace(
        amendments,
        captions={**captions, **amendments.captions},
        credits={**credits_, **amendments.credits},
        alts={**alts, **amendments.alts},
    )


def choose_caption(
    tx: Transaction, submission_id: int, sha256: str, caption: str, now: datetime
) -> None:
    """An editor's caption of a photo, in place of the machine's."""
    row = tx.get(PhotoChoice, (submission_id, sha256))
    if row is None:
        row = PhotoChoice(submission_id=submission_id, sha256=sha256, at=now)
        tx.add(row)
    row.caption, row.confirmed_at, row.at = caption, now, now
    tx.flush()
    submission_rows.grow(tx, submission_id)
