"""A Parcel becomes Submissions: every file in its place, documents and photos read, captions paired.

    files ─► sort ─► read documents ─► which are articles ─► one submission each ─► photos shared out ─► captions paired

Every file of the parcel ends exactly once: as document, photo or other. Pure; facts only, the rules judge.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct

from ingest.read.articles import ARTICLE, best_first, nature, same_article, same_text
from ingest.read.caption import labels_in
from ingest.read.pairing import Paired, pair
from ingest.read.photo import read_photo
from ingest.read.photo_metadata import description
from ingest.read.sharing import share_out
from ingest.read.sorting import Sorted, other, sort
from redaksi import clean
from redaksi.model import Document, File, Label, Limits, Other, Parcel, Photo, Safety, Submission

Reader = Callable[[File], Document]

_LOGO = 200  # pixels: an inline picture smaller than this on both sides is an ornament
_PREFIX = re.compile(
    r"(?:\s*(?:re|fwd?|fw|tr|bls|balas|trs|terusan|aw|wg)\s*(?:\[\d+\])?\s*[:：])+\s*", re.IGNORECASE
)
_PHOTO_PDF = re.compile(r"foto|photo|gambar|dokumentasi|img|image", re.IGNORECASE)


class Read(Struct, frozen=True, kw_only=True):
    """One parcel after reading: what may be an article, photos, and labels of no particular article."""

    articles: tuple[tuple[Document, ...], ...]  # a tuple each: the versions sent of one article, best first
    photos: tuple[tuple[File, Photo], ...]
    labels: tuple[Label, ...]
    others: tuple[Other, ...]
    doubts: tuple[str, ...] = ()


def assemble(
    parcel: Parcel, limits: Limits, read: Reader | None = None
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    """The submissions in a parcel, and the streams that belong to none.

    A mail without any file is one empty submission (its links may tell where the article is); a refused parcel is
    none. `read` reads one document; without it the configured fonts, size and spacing are asked for.
    """
    if parcel.refused:
        return (), tuple(other(file, file.aside or file.refused or parcel.refused) for file in parcel.files)
    if not parcel.files and parcel.mail is None:
        return (), ()
    found = _read(parcel, limits.safety, read or _reader(limits))
    if len(found.articles) <= 1:
        documents = found.articles[0] if found.articles else ()
        paired = _paired(found.photos, [*_captions(documents), *found.labels])
        return (_submission(parcel, documents, paired, found.others, found.doubts),), ()
    return _several(parcel, found)


def _reader(limits: Limits) -> Reader:
    """Bind the reader of documents to the fonts, size and spacing the redaksi asks for."""
    from ingest.read.document.document import read_document  # noqa: PLC0415

    names = _setting(limits, "font", "names", ("Times New Roman",))
    points = _setting(limits, "size", "points", 12.0)
    lines = _setting(limits, "spacing", "lines", 1.0)
    fonts = tuple(str(name) for name in names) if isinstance(names, list | tuple) else (str(names),)

    def read(file: File) -> Document:
        return read_document(file, limits.safety, fonts, _number(points, 12.0), _number(lines, 1.0))

    return read


def _setting(limits: Limits, section: str, key: str, default: object) -> object:
    return limits.rules.get(section, {}).get(key, default)


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────


def _read(parcel: Parcel, safety: Safety, read: Reader) -> Read:
    """Sort and read everything."""
    files = sort(parcel.files)
    word = [(file, _document(file, read)) for file in files.word]
    articles, beside, labels, doubts = _articles([document for _, document in word])
    others = [*files.others, *beside]
    plain = list(files.plain)
    photo_files = list(files.photos)
    if not photo_files and word and plain and any(_PHOTO_PDF.search(file.name) for file in plain):
        photo_files = [file for file in plain if _PHOTO_PDF.search(file.name)]
        plain = [file for file in plain if file not in photo_files]
    articles, moved, more = _without_word(articles, files, plain, read)
    others += moved
    doubts += more
    texts, text_labels, rest = _texts(files.texts, read, wanted=not articles)
    others += rest
    articles += [(document,) for document in texts]
    photos, logos = _photos(photo_files, safety, articles)
    others += logos
    body = labels_in(parcel.mail.text, "body") if parcel.mail else ()
    if any(file.refused for file in parcel.files if not file.aside) and not (articles and photos):
        doubts.append("file-not-opened")
    return Read(
        articles=tuple(articles), photos=tuple(photos), labels=(*body, *labels, *text_labels), others=tuple(others),
        doubts=tuple(dict.fromkeys(doubts)),
    )  # fmt: skip


def _document(file: File, read: Reader) -> Document:
    """Read one document; one that came in refused (too big, encrypted archive) is not opened."""
    if not file.refused:
        return read(file)
    return Document(
        name=file.name, kind=file.kind, sha256=file.sha256, size=file.size, origin=file.origin, readable=False,
        refused=file.refused,
    )  # fmt: skip


def _articles(
    documents: Sequence[Document],
) -> tuple[list[tuple[Document, ...]], list[Other], list[Label], list[str]]:
    """(articles, documents beside them, labels these hold, doubts) of the Word documents."""
    if len(documents) <= 1:
        return [(document,) for document in documents], [], [], []
    natures = {id(document): nature(document) for document in documents}
    main = [d for d in documents if natures[id(d)] == "article"]
    doubts: list[str] = []
    if not main:
        main = [d for d in documents if natures[id(d)] not in ("captions", "letter")] or list(documents)
        if len(main) > 1:
            doubts.append("several-documents")
    groups, beside = _versions(main)
    if any(len(group) > 1 for group in groups):
        doubts.append("several-versions")
    if doubts == ["several-documents"]:
        groups = [tuple(best_first([document for group in groups for document in group]))]
    labels: list[Label] = []
    for document in documents:
        if any(document is one for one in main):
            continue
        kind = natures[id(document)]
        beside.append(_beside(document, _BESIDE[kind]))
        if kind == "captions":
            labels += [
                msgspec.structs.replace(x, source="file", place=document.name) for x in document.captions
            ]
        elif kind != "letter":
            doubts.append("document-set-aside")
    return groups, beside, labels, doubts


_BESIDE: Mapping[str, str] = {
    "captions": "captions document", "letter": "letter or form beside the article",
    "short": "short text beside the article", "unreadable": "unreadable document beside the article",
    "unjudged": "unjudged document beside the article",
}  # fmt: skip


def _versions(documents: Sequence[Document]) -> tuple[list[tuple[Document, ...]], list[Other]]:
    """Group the versions of one article; the same text in another format is not a second document."""
    groups: list[list[Document]] = []
    copies: list[Other] = []
    for document in best_first(documents):
        twin = next((d for group in groups for d in group if same_text(d, document)), None)
        if twin is not None:
            copies.append(_beside(document, f"same text as {twin.name}"))
            continue
        group = next((g for g in groups if any(same_article(d, document) for d in g)), None)
        if group is None:
            groups.append([document])
        else:
            group.append(document)
    order = {id(document): i for i, document in enumerate(documents)}
    groups.sort(key=lambda group: min(order[id(document)] for document in group))
    return [tuple(group) for group in groups], copies


def _beside(document: Document, why: str) -> Other:
    return Other(
        name=document.name, kind=document.kind, sha256=document.sha256, why=why, size=document.size,
        origin=document.origin,
    )  # fmt: skip


def _without_word(
    articles: list[tuple[Document, ...]], files: Sorted, plain: Sequence[File], read: Reader
) -> tuple[list[tuple[Document, ...]], list[Other], list[str]]:
    """What another word processor wrote is the article only when no Word document is there; PDF only after that."""
    if articles:
        others = [other(file, "another format beside the Word document") for file in files.rich]
        others += [other(file, f"{file.kind} copy beside the Word document") for file in plain]
        stems = {_stem(document.name) for group in articles for document in group}
        strange = [file for file in files.rich if _stem(file.name) not in stems]
        return articles, others, ["document-set-aside"] if strange else []
    chosen = list(files.rich) or list(plain)
    left = [other(file, f"{file.kind} copy beside the document") for file in plain if file not in chosen]
    documents = [_document(file, read) for file in chosen]
    return [tuple(best_first(documents))] if documents else [], left, []


def _stem(name: str) -> str:
    return name.rpartition(".")[0].casefold() or name.casefold()


def _texts(
    files: Sequence[File], read: Reader, *, wanted: bool
) -> tuple[list[Document], list[Label], list[Other]]:
    """Text files: captions, or the article itself when nothing else is it."""
    documents: list[Document] = []
    labels: list[Label] = []
    others: list[Other] = []
    for file in files:
        text = _decoded(file.load())
        found = labels_in(text, "file", file.name)
        if wanted and not documents and len("".join(text.split())) >= ARTICLE:
            documents.append(_document(file, read))
        else:
            labels += found
            others.append(other(file, "captions file" if found else "text file"))
    return documents, labels, others


def _decoded(content: bytes) -> str:
    """A text file's words: by its byte order mark, else UTF-8, else Windows Latin-1."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _photos(
    files: Iterable[File], safety: Safety, articles: Sequence[Sequence[Document]]
) -> tuple[list[tuple[File, Photo]], list[Other]]:
    """Read the photos; small inline pictures that no document shows are logos."""
    inside = {p.sha256 for group in articles for d in group for p in d.pictures if p.sha256}
    photos: list[tuple[File, Photo]] = []
    logos: list[Other] = []
    for file in files:
        if file.refused:
            refused = Photo(
                name=file.name, kind=file.kind, sha256=file.sha256, size=file.size, judged=False, origin=file.origin,
                notes=("not-opened",),
            )  # fmt: skip
            photos.append((file, refused))
            continue
        photo = read_photo(file, safety)
        if file.sha256 in inside:
            photo = msgspec.structs.replace(photo, notes=(*photo.notes, "also-in-document"))
        elif file.origin == "inline" and _is_ornament(photo):
            logos.append(other(file, "small inline picture"))
            continue
        photos.append((file, photo))
    return photos, logos


def _is_ornament(photo: Photo) -> bool:
    """Under 200 px on both sides, or a banner: no camera makes a picture under 200 px and three times as long."""
    if not photo.width or not photo.height:
        return False
    short, long = sorted((photo.width, photo.height))
    return long < _LOGO or (short < _LOGO and long >= 3 * short)


# ── putting together ────────────────────────────────────────────────────────────────────────────────────


def _captions(documents: Sequence[Document]) -> list[Label]:
    return [label for document in documents[:1] for label in document.captions]


def _paired(photos: Sequence[tuple[File, Photo]], labels: Sequence[Label]) -> Paired:
    """Pair; only photos that got nothing are asked for a caption of their own."""
    alone = [photo for _, photo in photos]
    paired = pair(alone, labels)
    bare = {
        photo.sha256
        for photo in paired.photos
        if photo.caption is None and photo.kind in ("jpeg", "png", "tiff")
    }
    own = {
        file.sha256: text for file, _ in photos if file.sha256 in bare and (text := description(file.load()))
    }
    return pair(alone, labels, own) if own else paired


def _submission(
    parcel: Parcel,
    documents: Sequence[Document],
    paired: Paired,
    others: Sequence[Other],
    doubts: Sequence[str],
) -> Submission:
    mail = parcel.mail
    title = next((d.title for d in documents if d.title), "") or clean.line(
        bare_subject(mail.subject) if mail else ""
    )
    return Submission(
        documents=tuple(documents), photos=paired.photos, others=tuple(others), caption_action=paired.action,
        title=title, links=mail.links if mail else (), doubts=tuple(doubts), from_mail=mail is not None,
        orphans=paired.orphans, loose=paired.loose,
    )  # fmt: skip


def bare_subject(subject: str) -> str:
    """A subject without "Re:", "Fwd:", "Tr:" and their like."""
    return _PREFIX.sub("", subject, count=1).strip() if _PREFIX.match(subject) else subject.strip()


def _several(parcel: Parcel, found: Read) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    """A submission an article. Photos go where the evidence points; where it is silent an editor must look."""
    files = {file.sha256: file for file in parcel.files}
    firsts = [group[0] for group in found.articles]
    shares, sure = share_out(firsts, [photo for _, photo in found.photos], found.labels, files)
    doubts = [*found.doubts, *([] if sure else ["several-articles", "photos-shared-out"])]
    groups = [
        [item for item, owner in zip(found.photos, shares, strict=True) if owner == i]
        for i in range(len(firsts))
    ]
    paired = [
        _paired(group, [*_captions(documents), *found.labels])
        for group, documents in zip(groups, found.articles, strict=True)
    ]
    used = {photo.caption.text for one in paired for photo in one.photos if photo.caption}
    common = {label.text for label in found.labels}
    submissions = []
    for documents, one in zip(found.articles, paired, strict=True):
        strays = tuple(label for label in one.orphans if label.text not in used and label.text not in common)
        kept = msgspec.structs.replace(one, orphans=strays)
        submissions.append(_submission(parcel, documents, kept, (), doubts))
    return tuple(submissions), found.others
