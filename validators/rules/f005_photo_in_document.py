"""Photos are attached, not only placed in the document.

Raster pictures of at least 200 pixels on both sides; logos, shapes and ornaments are not photos, nor
are small drawings beside attached photos. A picture that is also attached (the same bytes, or the
same picture by its likeness: Word and phones shrink what goes through them) is not told; where the
likeness is not known, a photo of the same proportions stands for it.

Source: decisions.md, row "photos in the document".
"""

from collections.abc import Iterator

from msgspec.structs import replace

from redaksi.model import Picture, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_photo, make_submission
from validators.seen import find_article, find_pictures_only_inside


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Pictures in the article that nothing attached stands for."""
    document, alone = find_article(submission), find_pictures_only_inside(submission)
    if document is None:
        return
    for name in dict.fromkeys(picture.document for picture in alone):
        here = [picture for picture in alone if picture.document == name]
        after = sorted({picture.after for picture in here if picture.after > 0})
        where = "|".join(str(number) for number in after[:8])
        yield Observed(
            subject=name or document.name, facts={"count": str(len(here)), "where": where}
        )


_PASTED = Picture(name="image1.jpeg", kind="jpeg", sha256="a" * 64, width=1280, height=960, after=3)
_SECOND = Picture(
    name="image1.jpeg", kind="jpeg", sha256="b" * 64, width=1280, height=960, document="Foto.docx"
)
_LOGO = Picture(name="image2.png", kind="png", width=600, height=150)
_IN = make_document(pictures=(_PASTED, _LOGO))
_KNOWN = make_document(pictures=(replace(_PASTED, likeness="0f" * 16),))


RULE = Rule(
    code="F005",
    name="photo-in-document",
    section="photo_in_document",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Ada gambar yang hanya ada di dalam dokumen “{subject}”",
            found="gambar yang tidak kami temukan di lampiran: {count:n}[; letaknya pada atau setelah paragraf "
            "{where:and}]",
            rule="foto dilampirkan terpisah dari dokumen",
            fix="Lampirkan berkas foto aslinya beserta keterangannya pada surel balasan; dokumennya tidak perlu diubah. "
            "Bila aslinya tidak ada lagi, di komputer: klik kanan foto di Word > Simpan sebagai Gambar (Save as "
            "Picture). Di HP, menyimpan foto dari dokumen biasanya mengecilkannya, jadi mohon dikerjakan di komputer. "
            "Bila gambar itu bukan foto kegiatan (misalnya logo atau tabel), cukup beri tahu kami lewat surel balasan.",
        ),
        "en": Words(
            title="Pictures that are only inside the document “{subject}”",
            found="pictures not found among the attachments: {count:n}[; look at or after paragraph {where:or}]",
            rule="photos are attached, separate from the document",
            fix="Attach the original photos with their captions to your reply; the document need not be changed. If an "
            "original is lost, on a computer: right-click the photo in Word > Save as Picture. A phone usually shrinks "
            "photos saved out of a document, so please use a computer. If a picture is no photo of the event (a logo "
            "or a table, say), just tell us in your reply.",
        ),
    },
    examples=(
        Example(what="no picture inside", submission=make_submission()),
        Example(
            what="a logo", submission=make_submission(documents=(make_document(pictures=(_LOGO,)),))
        ),
        Example(
            what="only inside",
            submission=make_submission(documents=(_IN,), photos=()),
            says=("Warta.docx",),
        ),
        Example(
            what="only in a second Word file",
            submission=make_submission(pictures=(_SECOND,), photos=()),
            says=("Foto.docx",),
        ),
        Example(
            what="attached too, larger",
            submission=make_submission(documents=(_IN,), photos=(make_photo(),)),
        ),
        Example(
            what="another photo attached",
            submission=make_submission(
                documents=(_IN,), photos=(make_photo(width=3000, height=2000),)
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="the same picture attached, cropped to other proportions",
            submission=make_submission(
                documents=(_KNOWN,),
                photos=(make_photo(width=3000, height=2000, likeness="0f" * 15 + "0e"),),
            ),
        ),
        Example(
            what="another picture of the same proportions attached",
            submission=make_submission(
                documents=(_KNOWN,), photos=(make_photo(likeness="c3" * 16),)
            ),
            says=("Warta.docx",),
        ),
        Example(
            what="a drawing of a letterhead, photos attached",
            submission=make_submission(
                documents=(
                    make_document(pictures=(replace(_PASTED, width=400, height=400, drawn=True),)),
                ),
            ),
        ),
    ),
)
