"""Enough photos are attached.

Photos that lie only in the document are F005, links P001, attachments that could not be opened
P002, files that are not read and may hold them P003; where the photos of several articles were
shared out, none is called missing.

Source: decisions.md, row "at least one photo".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Picture, Submission
from redaksi.named_kinds import may_hold_photos
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.seen import find_closed, find_pictures_inside


class Limits(Struct, frozen=True, kw_only=True):
    """How many photos."""

    least: Annotated[int, Meta(ge=0, description="fewest photos attached")] = 1


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """Fewer photos than asked, and no better reason to tell."""
    count = len(submission.photos)
    if submission.may_hold("photo") or may_hold_photos(submission):
        return
    if count >= limits.least or {"photos-shared-out", "file-not-opened"} & set(submission.doubts):
        return
    if (
        find_pictures_inside(submission)
        or find_closed(submission)
        or (submission.links and not count)
    ):
        return
    yield Observed(
        facts={
            "count": str(count),
            "least": str(limits.least),
            **({} if count else {"case": "none"}),
        }
    )


RULE = Rule(
    code="F001",
    name="photo-missing",
    section="photo",
    severity="must",
    check=check,
    limits=Limits(),
    message={
        "id": Words(
            title="Foto belum cukup",
            found="foto yang terlampir: {count:n}",
            rule="naskah disertai sedikitnya {least:n} foto",
            fix="Lampirkan foto aslinya (.jpg, .jpeg, .png, atau .tiff) beserta keterangannya pada surel balasan, "
            "terpisah dari dokumen.",
        ),
        "en": Words(
            title="Not enough photos",
            found="photos attached: {count:n}",
            rule="photos needed with the text: at least {least:n}",
            fix="Attach the original photos (.jpg, .jpeg, .png or .tiff) with their captions to your reply, separate "
            "from the document.",
        ),
    },
    variants={
        "none": {
            "id": Words(
                title="Foto belum terlampir",
                found="tidak ada berkas foto pada kiriman ini",
                rule="naskah disertai sedikitnya {least:n} foto",
                fix="Lampirkan foto aslinya (.jpg, .jpeg, .png, atau .tiff) beserta keterangannya "
                "pada surel balasan, "
                "terpisah dari dokumen.",
            ),
            "en": Words(
                title="No photo attached",
                found="there is no photo file in this submission",
                rule="photos needed with the text: at least {least:n}",
                fix="Attach the original photos (.jpg, .jpeg, .png or .tiff) with their captions to your reply, "
                "separate from the document.",
            ),
        }
    },
    examples=(
        Example(what="one photo", submission=make_submission()),
        Example(what="none", submission=make_submission(photos=()), says=("",)),
        Example(
            what="links instead are P001",
            submission=make_submission(photos=(), links=("Google Drive (drive.google.com)",)),
        ),
        Example(
            what="only inside the document is F005",
            submission=make_submission(
                photos=(),
                documents=(
                    make_document(
                        pictures=(
                            Picture(name="image1.jpeg", kind="jpeg", width=1600, height=1200),
                        )
                    ),
                ),
            ),
        ),
        Example(
            what="shared out among articles",
            submission=make_submission(photos=(), doubts=("photos-shared-out",)),
        ),
    ),
)
