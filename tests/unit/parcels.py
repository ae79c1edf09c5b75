"""Parcels as tests hand them in: files of a name, a reader that knows documents by name."""

from collections.abc import Callable, Sequence

import msgspec

from ingest.read.assemble import assemble
from redaksi.arrival import File, Mail, Parcel
from redaksi.limits import Limits
from redaksi.model import Document, Other, Submission
from redaksi.reasons import Reason
from tests import builders
from tests.unit.read_photo.pictures import picture, saved

PHOTO = saved(picture(1200, 800), "JPEG")
LONG = (
    "Warga Kelurahan Siantan Hulu bergotong royong membersihkan saluran air di lingkungan mereka."
)


def make_photo(
    name: str, seed: int = 0, origin: str = "attached", size: tuple[int, int] = (1200, 800)
) -> File:
    content = (
        PHOTO + str(seed).encode()
        if size == (1200, 800)
        else saved(picture(*size, seed=seed), "JPEG")
    )
    return msgspec.structs.replace(builders.file(name, content, "jpeg"), origin=origin)


def make_word(name: str, kind: str = "docx", content: bytes = b"") -> File:
    return builders.file(name, content or name.encode(), kind)


def make_reader(**known: Document) -> Callable[[File], Document]:
    """A reader that knows documents by the stem of their name; others are a good article of
    their own words."""

    def read(file: File) -> Document:
        found = known.get(file.name.rpartition(".")[0]) or builders.document(
            title=f"Judul {file.name}",
            paragraphs=(builders.paragraph(f"{file.name}. {LONG} {file.name} {LONG}"),),
        )
        return msgspec.structs.replace(
            found,
            name=file.name,
            kind=file.kind,
            sha256=file.sha256,
            size=file.size,
            origin=file.origin,
        )

    return read


def assemble_files(
    *files: File,
    text: str = "",
    subject: str = "Berita",
    refused: Reason | None = None,
    mail: bool = True,
    **known: Document,
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    letter = (
        Mail(headers=(), subject=subject, text=text, links=("Google Drive (drive.google.com)",))
        if mail
        else None
    )
    parcel = Parcel(source="x.eml", files=files, mail=letter, refused=refused)
    return assemble(parcel, Limits(), make_reader(**known))


def assemble_one(
    *files: File, text: str = "", subject: str = "Berita", mail: bool = True, **known: Document
) -> Submission:
    submissions, others = assemble_files(
        *files, text=text, subject=subject, refused=None, mail=mail, **known
    )
    assert len(submissions) == 1
    assert others == ()
    return submissions[0]


def reasons_of(others: Sequence[Other]) -> dict[str, str]:
    return {other.name: str(other.why) for other in others}


def names_of(submission: Submission) -> tuple[list[str], list[str]]:
    return [d.name for d in submission.documents], [p.name for p in submission.photos]
