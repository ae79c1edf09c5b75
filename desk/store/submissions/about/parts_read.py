"""What hangs on a row of the review queue, of a revision that was read whole: no question more."""

from desk.domain.photos.choices import Choice, Choices, is_confirmed, read_caption
from desk.store.submissions.row_parts import CHOSEN, DocumentRow, PhotoRow
from redaksi.model import Assessment, Document, Photo


def read_parts(
    judged: Assessment, choices: Choices
) -> tuple[tuple[DocumentRow, ...], tuple[PhotoRow, ...]]:
    """As rows of documents and photos tell them, settled where an editor settled it."""
    return (
        tuple(_read_document(each) for each in judged.submission.documents),
        tuple(_read_photo(each, choices.get(each.sha256)) for each in judged.submission.photos),
    )


def _read_document(read: Document) -> DocumentRow:
    return DocumentRow(
        name=read.name,
        kind=read.kind,
        sha256=read.sha256,
        size=read.size,
        readable=read.readable,
        refused=read.refused,
        title=read.title,
        byline=read.byline.name if read.byline else "",
        dateline=read.dateline,
        characters=read.characters,
        pages=read.pages,
    )


def _read_photo(read: Photo, choice: Choice | None) -> PhotoRow:
    is_settled = is_confirmed(read, choice) or (choice is not None and not choice.used)
    return PhotoRow(
        name=read.name,
        kind=read.kind,
        sha256=read.sha256,
        size=read.size,
        width=read.width,
        height=read.height,
        intact=read.intact,
        caption=read_caption(read),
        caption_source=read.caption.source if read.caption else "",
        caption_action=CHOSEN if is_settled else read.caption.action if read.caption else "",
    )
