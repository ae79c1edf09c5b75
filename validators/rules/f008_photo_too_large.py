"""A photo is not larger than can be opened safely.

JPEG is judged through a scaled decode whatever its size; other formats above the pixel cap
(`safety.max_pixels`) are asked for smaller.

Source: decisions.md, row "More readings: photos above the pixel cap".
"""

from collections.abc import Iterator

from redaksi.model import Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission


def check(submission: Submission, limits: None) -> Iterator[Observed]:  # noqa: ARG001 - every rule is called so
    """A photo the reader did not look into because of its pixels."""
    for one in submission.photos:
        if "too-many-pixels" in one.notes and one.kind != "jpeg" and one.intact:
            yield Observed(
                subject=one.name,
                facts={"kind": one.kind, "width": str(one.width), "height": str(one.height)},
            )


RULE = Rule(
    code="F008",
    name="photo-too-large",
    section="photo_too_large",
    severity="must",
    check=check,
    message={
        "id": Words(
            title="Foto “{subject}” terlalu besar",
            found="{kind:k} {width:n} × {height:n} piksel, melebihi yang dapat kami buka",
            rule="ukuran foto masih dapat kami buka",
            fix="Simpan foto sebagai JPEG, atau perkecil jumlah pikselnya, lalu kirim berkas itu.",
        ),
        "en": Words(
            title="Photo “{subject}” is too large",
            found="{kind:k} {width:n} × {height:n} pixels, more than we can open",
            rule="photos are of a size we can open",
            fix="Save the photo as JPEG, or with fewer pixels, and send that file.",
        ),
    },
    examples=(
        Example(what="a usual photo", submission=make_submission()),
        Example(
            what="a huge PNG",
            submission=make_submission(
                photos=(
                    make_photo(
                        name="peta.png",
                        kind="png",
                        width=20000,
                        height=20000,
                        notes=("too-many-pixels",),
                    ),
                )
            ),
            says=("peta.png",),
        ),
    ),
)
