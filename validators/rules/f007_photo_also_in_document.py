"""A photo that is attached and also in the document is noted.

The attached file is used; told where the bytes are the same, or the picture is by its likeness (at
most 12 of 128 bits differ).

Source: decisions.md, row "photos in the document".
"""

from collections.abc import Iterator

from redaksi.model import Picture, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_photo, make_submission
from validators.seen import find_pictures_also_attached


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """The same bytes, or the same picture, attached and in the article."""
    for photo in find_pictures_also_attached(submission):
        yield Observed(subject=photo.name)


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
        Example(
            what="in both places, shrunk by Word",
            submission=make_submission(
                documents=(
                    make_document(
                        pictures=(
                            Picture(
                                name="image1.jpeg",
                                kind="jpeg",
                                width=800,
                                height=600,
                                likeness="0f" * 16,
                            ),
                        )
                    ),
                ),
                photos=(make_photo(likeness="0f" * 15 + "1f"),),
            ),
            says=("IMG_2041.jpg",),
        ),
    ),
)
