"""Photos are attached, not only placed in the document.

Raster pictures of at least 200 pixels on both sides; logos, shapes and ornaments are not photos. A picture that is also
attached (the same bytes, or a photo of the same proportions and at least as large: Word shrinks what is pasted) is not
told.

Source: decisions.md, row "photos in the document".
"""

from collections.abc import Iterator

from redaksi.model import Picture, Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import document, photo, submission
from validators.seen import article, only_inside


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Pictures in the article that nothing attached stands for."""
    document, alone = article(submission), only_inside(submission)
    if document is None or not alone:
        return
    after = sorted({picture.after for picture in alone if picture.after > 0})
    yield Observed(
        subject=document.name,
        facts={"count": str(len(alone)), "where": "|".join(str(number) for number in after[:8])},
    )


_PASTED = Picture(name="image1.jpeg", kind="jpeg", sha256="a" * 64, width=1280, height=960, after=3)
_LOGO = Picture(name="image2.png", kind="png", width=600, height=150)
_IN = document(pictures=(_PASTED, _LOGO))


RULE = Rule(
    code="F005",
    name="photo-in-document",
    section="photo_in_document",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Foto berada di dalam dokumen",
            found="{count:n} foto di dalam dokumen tidak ada di lampiran[; letaknya pada atau setelah paragraf "
            "{where:and}]",
            rule="foto dilampirkan terpisah dari dokumen",
            fix="Hapus foto dari dokumen, lalu lampirkan berkas foto aslinya pada surel. Bila berkas asli tidak ada: "
            "klik kanan foto > Simpan sebagai Gambar (Save as Picture).",
        ),
        "en": Words(
            title="Photos are inside the document",
            found="photos in the document that are not attached: {count:n}[; at or after paragraph {where:and}]",
            rule="photos are attached, separate from the document",
            fix="Remove the photos from the document and attach the original files. If you no longer have them: "
            "right-click the photo > Save as Picture.",
        ),
    },
    examples=(
        Example(what="no picture inside", submission=submission()),
        Example(what="a logo", submission=submission(documents=(document(pictures=(_LOGO,)),))),
        Example(what="only inside", submission=submission(documents=(_IN,), photos=()), says=("Warta.docx",)),
        Example(what="attached too, larger", submission=submission(documents=(_IN,), photos=(photo(),))),
        Example(
            what="another photo attached",
            submission=submission(documents=(_IN,), photos=(photo(width=3000, height=2000),)),
            says=("Warta.docx",),
        ),
    ),
)
