"""The body is set in the font the redaksi asks for.

Effective formatting, as Word shows it; title, byline and captions are not judged. A run whose size
is wrong too is told here once, together with what size is asked.

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
    """Which fonts."""

    names: Annotated[
        tuple[str, ...], Meta(min_length=1, description="fonts the body may be set in")
    ] = ("Times New Roman",)
    tolerance: Annotated[
        float, Meta(ge=0, le=1, description="share of the text that may differ")
    ] = 0.02


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """Less than the asked share of the body's characters."""
    document = find_article(submission)
    if document is None or not 0 <= document.share.font < 1 - limits.tolerance:
        return
    yield Observed(
        subject=document.name,
        facts={
            "names": "|".join(limits.names),
            **describe_typography(document.font, document.share.font),
        },
        places=document.font.places,
    )


RULE = Rule(
    code="N006",
    name="font",
    section="font",
    severity="must",
    check=check,
    limits=Limits(),
    is_tidied=True,
    aspect="run",
    message={
        "id": Words(
            title="Jenis huruf belum sesuai",
            found="{share:p} memakai huruf lain[ ({what:dand})][, antara lain pada paragraf "
            "{paragraph}][: “{quote}”]",
            rule="seluruh naskah memakai huruf {names:or}",
            fix="Blok bagian yang hurufnya lain, lalu pilih {names:or} pada Beranda (Home) > Font. Di HP (Word, WPS "
            f"Office, atau Google Dokumen): {SELECT_PART['id']}, lalu ubah di tab Beranda (Home) atau ikon A. "
            "Huruf judul, keterangan foto, dan baris penulis tidak kami nilai. Bila hampir semuanya perlu diubah, memilih "
            "seluruh teks (Ctrl+A) juga boleh.",
        ),
        "en": Words(
            title="The font is not as asked",
            found="{share:p} is in a different font[ ({what:dand})][, for example in paragraph "
            "{paragraph}][: “{quote}”]",
            rule="the whole text is set in {names:or}",
            fix="Select the part that is in another font, then choose {names:or} under Home > Font. On a phone (Word, WPS "
            f"Office or Google Docs): {SELECT_PART['en']}, then change it on the Home tab or by the A icon. "
            "We do not judge the title, the captions or the author line. If nearly all of it needs the change, "
            "selecting the whole text (Ctrl+A) is fine too.",
        ),
    },
    variants={
        "N007": {  # told together with the size
            "id": Words(
                title="Jenis dan ukuran huruf belum sesuai",
                found="{share:p} memakai huruf lain[ ({what:dand})][, antara lain pada paragraf "
                "{paragraph}][: “{quote}”]",
                rule="seluruh naskah memakai huruf {names:or} ukuran {points:d}",
                fix="Blok bagian yang hurufnya lain, lalu pilih {names:or} ukuran {points:d} pada Beranda (Home) > Font. Di HP (Word, WPS "
                f"Office, atau Google Dokumen): {SELECT_PART['id']}, lalu ubah di tab Beranda (Home) atau ikon A. "
                "Huruf judul, keterangan foto, dan baris penulis tidak kami nilai. Bila hampir semuanya perlu diubah, memilih "
                "seluruh teks (Ctrl+A) juga boleh.",
            ),
            "en": Words(
                title="The font and its size are not as asked",
                found="{share:p} is in a different font[ ({what:dand})][, for example in paragraph "
                "{paragraph}][: “{quote}”]",
                rule="the whole text is set in {names:or}, size {points:d}",
                fix="Select the part that is in another font, then choose {names:or}, size {points:d}, under Home > Font. On a phone (Word, WPS "
                f"Office or Google Docs): {SELECT_PART['en']}, then change it on the Home tab or by the A icon. "
                "We do not judge the title, the captions or the author line. If nearly all of it needs the change, "
                "selecting the whole text (Ctrl+A) is fine too.",
            ),
        }
    },
    examples=(
        Example(what="as asked", submission=make_submission()),
        Example(
            what="a hundredth that differs is forgiven",
            submission=make_submission(documents=(make_document(share=Share(font=0.99)),)),
        ),
        Example(
            what="a third pasted in another font",
            submission=make_submission(
                documents=(
                    make_document(
                        share=Share(font=0.69),
                        font=Fault(
                            found=(("Calibri 11", 0.31),),
                            places=(Place(paragraph=4, quote="Ketua BKM", what="Calibri 11"),),
                        ),
                    ),
                )
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="not judged yet",
            submission=make_submission(
                documents=(make_document(share=Share(font=0.1), judged=False),)
            ),
        ),
    ),
)
