"""Which province a submission is from. Pure.

Wrong is worse than none: the article's dateline and closing tag, its author's post, and what the
sender says of himself must agree. desk.domain.places.named knows what counts.
"""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from desk.domain.places.named import (
    Named,
    find_common_province,
    join_named,
    read_keyed,
    read_letter,
    read_place,
    read_post,
    read_subject,
)
from redaksi.model import Assessment, Document
from redaksi.text.dateline import find_closing, find_opening

_SHORT = 120  # characters of a line that is a label
# nothing of these was read as somebody's article
_NOT_READ = frozenset({"quarantine", "ignore", "failed"})


class Letter(Struct, frozen=True):
    """A mail that a submission came with: its subject, and what its author wrote himself."""

    subject: str
    written: str


def find_province_of_submission(
    judged: Assessment, letters: Iterable[Letter] = (), senders: Iterable[str] = ()
) -> str:
    """The official name of the province; "" where none is named or the words contradict each
    other. `senders`: how they name themselves ("KMW Kalbar")."""
    if judged.decision in _NOT_READ:
        return ""
    document = judged.submission.document
    signs = [*_read_document(document)] if document else []
    for letter in letters:
        signs += [read_subject(letter.subject), read_letter(letter.written)]
    return find_common_province(join_named([*signs, *map(read_post, senders)]))


def _read_document(document: Document) -> Iterator[Named]:
    yield read_place(document.dateline)
    if document.byline:
        yield read_post(f"{document.byline.name}, {document.byline.role}", bare=True)
    body = [each.text for each in document.paragraphs if each.role == "body" and each.text.strip()]
    if body:
        yield read_place(_cut_opening(body[0]))
        yield read_place(_cut_closing(body[-1]))
    labels = [each.text for each in document.paragraphs if each.role == "label"]
    short = [text for text in labels if len(text) <= _SHORT]
    yield read_keyed(short)
    yield from (read_place(text) for text in short if text.strip()[:1] == "[")


def _cut_opening(text: str) -> str:
    found = find_opening(text)
    return text[found.start : found.end] if found else ""


def _cut_closing(text: str) -> str:
    found = find_closing(text)
    return text[found.start : found.end] if found else ""
