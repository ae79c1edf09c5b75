"""The body is set in the size the redaksi asks for.

A run that the font rule told already is not told again.

Source: decisions.md, row "font and size".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Fault, Place, Share, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import document, submission
from validators.seen import article, percent, typography


class Limits(Struct, frozen=True, kw_only=True):
    """Which size."""

    points: Annotated[float, Meta(gt=0, description="size of the body, in points")] = 12.0
    tolerance: Annotated[float, Meta(ge=0, le=1, description="share of the text that may differ")] = 0.02


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """Less than the asked share of the body's characters."""
    document = article(submission)
    if document is None or not 0 <= document.share.size < 1 - limits.tolerance:
        return
    yield Observed(
        subject=document.name,
        facts={
            "points": f"{limits.points:g}",
            "share": percent(document.share.size),
            **typography(document.size_fault),
        },
        places=document.size_fault.places,
    )


RULE = Rule(
    code="N007",
    name="size",
    section="size",
    severity="must",
    check=check,
    limits=Limits(),
    aspect="run",
    message={
        "id": Words(
            title="Ukuran huruf belum sesuai",
            found="sekitar {share} persen isi naskah berukuran lain[ ({what:dand})][, antara lain pada paragraf "
            "{paragraph}][: “{quote}”]",
            rule="seluruh naskah berukuran {points:d}",
            fix="Tekan Ctrl+A, lalu pada Beranda (Home) > Ukuran Font (Font Size) pilih {points:d}.",
        ),
        "en": Words(
            title="The font size is not as asked",
            found="about {share} percent of the text is in another size[ ({what:dand})][, for example in paragraph "
            "{paragraph}][: “{quote}”]",
            rule="the whole text is in size {points:d}",
            fix="Press Ctrl+A, then choose {points:d} under Home > Font Size.",
        ),
    },
    examples=(
        Example(what="as asked", submission=submission()),
        Example(
            what="a hundredth that differs is forgiven",
            submission=submission(documents=(document(share=Share(size=0.99)),)),
        ),
        Example(
            what="a third in another size",
            submission=submission(
                documents=(
                    document(
                        share=Share(size=0.69),
                        size_fault=Fault(
                            found=(("Times New Roman 14", 0.31),),
                            places=(Place(paragraph=4, quote="Ketua BKM", what="Times New Roman 14"),),
                        ),
                    ),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=submission(documents=(document(share=Share(size=0.1), judged=False),)),
        ),
    ),
)
