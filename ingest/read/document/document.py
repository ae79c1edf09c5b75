"""A file becomes a Document: read, roles given, counted, measured. What cannot be read says why,
in one line."""

from bisect import bisect_right
from collections.abc import Callable, Mapping

import msgspec

from ingest.read.budget import Budget
from ingest.read.document.folding import Folded, fold
from ingest.read.document.pages import count_pages
from ingest.read.document.reading import Reading
from ingest.read.document.roles.article import Article, read_article
from ingest.read.document.typography import Asked, measure
from ingest.read.files.listing import list_archive
from redaksi.arrival import File, Listing
from redaksi.errors import Hostile, Unreadable
from redaksi.limits import Safety
from redaksi.model import Document, Picture
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.text.counting import count

Reader = Callable[[bytes, Safety, Budget | None], Reading]

_OOXML = frozenset(("docx", "docm", "dotx", "dotm"))
_OLD = frozenset({"word95", "word6", "word2"})
# what is lost or stands in parts that are not read may be what the rules ask for
_NOT_JUDGED = frozenset({"damaged", "altChunk", "embedded-document"})
_REFUSED: Mapping[str, ReasonCode] = {
    "encrypted": ReasonCode.DOCUMENT_ENCRYPTED,
    "empty": ReasonCode.FILE_EMPTY,
    "broken": ReasonCode.FILE_BROKEN,
    "protected": ReasonCode.DOCUMENT_PROTECTED,
    "gdoc": ReasonCode.GOOGLE_LINK,
    "shortcut": ReasonCode.SHORTCUT,
}
# what a file is by its name, where its bytes say nothing
_BY_ENDING = {
    "wps": "works", "wpd": "wordperfect", "pages": "pages", "gdoc": "gdoc", "lnk": "shortcut",
}  # fmt: skip
_SHAPELESS = frozenset({"", "unknown", "ole", "text", "bin"})
_UNFINISHED = frozenset({"crdownload", "part", "partial", "download", "opdownload"})
_TEMPORARY = frozenset({"tmp", "asd"})


def read_document(
    file: File,
    safety: Safety,
    names: tuple[str, ...] = ("Times New Roman",),
    points: float = 12.0,
    lines: float = 1.0,
    budget: Budget | None = None,
) -> Document:
    """Read one document; `names`, `points` and `lines` are the fonts, size and spacing it is
    measured against.

    Nothing is raised for what a file holds: a document that cannot be read comes back with
    `readable` False and `refused`, one that breaks a limit made against attacks with `hostile` as
    well.
    """
    if file.size == 0:
        return _refused(file, "empty", explain(ReasonCode.FILE_EMPTY))
    reader = _reader_of(file.kind)
    if reader is None:
        kind = _kind_of(file)
        unwhole = _unwhole(file) if kind in _SHAPELESS else None
        return _refused(file, kind, unwhole or _not_word(kind))
    try:
        reading = reader(file.load(), safety, budget)
    except Hostile as hostile:
        refused = _refused(file, file.kind, hostile.reason)
        return msgspec.structs.replace(refused, hostile=True, listing=_list_parts(file, budget))
    except Unreadable as unreadable:
        kind = "broken" if unreadable.kind == "not-word" else unreadable.kind
        unwhole = _unwhole(file) if kind == "broken" else None
        return _refused(file, kind, unwhole or unreadable.reason)
    return judge(file, reading, Asked(names=names, points=points, lines=lines), budget)


def _reader_of(kind: str) -> Reader | None:
    """The reader of a kind of file, loaded when the first such file comes."""
    if kind in _OOXML:
        from ingest.read.document import docx  # noqa: PLC0415 - lxml

        return docx.read
    if kind == "doc":
        from ingest.read.document import doc  # noqa: PLC0415 - olefile

        return doc.read
    return None


def judge(file: File, reading: Reading, asked: Asked, budget: Budget | None = None) -> Document:
    """The Document of a reading: roles, counts, pages, shares and faults. Of text beyond the budget
    all is counted as the article's, and nothing else said."""
    folded = fold(reading, budget) if budget is not None else Folded(reading=reading)
    reading = folded.reading
    found = read_article(reading)
    typography = measure(found.parts, asked)
    return msgspec.structs.replace(
        describe_document(file),
        kind=reading.kind,
        title=found.title,
        byline=found.byline,
        dateline=found.dateline,
        characters=sum(count(text) for text in found.texts) + folded.count("body", "table"),
        characters_aside=_aside(found, folded),
        pages=round(count_pages(found.texts), 2),
        pictures=_numbered(reading.pictures, found.numbers),
        share=typography.share,
        font=typography.font,
        size_fault=typography.size,
        spacing=typography.spacing,
        paragraphs=found.paragraphs,
        captions=found.captions,
        unread=found.unread,
        notes=reading.notes,
        judged=_NOT_JUDGED.isdisjoint(reading.notes),
    )


def describe_document(file: File) -> Document:
    """What is known of a document before it is opened."""
    return Document(
        name=file.name,
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        origin=file.origin,
        listing=file.listing,
    )


def _kind_of(file: File) -> str:
    """By content; by the name's ending where the content says nothing."""
    if file.kind not in _SHAPELESS:
        return file.kind
    return _BY_ENDING.get(_ending_of(file.name), file.kind)


def _ending_of(name: str) -> str:
    return name.rpartition(".")[2].casefold()


def _unwhole(file: File) -> Reason | None:
    """Why a file that cannot be read is not whole, as its name tells: still being fetched, or a
    program's own working copy."""
    ending = _ending_of(file.name)
    if ending in _UNFINISHED:
        return explain(ReasonCode.DOWNLOAD_UNFINISHED)
    return explain(ReasonCode.TEMPORARY_FILE) if ending in _TEMPORARY else None


def _not_word(kind: str) -> Reason:
    """Why a file of a kind that no reader is for is not read."""
    if kind in _REFUSED:
        return explain(_REFUSED[kind])
    code = ReasonCode.OLD_WORD if kind in _OLD else ReasonCode.NOT_WORD
    return explain(code, kind=kind or "unknown")


def _refused(file: File, kind: str, why: Reason) -> Document:
    return msgspec.structs.replace(describe_document(file), kind=kind, readable=False, refused=why)


def _list_parts(file: File, budget: Budget | None) -> Listing | None:
    """What the package names as its parts, of one that must not be opened."""
    if file.kind not in _OOXML or budget is None:
        return file.listing
    return list_archive(file.load(), "zip", budget)


def _aside(found: Article, folded: Folded) -> dict[str, int]:
    """Characters of text boxes and notes; headers, footers, and captions in a box are nobody's."""
    aside = {"textbox": folded.count("textbox"), "note": folded.count("note")}
    for paragraph in found.paragraphs:
        if paragraph.story in aside and paragraph.role == "body":
            aside[paragraph.story] += count(paragraph.text)
    return aside


def _numbered(pictures: tuple[Picture, ...], numbers: tuple[int, ...]) -> tuple[Picture, ...]:
    """Pictures stand in or after the numbered paragraph nearest above; the reading gives
    indices."""
    shown = [(index + 1, number) for index, number in enumerate(numbers) if number]
    indices = [index for index, _ in shown]
    placed = []
    for picture in pictures:
        above = bisect_right(indices, picture.after)
        placed.append(msgspec.structs.replace(picture, after=shown[above - 1][1] if above else 0))
    return tuple(placed)
