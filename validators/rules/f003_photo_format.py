"""Photos are pictures we can print or convert, by content.

PDF, camera raw, drawings and videos are asked for as photos. What is converted passes here and is
F006; a file that is no picture at all is F004.

Source: decisions.md, row "photo format".
"""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from redaksi.model import Submission
from validators.kinds import SHAPELESS, VIDEO
from validators.rule import Example, Observed, Rule, Words
from validators.samples import make_photo, make_submission


class Limits(Struct, frozen=True, kw_only=True):
    """Which kinds of files are photos."""

    types: Annotated[tuple[str, ...], Meta(description="kinds taken as they are")] = (
        "jpeg",
        "png",
        "tiff",
    )
    converted: Annotated[
        tuple[str, ...],
        Meta(description="kinds that pass because they are converted (photo_converted)"),
    ] = ("heic", "webp", "avif", "bmp", "gif")


def check(submission: Submission, limits: Limits) -> Iterator[Observed]:
    """A whole file of a known kind that is not among the accepted ones."""
    for photo in submission.photos:
        if (
            photo.intact
            and photo.kind not in SHAPELESS
            and photo.kind not in (*limits.types, *limits.converted)
        ):
            case = (
                "video"
                if photo.kind in VIDEO
                else photo.kind
                if photo.kind in ("pdf", "raw")
                else ""
            )
            facts = {
                "kind": photo.kind,
                "types": "|".join(limits.types),
                **({"case": case} if case else {}),
            }
            yield Observed(subject=photo.name, facts=facts)


RULE = Rule(
    code="F003",
    name="photo-format",
    section="photo_format",
    severity="must",
    check=check,
    limits=Limits(),
    message={
        "id": Words(
            title="Format foto “{subject}” belum sesuai",
            found="isi berkasnya: {kind:k}",
            rule="foto berformat {types:kor}",
            fix="Kirim foto aslinya dari HP atau kamera sebagai JPEG. Bila yang ada hanya berkas ini, mohon kerjakan di "
            "komputer: buka, pilih File > Simpan Sebagai (Save As) atau Ekspor (Export) > JPEG, lalu lampirkan hasilnya.",
        ),
        "en": Words(
            title="Photo “{subject}” is in another format",
            found="what the file holds: {kind:k}",
            rule="photos are in {types:kor} format",
            fix="Send the original photo from the phone or camera as JPEG. If this file is all there is, please use a "
            "computer: open it, choose File > Save As or Export > JPEG, and attach the result.",
        ),
    },
    variants={
        "video": {
            "id": Words(
                title="Berkas “{subject}” adalah video, bukan foto",
                found="isi berkasnya: {kind:k}",
                rule="foto berformat {types:kor}",
                fix="Lampirkan foto kegiatannya dari HP atau kamera beserta keterangannya; video ini tidak perlu dikirim "
                "ulang.",
            ),
            "en": Words(
                title="File “{subject}” is a video, not a photo",
                found="what the file holds: {kind:k}",
                rule="photos are in {types:kor} format",
                fix="Attach photos of the event from the phone or camera, with their captions; this video need not be "
                "sent again.",
            ),
        },
        "raw": {
            "id": Words(
                title="Foto “{subject}” masih mentah (RAW) dari kamera",
                found="isi berkasnya: {kind:k}",
                rule="foto berformat {types:kor}",
                fix="Lampirkan JPEG-nya: biasanya ada di kartu yang sama dengan nama yang sama. Bila tidak ada, ekspor "
                "sebagai JPEG dari aplikasi fotonya di HP atau komputer.",
            ),
            "en": Words(
                title="Photo “{subject}” is camera raw",
                found="what the file holds: {kind:k}",
                rule="photos are in {types:kor} format",
                fix="Attach its JPEG: it is usually on the same card under the same name. If there is none, export it as "
                "JPEG from the photo app on the phone or computer.",
            ),
        },
        "pdf": {
            "id": Words(
                title="Berkas “{subject}” adalah PDF, bukan foto",
                found="isi berkasnya: {kind:k}",
                rule="foto berformat {types:kor}",
                fix="Lampirkan foto aslinya dari HP atau kamera, bukan PDF-nya, beserta keterangannya. Di Gmail lewat ikon "
                "klip > Lampirkan file (Attach file).",
            ),
            "en": Words(
                title="File “{subject}” is a PDF, not a photo",
                found="what the file holds: {kind:k}",
                rule="photos are in {types:kor} format",
                fix="Attach the original photo from the phone or camera, not the PDF, with its caption. In Gmail by the "
                "paper clip > Attach file.",
            ),
        },
    },
    examples=(
        Example(
            what="JPEG, PNG, TIFF",
            submission=make_submission(
                photos=(make_photo(), make_photo(kind="png"), make_photo(kind="tiff"))
            ),
        ),
        Example(
            what="HEIC is converted", submission=make_submission(photos=(make_photo(kind="heic"),))
        ),
        Example(
            what="a PDF",
            submission=make_submission(
                photos=(make_photo(name="foto.pdf", kind="pdf", width=0, height=0, judged=False),)
            ),
            says=("foto.pdf",),
        ),
        Example(
            what="camera raw",
            submission=make_submission(
                photos=(make_photo(name="DSC_1.NEF", kind="raw", width=0, height=0, judged=False),)
            ),
            says=("DSC_1.NEF",),
        ),
        Example(
            what="a video",
            submission=make_submission(
                photos=(make_photo(name="VID_1.mp4", kind="mp4", width=0, height=0, judged=False),)
            ),
            says=("VID_1.mp4",),
        ),
        Example(
            what="no picture at all is F004",
            submission=make_submission(photos=(make_photo(kind="unknown", intact=False),)),
        ),
    ),
)
