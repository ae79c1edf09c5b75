"""Photo files are whole.

Damage is what the decoder proves, never a format we do not know.

Source: decisions.md, row "photo intact".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from redaksi.reasons import ReasonCode, explain
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """A photo that does not decode."""
    for one in submission.photos:
        if not one.intact:
            yield Observed(
                subject=one.name,
                facts={"kb": str(max(1, one.size // 1024)) if one.size > 0 else ""},
            )


RULE = Rule(
    code="F004",
    name="photo-broken",
    section="photo_intact",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Foto “{subject}” tidak dapat dibuka",
            found="berkasnya rusak atau terpotong[ ({kb:n} KB)]",
            rule="berkas foto utuh dan dapat dibuka",
            fix="Pastikan foto terbuka di HP atau komputer, lalu kirim ulang berkas itu saja.",
        ),
        "en": Words(
            title="Photo “{subject}” cannot be opened",
            found="the file is damaged or cut short[ ({kb:n} KB)]",
            rule="photo files are whole and can be opened",
            fix="Check that the photo opens on your phone or computer, then send that file again.",
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
            what="a variety we cannot decode",
            submission=make_submission(photos=(make_photo(judged=False, notes=("unsupported",)),)),
        ),
    ),
)
