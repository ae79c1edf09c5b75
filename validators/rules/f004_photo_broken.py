"""Photo files are whole.

Damage is what the decoder proves, never a format we do not know. Where the picture is lost is told
in per cent of its height from the top, when that is known.

Source: decisions.md, row "photo intact".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from redaksi.reasons import ReasonCode, explain
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """A photo that does not decode."""
    for photo in submission.photos:
        if not photo.intact:
            yield Observed(
                subject=photo.name,
                facts={
                    "kb": str(max(1, photo.size // 1024)) if photo.size > 0 else "",
                    "from_top": photo.damage.facts.get("from_top", "") if photo.damage else "",
                },
            )


RULE = Rule(
    code="F004",
    name="photo-broken",
    section="photo_intact",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Foto “{subject}” rusak atau tidak lengkap",
            found="berkasnya rusak atau terpotong[; gambarnya hilang mulai {from_top} % dari atas][ ({kb:n} KB)]",
            rule="berkas foto utuh dan dapat dibuka",
            fix="Periksa apakah foto itu utuh sampai bagian bawahnya di HP atau komputer Bapak/Ibu. Bila utuh, lampirkan "
            "sekali lagi berkas itu saja dan tunggu sampai selesai terunggah sebelum mengirim. Bila tidak utuh, salin "
            "ulang dari kamera atau kartu memorinya, atau minta kepada pemotretnya lewat WhatsApp sebagai dokumen (ikon "
            "klip > Dokumen).",
        ),
        "en": Words(
            title="Photo “{subject}” is damaged or incomplete",
            found="the file is damaged or cut short[; the picture is lost from {from_top} % of its height][ ({kb:n} KB)]",
            rule="photo files are whole and can be opened",
            fix="See whether the photo is whole down to its bottom on your phone or computer. If it is, attach just that "
            "file once more and wait until it is uploaded before you send. If it is not, copy it again from the camera "
            "or its card, or ask the photographer for it by WhatsApp as a document (paper clip > Document).",
        ),
    },
    examples=(
        Example(what="a whole photo", submission=make_submission()),
        Example(
            what="cut short",
            submission=make_submission(
                photos=(make_photo(intact=False, damage=explain(ReasonCode.PICTURE_CUT)),)
            ),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="grey from the middle down",
            submission=make_submission(
                photos=(
                    make_photo(intact=False, damage=explain(ReasonCode.PICTURE_CUT, from_top=63)),
                )
            ),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="a variety we cannot decode",
            submission=make_submission(photos=(make_photo(judged=False, notes=("unsupported",)),)),
        ),
    ),
)
