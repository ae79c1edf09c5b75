"""The body is set in the size the redaksi asks for.

A run that the font rule told already is not told again.

Source: decisions.md, row "font and size".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Fault, Place, Share, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_submission
from validators.seen import describe_typography, find_article
from validators.steps import SELECT_PART


class Limits(Struct, frozen=True, kw_only=True):
    """Which size."""

    points: Annotated[float, Meta(gt=0, description="size of the body, in points")] = 12.0
    tolerance: Annotated[
        float, Meta(ge=0, le=1, description="share of the text that may differ")
    ] = 0.02


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """Less than the asked share of the body's characters."""
    document = find_article(submission)
    if document is None or not 0 <= document.share.size < 1 - limits.tolerance:
        return
    # What stands in a wrong font too is the font rule's: its share is not told again.
    wrong = sum(share for _, share in document.size_fault.found)
    yield Observed(
        subject=document.name,
        facts={
            "points": f"{limits.points:g}",
            **describe_typography(
                document.size_fault, document.share.size if not wrong else 1 - wrong
            ),
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
    is_tidied=True,
    aspect="run",
    message={
        "id": Words(
            title="Ukuran huruf belum sesuai",
            found="{share:p} memakai ukuran huruf lain[ ({what:dand})][, antara lain pada paragraf "
            "{paragraph}][: “{quote}”]",
            rule="seluruh naskah memakai huruf ukuran {points:d}",
            fix="Blok bagian yang ukurannya lain, lalu pilih {points:d} pada Beranda (Home) > Ukuran Font (Font Size). Di HP "
            f"(Word, WPS Office, atau Google Dokumen): {SELECT_PART['id']}, lalu ubah di tab Beranda (Home) atau ikon A. "
            "Huruf judul, keterangan foto, dan baris penulis tidak kami nilai. Bila hampir semuanya perlu diubah, memilih "
            "seluruh teks (Ctrl+A) juga boleh.",
        ),
        "en": Words(
            title="The font size is not as asked",
            found="{share:p} is in a different size[ ({what:dand})][, for example in paragraph "
            "{paragraph}][: “{quote}”]",
            rule="the whole text is set in size {points:d}",
            fix="Select the part that is in another size, then choose {points:d} under Home > Font Size. On a phone (Word, "
            f"WPS Office or Google Docs): {SELECT_PART['en']}, then change it on the Home tab or by the A icon. "
            "We do not judge the title, the captions or the author line. If nearly all of it needs the change, "
            "selecting the whole text (Ctrl+A) is fine too.",
        ),
    },
    examples=(
        Example(what="as asked", submission=make_submission()),
        Example(
            what="a hundredth that differs is forgiven",
            submission=make_submission(documents=(make_document(share=Share(size=0.99)),)),
        ),
        Example(
            what="a third in another size",
            submission=make_submission(
                documents=(
                    make_document(
                        share=Share(size=0.69),
                        size_fault=Fault(
                            found=(("Times New Roman 14", 0.31),),
                            places=(
                                Place(paragraph=4, quote="Ketua BKM", what="Times New Roman 14"),
                            ),
                        ),
                    ),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=make_submission(
                documents=(make_document(share=Share(size=0.1), judged=False),)
            ),
        ),
    ),
)
