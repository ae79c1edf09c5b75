"""A submission within the size of an answer: what people look at of it is cut, not what was counted."""

import msgspec
from msgspec.structs import replace

from redaksi.limits import MB
from redaksi.model import Caption, Document, Label, Paragraph, Photo, Submission

MOST = 7 * MB // 2  # bytes as MessagePack; mail and findings have as much again
_STEPS = (1_000_000, 500_000, 200_000, 50_000, 0)  # bytes of paragraphs tried, of all documents
_RUN, _PARAGRAPH = 120, 220  # bytes beside the text
_LABELS, _WORDS, _OFFERED = 100, 1000, 300


def measure_answer(submission: Submission) -> int:
    """Its bytes as MessagePack."""
    return len(msgspec.msgpack.encode(submission))


def shrink(submission: Submission, most: int = MOST) -> Submission:
    """The submission in `most` bytes: with as many paragraphs, captions and unpaired lines as an answer holds. Only
    of one that holds more: nothing but its counts is to be relied on then."""
    small = replace(
        submission,
        photos=tuple(map(_shrink_photo, submission.photos)),
        orphans=_shrink_labels(submission.orphans),
        loose=_shrink_labels(submission.loose),
    )
    for tried in _STEPS:
        documents, room = [], tried
        for document in small.documents:
            shrunk, room = _shrink_document(document, room)
            documents.append(shrunk)
        made = replace(small, documents=tuple(documents))
        if measure_answer(made) <= most:
            return made
    return replace(made, photos=tuple(replace(photo, caption=None) for photo in made.photos))


def _shrink_document(document: Document, room: int) -> tuple[Document, int]:
    kept: list[Paragraph] = []
    for paragraph in document.paragraphs:
        room -= _PARAGRAPH + sum(_RUN + 4 * len(run.text) for run in paragraph.runs)
        if room < 0:
            break
        kept.append(paragraph)
    shrunk = replace(
        document,
        title=document.title[:_WORDS],
        paragraphs=tuple(kept),
        captions=_shrink_labels(document.captions),
    )
    return shrunk, max(0, room)


def _shrink_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    return tuple(
        replace(label, text=label.text[:_WORDS], key=label.key[:_OFFERED])
        for label in labels[:_LABELS]
    )


def _shrink_photo(photo: Photo) -> Photo:
    caption = photo.caption
    if caption is None:
        return photo
    offered = tuple(text[:_OFFERED] for text in caption.offered)
    small: Caption = replace(caption, text=caption.text[:_WORDS], offered=offered)
    return replace(photo, caption=small)
