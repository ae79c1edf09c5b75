"""Every photo has a caption.

Asked for only when no captions are left that might belong to it, and only where the document was read: an editor
looks at what was shared out or set aside.

Source: decisions.md, row "captions".
"""

from collections.abc import Iterator

from redaksi.model import Label, Submission
from validators.kinds import STILLS
from validators.rule import Example, Observed, Rule, Words
from validators.samples import document, photo, submission
from validators.seen import article


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """Photos left bare when captions must be asked for."""
    if submission.caption_action != "ask" or submission.doubts or article(submission) is None:
        return
    stills = [photo for photo in submission.photos if photo.kind in STILLS]
    bare = [photo for photo in stills or submission.photos if photo.caption is None]
    loose = len(submission.loose)
    if not loose:
        yield from (Observed(subject=photo.name) for photo in bare)
    elif loose < len(bare):
        # Which of them lacks one cannot be known: none is named.
        yield Observed(facts={"case": "some", "bare": str(len(bare)), "loose": str(loose)})


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
            fix="Tulis di akhir dokumen satu baris untuk foto ini, misalnya: {subject}: Warga bergotong royong "
            "memperbaiki saluran air di Kelurahan Siantan Hulu.",
        ),
        "en": Words(
            title="Photo “{subject}” has no caption",
            found="there is no caption for this photo in the document or in the e-mail",
            rule="every photo comes with a caption",
            fix="At the end of the document write one line for this photo, for example: {subject}: Residents repair a"
            " drain together in Siantan Hulu.",
        ),
    },
    variants={
        "some": {
            "id": Words(
                title="Keterangan foto belum lengkap",
                found="{bare:n} foto belum berpasangan dengan keterangannya; keterangan yang tersisa: {loose:n}",
                rule="setiap foto disertai keterangan foto",
                fix="Tulis di akhir dokumen satu baris untuk setiap foto, diawali nama berkas fotonya dan titik dua.",
            ),
            "en": Words(
                title="Captions are incomplete",
                found="photos not matched to a caption: {bare:n}; captions left: {loose:n}",
                rule="every photo comes with a caption",
                fix="At the end of the document write one line for each photo, beginning with its file "
                "name and a colon.",
            ),
        },
    },
    examples=(
        Example(what="a caption", submission=submission()),
        Example(
            what="none",
            submission=submission(photos=(photo(caption=None),), caption_action="ask"),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="one caption for two photos",
            submission=submission(
                photos=(photo(caption=None), photo(name="b.jpg", caption=None)),
                caption_action="ask",
                loose=(Label(text="Warga."),),
            ),
            says=("",),
        ),
        Example(
            what="an editor confirms",
            submission=submission(photos=(photo(caption=None),), caption_action="editor_confirm"),
        ),
        Example(
            what="captions may be in what was not judged",
            submission=submission(
                documents=(document(judged=False),), photos=(photo(caption=None),), caption_action="ask"
            ),
        ),
    ),
)
