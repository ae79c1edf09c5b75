"""What editors said of the photos of a submission: which are used, in which words. Keyed by bytes, so
that it survives a new revision that keeps the photo."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select, update

from desk.domain.photos.choices import Choice, Choices, find_caption, is_chosen, list_used
from desk.store.engine import Transaction
from desk.store.submissions import submission_rows
from desk.store.tables import PhotoChoice
from publisher.articles.edition import Amendments
from redaksi.model import Photo


def of_submission(tx: Transaction, submission_id: int) -> dict[str, Choice]:
    """What was chosen, by the photo's SHA-256."""
    rows = select(PhotoChoice).where(PhotoChoice.submission_id == submission_id)
    return {row.sha256: _choice(row) for row in tx.scalars(rows.order_by(PhotoChoice.sha256))}


def _choice(row: PhotoChoice) -> Choice:
    return Choice(
        used=row.used,
        is_main=row.lead,
        caption=row.caption,
        credit=row.credit,
        alt=row.alt,
        source=row.source_sha256,
        confirmed_at=row.confirmed_at,
        account_id=row.account_id,
    )


def keep(tx: Transaction, submission_id: int, chosen: Choices, now: datetime) -> None:
    """Keep what an editor chose, in place of what was chosen of these photos before. A main photo
    among them is the only one."""
    if any(choice.is_main for choice in chosen.values()):
        tx.execute(
            update(PhotoChoice).where(PhotoChoice.submission_id == submission_id).values(lead=False)
        )
        tx.flush()
    for sha256, choice in chosen.items():
        row = tx.get(PhotoChoice, (submission_id, sha256))
        if row is None:
            row = PhotoChoice(submission_id=submission_id, sha256=sha256)
            tx.add(row)
        row.used, row.lead = choice.used, choice.is_main
        row.caption, row.credit, row.alt = choice.caption, choice.credit, choice.alt
        row.source_sha256, row.confirmed_at = choice.source, choice.confirmed_at
        row.account_id, row.at = choice.account_id, now
        tx.flush()


def amend(
    tx: Transaction, submission_id: int, amendments: Amendments, photos: Sequence[Photo]
) -> Amendments:
    """The amendments, with what was chosen before of these photos where they say nothing."""
    choices = of_submission(tx, submission_id)
    captions, credits_, alts = {}, {}, {}
    for photo in photos:
        choice = choices.get(photo.sha256)
        if (caption := find_caption(photo, choice)) is not None:
            captions[photo.sha256] = caption
        if choice is not None and choice.credit is not None:
            credits_[photo.sha256] = choice.credit
        if choice is not None and choice.alt is not None:
            alts[photo.sha256] = choice.alt
    named = list_used(photos, choices) if is_chosen(choices) else None
    return msgspec.structs.replace(
        amendments,
        captions={**captions, **amendments.captions},
        credits={**credits_, **amendments.credits},
        alts={**alts, **amendments.alts},
        photos=amendments.photos if amendments.photos is not None else named,
    )


def choose_caption(
    tx: Transaction, submission_id: int, sha256: str, caption: str, now: datetime
) -> None:
    """An editor's caption of a photo, in place of the machine's."""
    row = tx.get(PhotoChoice, (submission_id, sha256))
    if row is None:
        row = PhotoChoice(submission_id=submission_id, sha256=sha256, at=now)
        tx.add(row)
    row.caption, row.source_sha256 = caption, None
    row.confirmed_at, row.at = now, now
    tx.flush()
    submission_rows.grow(tx, submission_id)
