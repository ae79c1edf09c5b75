"""Every photo has a caption.

Asked for only when no captions are left that might belong to it, and only where the document was
read: an editor looks at what was shared out or set aside.

Source: decisions.md, row "captions".
"""

from collections.abc import Iterator

from redaksi.model import Caption, Label, Photo, Submission
from validators.kinds import STILLS
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_document, make_photo, make_submission
from validators.seen import find_article


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Photos left bare when captions must be asked for."""
    if submission.caption_action != "ask" or submission.doubts or find_article(submission) is None:
        return
    if submission.may_hold("caption"):
        return
    bare = [photo for photo in submission.photos if photo.kind in STILLS and photo.caption is None]
    loose = len(submission.loose)
    if loose >= len(bare):
        return
    in_order = sum(_is_guessed(photo) for photo in submission.photos)
    if not loose and not in_order:
        yield from (Observed(subject=photo.name) for photo in bare)
        return
    # Which of them lacks one cannot be known: none is named.
    facts = {"bare": str(len(bare) + in_order), "loose": str(loose + in_order)}
    yield Observed(facts={"case": "some", **facts})


def _is_guessed(photo: Photo) -> bool:
    """Its caption came to it by order, day or a word: it may be that of the photo without one."""
    caption = photo.caption
    if caption is None or caption.action == "auto":
        return False
    return caption.evidence in ("order", "date", "words")


RULE = Rule(
    code="K001",
    name="caption-missing",
    section="caption",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Foto “{subject}” belum memiliki keterangan",
            found="tidak ada keterangan untuk foto ini di dokumen maupun di badan surel",
            rule="setiap foto disertai keterangan foto",
            fix="Cukup balas surel ini dan tulis satu baris untuk setiap foto: nama berkas, titik dua, lalu "
            "keterangannya. Contoh: IMG_0001.jpg: Warga memperbaiki saluran air di Siantan Hulu, Minggu (15/11).",
        ),
        "en": Words(
            title="Photo “{subject}” has no caption",
            found="there is no caption for this photo in the document or in the e-mail",
            rule="every photo comes with a caption",
            fix="Just reply to this e-mail with one line for each photo: file name, colon, caption. Example: "
            "IMG_0001.jpg: Residents repair a drain in Siantan Hulu, Sunday, 15 November.",
        ),
    },
    variants={
        "some": {
            "id": Words(
                title="Keterangan foto belum lengkap",
                found="foto yang belum jelas keterangannya: {bare:n}; keterangan tanpa nama berkas: {loose:n}",
                rule="setiap foto disertai keterangan foto",
                fix="Cukup balas surel ini dan tulis satu baris untuk setiap foto: nama berkas, titik dua, lalu "
                "keterangannya. Contoh: IMG_0001.jpg: Warga memperbaiki saluran air di Siantan Hulu, Minggu (15/11).",
            ),
            "en": Words(
                title="Captions are incomplete",
                found="photos without a clear caption: {bare:n}; captions without a file name: {loose:n}",
                rule="every photo comes with a caption",
                fix="Just reply to this e-mail with one line for each photo: file name, colon, caption. Example: "
                "IMG_0001.jpg: Residents repair a drain in Siantan Hulu, Sunday, 15 November.",
            ),
        },
    },
    examples=(
        Example(what="a caption", submission=make_submission()),
        Example(
            what="none",
            submission=make_submission(photos=(make_photo(caption=None),), caption_action="ask"),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="one caption for two photos",
            submission=make_submission(
                photos=(make_photo(caption=None), make_photo(name="b.jpg", caption=None)),
                caption_action="ask",
                loose=(Label(text="Warga."),),
            ),
            says=("",),
        ),
        Example(
            what="one caption for two photos, the first by order",
            submission=make_submission(
                photos=(
                    make_photo(
                        caption=Caption(
                            text="Warga.", source="body", evidence="order", action="confirm"
                        )
                    ),
                    make_photo(name="b.jpg", caption=None),
                ),
                caption_action="ask",
            ),
            says=("",),
        ),
        Example(
            what="an editor confirms",
            submission=make_submission(
                photos=(make_photo(caption=None),), caption_action="editor_confirm"
            ),
        ),
        Example(
            what="captions may be in what was not judged",
            submission=make_submission(
                documents=(make_document(judged=False),),
                photos=(make_photo(caption=None),),
                caption_action="ask",
            ),
        ),
    ),
)
