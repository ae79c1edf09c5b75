"""Several Word documents in one parcel: which are articles, which stand beside one, which are
the same twice."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from ingest.read.captions.labels import find_labels, is_read_whole
from ingest.read.captions.photo_names import squeeze
from redaksi.arrival import Unread
from redaksi.model import Document, Label, Other, Picture
from redaksi.reasons import Reason, ReasonCode, explain

Nature = Literal["article", "captions", "photos", "letter", "short", "unreadable", "unjudged"]

ARTICLE = 600  # characters without spaces from which a text is an article of its own
ORNAMENT = 200  # pixels: a picture in a document with a smaller side is no photo
_BESIDE_A_PHOTO = 200  # characters beside each picture of a document that holds only photos
_SAME = 0.6  # share of paragraphs in common from which two documents are one article
_LETTER = re.compile(
    r"(?<![a-z])(?:surat[\s_-]*(?:pengantar|tugas|pernyataan|keterangan|undangan|permohonan|rekomendasi|izin|kuasa)"
    r"|nota[\s_-]*dinas|formulir|form[\s_-]+\w+|biodata|daftar[\s_-]*(?:hadir|riwayat|isi)|curriculum|cv|undangan"
    r"|lembar[\s_-]*(?:disposisi|isian|pengesahan|kerja)|cover(?:ing)?[\s_-]*letter|rundown|susunan[\s_-]*acara"
    r"|kerangka[\s_-]*acuan|tor|notulen\w*|absensi|kwitansi|pengantar|template|panduan)(?![a-z])",
    re.IGNORECASE,
)
_CAPTIONS_NAME = re.compile(
    r"(?<![a-z])(?:caption|keterangan[\s_-]*(?:foto|gambar)|ket[\s_.-]*foto|takarir|teks[\s_-]*foto)",
    re.IGNORECASE,
)
_PHOTOS_NAME = re.compile(
    r"(?<![a-z])(?:foto|photos?|gambar|dokumentasi|album)(?![a-z])", re.IGNORECASE
)
_OFFICIAL = re.compile(
    r"(?:nomor|no|lampiran|lamp|perihal|hal|sifat|kepada|yth|dengan hormat|tembusan)\b\.?\s*:?",
    re.IGNORECASE,
)


def classify_document(document: Document) -> Nature:
    """What a document is beside others. A captions document holds captions and hardly anything
    else."""
    if not document.readable:
        return "unreadable"
    if not document.judged:
        return "unjudged"
    if document.characters < ARTICLE and (captions := captions_of(document)):
        captioned = sum(len(squeeze(label.text)) for label in captions)
        # The reader counts no captions among the article's characters; marked lines it did not take
        # for such it does.
        aside = document.characters if document.captions else document.characters - captioned
        if captioned >= 2 * aside or _CAPTIONS_NAME.search(document.name):
            return "captions"
    if _is_letter(document):
        return "letter"
    few = document.characters < ARTICLE or _PHOTOS_NAME.search(document.name)
    if few and document.characters < _BESIDE_A_PHOTO * len(photos_of(document)):
        return "photos"
    return "article" if document.characters >= ARTICLE else "short"


def photos_of(document: Document) -> tuple[Picture, ...]:
    """The pictures in a document that are large enough to be photos, each with its file's name;
    those of headers and footers are letterhead."""
    return tuple(
        msgspec.structs.replace(picture, document=document.name)
        for picture in document.pictures
        if min(picture.width, picture.height) >= ORNAMENT
        and picture.story not in ("header", "footer")
    )


def captions_of(document: Document) -> tuple[Label, ...]:
    """The captions a document holds, as its reader found them or marked as a mail would mark
    them."""
    if document.captions:
        return document.captions
    return find_labels(_words_of(document), "file", document.name)


def _words_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def _is_letter(document: Document) -> bool:
    """By its name, its title, or the lines an official letter opens with."""
    if _LETTER.search(document.name) or _LETTER.match(document.title.strip()):
        return True
    shown = [paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip()][
        :15
    ]
    marks = {match[0].strip(" .:").lower() for text in shown if (match := _OFFICIAL.match(text))}
    return len(marks) >= 3


class Text(Struct, frozen=True, kw_only=True):
    """A document's words in a form to compare."""

    words: str
    paragraphs: frozenset[str]


def text_of(document: Document) -> Text:
    """Letters and digits alone; of paragraphs only those long enough to be one author's own."""
    forms = [squeeze(paragraph.text) for paragraph in document.paragraphs]
    return Text(
        words="".join(forms), paragraphs=frozenset(form for form in forms if len(form) >= 40)
    )


def is_same_text(left: Text, right: Text) -> bool:
    """Two documents hold the same words (an article as .doc and as .docx)."""
    return left.words == right.words != ""


def is_same_article(left: Text, right: Text) -> bool:
    """Two documents tell the same article: most paragraphs of the shorter are in the other."""
    shorter = min(len(left.paragraphs), len(right.paragraphs))
    return shorter > 0 and len(left.paragraphs & right.paragraphs) >= _SAME * shorter


def sort_best_first(documents: Sequence[Document]) -> list[Document]:
    """Readable before unreadable, judged before unjudged, longer before shorter; else as they
    came."""
    return sorted(documents, key=lambda d: (not d.readable, not d.judged, -d.characters))


class Chosen(Struct, frozen=True, kw_only=True):
    """`articles`: for each article the versions sent of it, best first. `labels` and `pictures`:
    captions and photos out of documents that hold nothing else."""

    articles: tuple[tuple[Document, ...], ...] = ()
    others: tuple[Other, ...] = ()
    labels: tuple[Label, ...] = ()
    pictures: tuple[Picture, ...] = ()
    unread: tuple[Unread, ...] = ()  # lines of those that may be captions
    doubts: tuple[str, ...] = ()


_BESIDE: Mapping[Nature, ReasonCode] = {
    "captions": ReasonCode.CAPTIONS_DOCUMENT,
    "photos": ReasonCode.PHOTOS_DOCUMENT,
    "letter": ReasonCode.LETTER_OR_FORM,
    "short": ReasonCode.SHORT_TEXT,
    "unreadable": ReasonCode.UNREADABLE_BESIDE,
    "unjudged": ReasonCode.UNJUDGED_BESIDE,
    "article": ReasonCode.DOCUMENT_BESIDE,
}


def choose(documents: Sequence[Document]) -> Chosen:
    """Which of several Word documents are articles. What is set aside without a clear reason is
    a doubt."""
    if len(documents) <= 1:
        return Chosen(articles=tuple((document,) for document in documents))
    natures = [classify_document(document) for document in documents]
    main = [d for d, kind in zip(documents, natures, strict=True) if kind == "article"]
    unclear = not main
    if unclear:
        main = [
            d
            for d, kind in zip(documents, natures, strict=True)
            if kind not in ("captions", "photos", "letter")
        ]
        main = main or list(documents)
    groups, others = _versions(main)
    doubts: list[str] = []
    if unclear and len(groups) > 1:  # several short or unreadable texts: no one can tell from here
        groups = [tuple(sort_best_first([document for group in groups for document in group]))]
        doubts.append("several-documents" if "unjudged" not in natures else "documents-not-judged")
    elif any(len(group) > 1 for group in groups):
        doubts.append("several-versions")
    labels: list[Label] = []
    pictures: list[Picture] = []
    unread: list[Unread] = []
    for document, kind in zip(documents, natures, strict=True):
        if any(document is article for article in main):
            continue
        others.append(_beside(document, document.unjudged or explain(_BESIDE[kind])))
        if kind in ("captions", "photos"):
            pictures += photos_of(document)
            unread += [msgspec.structs.replace(x, place=document.name) for x in document.unread]
            if not document.captions and not is_read_whole(_words_of(document)):
                doubts.append("document-set-aside")
            labels += [
                msgspec.structs.replace(x, source="file", place=document.name)
                for x in captions_of(document)
            ]
        elif kind != "letter":
            doubts.append("document-set-aside")
    return Chosen(
        articles=tuple(groups),
        others=tuple(others),
        labels=tuple(labels),
        pictures=tuple(pictures),
        unread=tuple(unread),
        doubts=tuple(doubts),
    )


def _versions(documents: Sequence[Document]) -> tuple[list[tuple[Document, ...]], list[Other]]:
    """Group the versions of one article; the same text in another format is not a second
    document."""
    texts = {id(document): text_of(document) for document in documents}
    groups: list[list[Document]] = []
    copies: list[Other] = []
    for document in sort_best_first(documents):
        text = texts[id(document)]
        twin = next(
            (d for group in groups for d in group if is_same_text(texts[id(d)], text)), None
        )
        if twin is not None:
            copies.append(_beside(document, explain(ReasonCode.SAME_TEXT, name=twin.name)))
            continue
        group = next(
            (g for g in groups if any(is_same_article(texts[id(d)], text) for d in g)), None
        )
        if group is None:
            groups.append([document])
        else:
            group.append(document)
    order = {id(document): i for i, document in enumerate(documents)}
    groups.sort(key=lambda group: min(order[id(document)] for document in group))
    return [tuple(group) for group in groups], copies


def _beside(document: Document, why: Reason) -> Other:
    return Other(
        name=document.name,
        kind=document.kind,
        sha256=document.sha256,
        why=why,
        size=document.size,
        origin=document.origin,
        listing=document.listing,
    )
