"""Which pictures are photos of the submission; the others are set aside without a finding."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from ingest.read.classify_files import Sorted, make_other
from ingest.read.photo.photo import read_photo
from redaksi.arrival import File
from redaksi.limits import Safety
from redaksi.model import Document, Other, Photo
from redaksi.reasons import ReasonCode, explain

_LOGO = 200  # pixels: an inline picture smaller than this on both sides is an ornament
_PASTED = re.compile(r"image\d{3}\.(?:jpe?g|png|gif)$", re.IGNORECASE)
_PHOTO_PDF = re.compile(r"foto|photo|gambar|dokumentasi|img|image", re.IGNORECASE)


def find_photos_as_pdf(files: Sorted) -> tuple[tuple[File, ...], tuple[File, ...]]:
    """(PDF and the like, those of them that by name are photos): an article came, and no photo
    but these."""
    pictured = tuple(
        file for file in files.plain if file.kind == "pdf" and _PHOTO_PDF.search(file.name)
    )
    return tuple(file for file in files.plain if file not in pictured), pictured


def select_photos(
    files: Iterable[File], safety: Safety, articles: Sequence[Sequence[Document]]
) -> tuple[list[tuple[File, Photo]], list[Other]]:
    """Read the photos; small inline pictures that no document shows are logos."""
    inside = {p.sha256 for group in articles for d in group for p in d.pictures if p.sha256}
    photos: list[tuple[File, Photo]] = []
    logos: list[Other] = []
    for file in files:
        if file.refused:
            refused = Photo(
                name=file.name,
                kind=file.kind,
                sha256=file.sha256,
                size=file.size,
                judged=False,
                origin=file.origin,
                notes=("not-opened",),
            )
            photos.append((file, refused))
            continue
        photo = read_photo(file, safety)
        if file.sha256 in inside:
            photo = msgspec.structs.replace(photo, notes=(*photo.notes, "also-in-document"))
        elif _is_shown_in_text(file) and _is_ornament(photo):
            logos.append(make_other(file, explain(ReasonCode.SMALL_INLINE_PICTURE)))
            continue
        photos.append((file, photo))
    return photos, logos


def _is_shown_in_text(file: File) -> bool:
    """Part of the mail's text: by its disposition, its Content-ID, or the name Outlook gives to
    what it pastes."""
    return file.origin == "inline" or bool(file.content_id) or bool(_PASTED.match(file.name))


def _is_ornament(photo: Photo) -> bool:
    """Under 200 px on both sides, or a banner: no camera makes a picture under 200 px and three
    times as long."""
    if not photo.width or not photo.height:
        return False
    short, long = sorted((photo.width, photo.height))
    return long < _LOGO or (short < _LOGO and long >= 3 * short)
