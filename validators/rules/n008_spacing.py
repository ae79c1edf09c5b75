"""The body is single spaced.

Space before and after a paragraph is not judged.

Source: decisions.md, row "spacing".
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
    """Which spacing."""

    lines: Annotated[float, Meta(gt=0, description="line spacing of the body; 1.0 is single")] = 1.0
    tolerance: Annotated[
        float, Meta(ge=0, le=1, description="share of the text that may differ")
    ] = 0.02


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """Less than the asked share of the body's characters."""
    document = find_article(submission)
    if document is None or not 0 <= document.share.spacing < 1 - limits.tolerance:
        return
    yield Observed(
        subject=document.name,
        facts={
            "lines": str(limits.lines),
            **({"case": "single"} if limits.lines == 1 else {}),
            **describe_typography(document.spacing, document.share.spacing),
        },
        places=document.spacing.places,
    )


_FIX_ID = (
    "Blok paragraf yang spasinya lain, lalu pilih {lines:d} pada Beranda (Home) > Penspasian Baris dan Paragraf (Line "
    f"and Paragraph Spacing). Di HP: {SELECT_PART['id']}; lalu di Google Dokumen: ikon A > Paragraf (Paragraph) > Spasi "
    "baris (Line spacing); di Word: Beranda (Home) > Pemformatan Paragraf (Paragraph Formatting) > Spasi Baris (Line "
    "Spacing). Bila menunya tidak ada di HP Bapak/Ibu, mohon kerjakan di komputer. Bila hampir semuanya perlu diubah, "
    "memilih seluruh teks (Ctrl+A) juga boleh."
)
_FIX_EN = (
    "Select the paragraphs with other spacing, then choose {lines:d} under Home > Line and Paragraph Spacing. On a phone: "
    f"{SELECT_PART['en']}; then in Google Docs: the A icon > Paragraph > Line spacing; in Word: Home > Paragraph "
    "Formatting > Line Spacing. If your phone lacks the menu, please use a computer. If nearly all of it needs the "
    "change, selecting the whole text (Ctrl+A) is fine too."
)
RULE = Rule(
    code="N008",
    name="spacing",
    section="spacing",
    severity="must",
    check=check,
    limits=Limits(),
    is_tidied=True,
    aspect="paragraph",
    message={
        "id": Words(
            title="Spasi baris belum sesuai",
            found="{share:p} berspasi lain[ ({what:dand})][, antara lain pada paragraf "
            "{paragraph}][: “{quote}”]",
            rule="spasi baris {lines:d}",
            fix=_FIX_ID,
        ),
        "en": Words(
            title="The line spacing is not as asked",
            found="{share:p} has different line spacing[ ({what:dand})][, for example in paragraph "
            "{paragraph}][: “{quote}”]",
            rule="line spacing {lines:d}",
            fix=_FIX_EN,
        ),
    },
    variants={
        "single": {
            "id": Words(
                title="Spasi baris belum satu spasi",
                found="{share:p} berspasi lain[ ({what:dand})]"
                "[, antara lain pada paragraf {paragraph}][: “{quote}”]",
                rule="satu spasi (tunggal)",
                fix=_FIX_ID,
            ),
            "en": Words(
                title="The line spacing is not single",
                found="{share:p} has different line spacing[ ({what:dand})]"
                "[, for example in paragraph {paragraph}][: “{quote}”]",
                rule="single spacing",
                fix=_FIX_EN,
            ),
        }
    },
    examples=(
        Example(what="as asked", submission=make_submission()),
        Example(
            what="a hundredth that differs is forgiven",
            submission=make_submission(documents=(make_document(share=Share(spacing=0.99)),)),
        ),
        Example(
            what="a third double spaced",
            submission=make_submission(
                documents=(
                    make_document(
                        share=Share(spacing=0.69),
                        spacing=Fault(
                            found=(("2.0", 0.31),),
                            places=(Place(paragraph=4, quote="Ketua BKM", what="2.0"),),
                        ),
                    ),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=make_submission(
                documents=(make_document(share=Share(spacing=0.1), judged=False),)
            ),
        ),
    ),
)
