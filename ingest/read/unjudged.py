"""What is left unjudged: kept and shown, nothing of it read, nothing found about it, an editor looks."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from ingest.read.classify_files import make_other, sort
from ingest.read.document.document import describe_document
from redaksi.arrival import File, Parcel
from redaksi.model import Document, Other, Photo, Submission
from redaksi.reasons import UNJUDGED, Reason
from redaksi.text import clean, subject


def describe_photo(file: File) -> Photo:
    """What is known of a photo that nobody decoded."""
    return Photo(
        name=file.name,
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        origin=file.origin,
        judged=False,
    )


def leave_document(file: File, reason: Reason) -> Document:
    """A document that nobody opened: Word may read it."""
    return replace(describe_document(file), judged=False, unjudged=reason)


def leave_photo(file: File, reason: Reason) -> Photo:
    """A photo that nobody decoded, and why."""
    return replace(describe_photo(file), unjudged=reason)


def is_left(file: File) -> bool:
    """Whether a file came in closed for a reason that is ours."""
    return file.refused is not None and file.refused.code in UNJUDGED


def assemble_bare(
    parcel: Parcel, reasons: Sequence[Reason]
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    """The parcel as one submission of which nothing was read. `reasons`: at least one, the first
    stands at each file."""
    files, why = sort(parcel.files), reasons[0]
    words = (*files.word, *files.rich, *files.plain)
    mail = parcel.mail
    submission = Submission(
        documents=tuple(leave_document(file, why) for file in words),
        photos=tuple(leave_photo(file, why) for file in files.photos),
        others=(*files.others, *(make_other(file, why) for file in files.texts)),
        title=clean.line(subject.strip_marks(mail.subject)) if mail else "",
        links=mail.links if mail else (),
        from_mail=mail is not None,
    )
    return (mark(submission, reasons),), ()


def mark(submission: Submission, reasons: Iterable[Reason]) -> Submission:
    """With the reasons for which something of its mail was left unjudged, each once."""
    own = {str(reason): reason for reason in (*submission.unjudged, *reasons)}
    return replace(submission, unjudged=tuple(own.values())) if own else submission
