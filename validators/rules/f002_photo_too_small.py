"""Photos are large enough to print.

The rule names no width or height: a portrait passes, and EXIF orientation does not matter. A photo
that is damaged or whose size is unknown is never too small.

Source: decisions.md, row "photo size".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Submission
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission
from validators.seen import is_still


class Limits(Struct, frozen=True, kw_only=True):
    """How large a photo is at least, in pixels."""

    longer: Annotated[int, Meta(ge=0, description="fewest pixels on the longer side")] = 1024
    shorter: Annotated[int, Meta(ge=0, description="fewest pixels on the shorter side")] = 768


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """A measured photo with a side too short."""
    for one in filter(is_still, submission.photos):
        shorter, longer = sorted((one.width, one.height))
        if longer < limits.longer or shorter < limits.shorter:
            yield Observed(
                subject=one.name,
                facts={
                    "width": str(one.width),
                    "height": str(one.height),
                    "longer": str(limits.longer),
                    "shorter": str(limits.shorter),
                },
            )


RULE = Rule(
    code="F002",
    name="photo-too-small",
    section="photo_size",
    severity="must",
    check=check,
    limits=Limits(),
    message={
        "id": Words(
            title="Foto “{subject}” terlalu kecil",
            found="{width} × {height} piksel",
            rule="paling kecil {longer} × {shorter} piksel, mendatar atau tegak",
            fix="Kirim berkas asli dari kamera atau HP. Foto yang diteruskan lewat WhatsApp biasanya "
            "sudah dikecilkan: "
            "minta dikirim lagi lewat ikon klip > Dokumen (Document). Di iPhone, bila Mail menanyakan ukuran, pilih "
            "Ukuran Asli (Actual Size). Bila aslinya tidak ada lagi, kirim foto lain dari kegiatan yang sama beserta "
            "keterangannya. Foto yang diperbesar dengan aplikasi tidak menjadi lebih jelas.",
        ),
        "en": Words(
            title="Photo “{subject}” is too small",
            found="{width} × {height} pixels",
            rule="at least {longer} × {shorter} pixels, landscape or portrait",
            fix="Send the original file from the camera or phone. WhatsApp usually shrinks photos: "
            "ask for them again "
            "via the paper clip > Document. If Mail on an iPhone asks for a size, choose Actual "
            "Size. If the original "
            "is lost, send another photo of the same event with its caption. Enlarging it in an app makes it no "
            "clearer.",
        ),
    },
    examples=(
        Example(
            what="exactly large enough, portrait",
            submission=make_submission(photos=(make_photo(width=768, height=1024),)),
        ),
        Example(
            what="too few pixels",
            submission=make_submission(photos=(make_photo(width=800, height=600),)),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="a long strip",
            submission=make_submission(photos=(make_photo(width=3000, height=767),)),
            says=("IMG_2041.jpg",),
        ),
        Example(
            what="size unknown", submission=make_submission(photos=(make_photo(width=0, height=0),))
        ),
    ),
)
