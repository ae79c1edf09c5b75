"""What phones and the web write is converted to JPEG.

The published rule says *sebaiknya* (preferably): the original is kept, the letter says what we did.

Source: decisions.md, row "photo format".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Submission
from validators.kinds import CONVERTED
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission

# notes: seen from outside only, so that nothing is promised
UNREAD = frozenset({"too-many-pixels", "not-decoded"})


class Limits(Struct, frozen=True, kw_only=True):
    """Which kinds are converted."""

    types: Annotated[tuple[str, ...], Meta(description="kinds converted to JPEG")] = CONVERTED


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """A photo of a kind that is converted, which was decoded whole."""
    for one in submission.photos:
        decoded = one.intact and one.judged and not UNREAD.intersection(one.notes)
        if decoded and one.kind in limits.types:
            case = {"case": "heic"} if one.kind == "heic" else {}
            yield Observed(subject=one.name, facts={"kind": one.kind, **case})


RULE = Rule(
    code="F006",
    name="photo-converted",
    section="photo_converted",
    severity="tidy",
    check=check,
    limits=Limits(),
    message={
        "id": Words(
            title="Foto “{subject}” kami ubah menjadi JPEG",
            found="berkas {kind:k}; berkas aslinya tetap kami simpan",
            rule="foto sebaiknya .jpg, .jpeg, .png, atau .tiff",
            fix="Foto ini tidak perlu dikirim ulang.",
        ),
        "en": Words(
            title="Photo “{subject}” is converted to JPEG",
            found="a {kind:k} file; we keep the original",
            rule="photos are preferably .jpg, .jpeg, .png or .tiff",
            fix="This photo need not be sent again.",
        ),
    },
    variants={
        "heic": {
            "id": Words(
                title="Foto “{subject}” kami ubah menjadi JPEG",
                found="berkas {kind:k}; berkas aslinya tetap kami simpan",
                rule="foto sebaiknya .jpg, .jpeg, .png, atau .tiff",
                fix="Foto ini tidak perlu dikirim ulang. Lain kali, di iPhone: Pengaturan (Settings) "
                "> Kamera (Camera) > "
                "Format (Formats) > Paling Kompatibel (Most Compatible).",
            ),
            "en": Words(
                title="Photo “{subject}” is converted to JPEG",
                found="a {kind:k} file; we keep the original",
                rule="photos are preferably .jpg, .jpeg, .png or .tiff",
                fix="This photo need not be sent again. Next time, on iPhone: Settings > Camera > "
                "Formats > Most Compatible.",
            ),
        }
    },
    examples=(
        Example(what="JPEG", submission=make_submission()),
        Example(
            what="HEIC",
            submission=make_submission(photos=(make_photo(name="IMG_1.heic", kind="heic"),)),
            says=("IMG_1.heic",),
        ),
        Example(
            what="a damaged one is F004",
            submission=make_submission(photos=(make_photo(kind="heic", intact=False),)),
        ),
        Example(
            what="one too large to be opened is F008",
            submission=make_submission(
                photos=(make_photo(kind="webp", notes=("too-many-pixels",)),)
            ),
        ),
    ),
)
