"""A photo that is attached and also in the document is noted.

The attached file is used; told only where the bytes are the same.

Source: decisions.md, row "photos in the document".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission
from validators.seen import find_article


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The same bytes attached and in the article."""
    document = find_article(submission)
    hashes = {p.sha256 for p in document.pictures if p.sha256} if document else set()
    for one in submission.photos:
        if "also-in-document" in one.notes or one.sha256 in hashes:
            yield Observed(subject=one.name)


RULE = Rule(
    code="F007",
    name="photo-also-in-document",
    section="photo_also_in_document",
    severity="advice",
    check=check,
    message={
        "id": Words(
            title="Foto “{subject}” juga ada di dalam dokumen",
            found="foto ini terlampir dan juga disisipkan di dokumen; kami memakai lampirannya",
            rule="foto dilampirkan terpisah dari dokumen",
            fix="Foto ini tidak perlu dikirim ulang. Lain kali cukup lampirkan fotonya pada surel.",
        ),
        "en": Words(
            title="Photo “{subject}” is also in the document",
            found="it is attached and placed in the document; we use the attached file",
            rule="photos are attached, separate from the document",
            fix="This photo need not be sent again. Next time it is enough to attach the photo.",
        ),
    },
    examples=(
        Example(what="attached only", submission=make_submission()),
        Example(
            what="in both places",
            submission=make_submission(photos=(make_photo(notes=("also-in-document",)),)),
            says=("IMG_2041.jpg",),
        ),
    ),
)
