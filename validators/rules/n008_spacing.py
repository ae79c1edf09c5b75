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


RULE = Rule(
    code="N008",
    name="spacing",
    section="spacing",
    severity="must",
    check=check,
    limits=Limits(),
    aspect="paragraph",
    message={
        "id": Words(
            title="Spasi baris belum sesuai",
            found="{share:p} berspasi lain[ ({what:dand})][, antara lain pada paragraf "
            "{paragraph}][: “{quote}”]",
            rule="spasi baris {lines:d}",
            fix="Tekan Ctrl+A untuk memilih semua teks, lalu Beranda (Home) > Penspasian Baris dan "
            "Paragraf (Line and "
            "Paragraph Spacing) > {lines:d}. Di HP: buka di aplikasi Word, pilih semua teks, lalu "
            "ubah pada tab Beranda "
            "(Home).",
        ),
        "en": Words(
            title="The line spacing is not as asked",
            found="{share:p} has different line spacing[ ({what:dand})][, for example in paragraph "
            "{paragraph}][: “{quote}”]",
            rule="line spacing {lines:d}",
            fix="Press Ctrl+A to select all text, then Home > Line and Paragraph Spacing > "
            "{lines:d}. On a phone: open "
            "it in the Word app, select all text, then change it on the Home tab.",
        ),
    },
    variants={
        "single": {
            "id": Words(
                title="Spasi baris belum satu spasi",
                found="{share:p} berspasi lain[ ({what:dand})]"
                "[, antara lain pada paragraf {paragraph}][: “{quote}”]",
                rule="satu spasi (tunggal)",
                fix="Tekan Ctrl+A untuk memilih semua teks, lalu Beranda (Home) > Penspasian Baris "
                "dan Paragraf (Line and "
                "Paragraph Spacing) > {lines:d}. Di HP: buka di aplikasi Word, pilih semua teks, lalu ubah pada tab "
                "Beranda (Home).",
            ),
            "en": Words(
                title="The line spacing is not single",
                found="{share:p} has different line spacing[ ({what:dand})]"
                "[, for example in paragraph {paragraph}][: “{quote}”]",
                rule="single spacing",
                fix="Press Ctrl+A to select all text, then Home > Line and Paragraph Spacing > "
                "{lines:d}. On a phone: open "
                "it in the Word app, select all text, then change it on the Home tab.",
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
