"""What the files of a parcel and the words beside them hold: documents, photos, captions. Each is read
once, as far as the reading's budget goes; what a reader of ours fails on is left unjudged."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from ingest.read.articles import ARTICLE, Chosen, choose, sort_best_first
from ingest.read.budget import KEPT_TEXT, Budget
from ingest.read.captions.labels import choose_words, find_labels, is_read_whole
from ingest.read.captions.matching.evidence import names_a_file
from ingest.read.captions.photo_names import stem_form
from ingest.read.classify_files import SHAPELESS, decode_text, make_other, sort, strip_ending
from ingest.read.document.document import describe_document
from ingest.read.guarded import read_guarded
from ingest.read.photo.picture import Emit
from ingest.read.photo_selection import find_photos_as_pdf, select_photos
from ingest.read.unjudged import is_left, leave_document
from redaksi.arrival import File, Parcel, Unread
from redaksi.model import Document, Label, Other, Photo, Picture
from redaksi.reasons import Reason, ReasonCode, explain

Reader = Callable[[File], Document]


class Read(Struct, frozen=True, kw_only=True):
    """One parcel after reading: what may be an article, photos, and labels of no particular
    article."""

    # a tuple each: the versions sent of one article, best first
    articles: tuple[tuple[Document, ...], ...]
    photos: tuple[tuple[File, Photo], ...]
    labels: tuple[Label, ...]
    others: tuple[Other, ...]
    doubts: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()  # of documents that hold nothing but photos
    unread: tuple[Unread, ...] = ()  # of documents set aside


def read_contents(parcel: Parcel, read: Reader, emit: Emit | None, budget: Budget) -> Read:
    """Sort and read everything."""
    files = sort(parcel.files)
    read = partial(_document, read=read, budget=budget)
    chosen = choose([read(file) for file in files.word])
    plain, pictured = (
        find_photos_as_pdf(files) if chosen.articles and not files.photos else (files.plain, ())
    )
    rest = _without_word(chosen.articles, files.rich, plain, read)
    texts, labels, unused = _texts(
        files.texts,
        read,
        budget,
        [file.name for file in (*files.photos, *pictured)],
        wanted=not chosen.articles and not rest.articles,
    )
    articles = (*chosen.articles, *rest.articles, *((document,) for document in texts))
    shown = (*files.photos, *pictured)
    body_labels = partial(_body_labels, parcel, budget)
    beside = (*body_labels([file.name for file in shown]), *chosen.labels, *labels)
    named = _named_by(beside, articles)
    photos, logos = select_photos(shown, budget.safety, articles, emit, named, budget)
    # A closed archive has a rule of its own; of other files that could not be opened no one can
    # tell what they are.
    closed = any(x.kind in SHAPELESS for x in parcel.files if x.refused and not x.aside)
    lacking = closed and not (articles and photos)
    doubts = (*chosen.doubts, *rest.doubts, *(("file-not-opened",) if lacking else ()))
    return Read(
        articles=articles,
        photos=tuple(photos),
        labels=(
            *body_labels([photo.name for _, photo in photos]),
            *chosen.labels,
            *labels,
        ),
        others=(*files.others, *chosen.others, *rest.others, *unused, *logos),
        doubts=tuple(dict.fromkeys(doubts)),
        pictures=chosen.pictures,
        unread=chosen.unread,
    )


def _body_labels(parcel: Parcel, budget: Budget, photos: Sequence[str]) -> Sequence[Label]:
    """The captions in the words of the mail."""

    def read() -> Sequence[Label]:
        if not all(is_read_whole(text, photos) for text in parcel.words):
            budget.exceed("text")
        return find_labels(choose_words(parcel.words, photos), "body", photos=photos)

    return read_guarded("captions", budget, read, lambda _: ())


def _named_by(labels: Sequence[Label], articles: Sequence[Sequence[Document]]) -> frozenset[str]:
    """The files that captions of the mail, beside it or of the articles name."""
    written = [label for group in articles for label in list_captions(group)]
    return frozenset(stem_form(each.key) for each in (*labels, *written) if names_a_file(each))


def list_captions(documents: Sequence[Document]) -> list[Label]:
    """The captions of the version that counts."""
    return [label for document in documents[:1] for label in document.captions]


def _document(file: File, read: Reader, budget: Budget) -> Document:
    """Read one document; one that came in refused (too big, encrypted archive) is not opened."""
    if not file.refused or is_left(file):
        left = file.refused or budget.begin(file)
        if left:
            return leave_document(file, left)
        return read_guarded("document", budget, partial(read, file), partial(leave_document, file))
    return replace(describe_document(file), readable=False, refused=file.refused)


def _without_word(
    articles: Sequence[Sequence[Document]],
    rich: Sequence[File],
    plain: Sequence[File],
    read: Reader,
) -> Chosen:
    """What another word processor wrote is the article only when no Word document is there; PDF
    only after that."""
    if articles:
        others = [make_other(file, _why_beside(file)) for file in (*rich, *plain)]
        stems = {strip_ending(document.name) for group in articles for document in group}
        strange = any(strip_ending(file.name) not in stems for file in rich)
        return Chosen(others=tuple(others), doubts=("document-set-aside",) if strange else ())
    files = rich or plain
    left = [
        make_other(file, explain(ReasonCode.COPY_BESIDE_DOCUMENT, kind=file.kind))
        for file in plain
        if file not in files
    ]
    documents = tuple(sort_best_first([read(file) for file in files]))
    return Chosen(articles=(documents,) if documents else (), others=tuple(left))


def _why_beside(file: File) -> Reason:
    if file.kind == "shortcut":
        return explain(ReasonCode.SHORTCUT)
    return explain(ReasonCode.COPY_BESIDE_WORD, kind=file.kind)


def _texts(
    files: Sequence[File], read: Reader, budget: Budget, photos: Sequence[str], *, wanted: bool
) -> tuple[list[Document], list[Label], list[Other]]:
    """Text files: captions, or the article itself when nothing else is it."""
    documents: list[Document] = []
    labels: list[Label] = []
    others: list[Other] = []
    for file in files:
        left = budget.begin(file)
        if left:
            others.append(make_other(file, left))
            continue
        found = read_guarded("text", budget, partial(_read_text, file, photos, budget), _Text.fail)
        if wanted and not documents and found.is_article:
            documents.append(read(file))
        else:
            if not found.is_whole:
                budget.exceed("text")
            labels += found.labels
            others.append(make_other(file, found.why))
    return documents, labels, others


class _Text(Struct, frozen=True, kw_only=True):
    """What a text file holds, and what it is where it is no article."""

    why: Reason
    labels: tuple[Label, ...] = ()
    is_article: bool = False
    is_whole: bool = True  # its captions were looked for in all of it

    @classmethod
    def fail(cls, reason: Reason) -> "_Text":
        """Of one whose reader failed."""
        return cls(why=reason)


def _read_text(file: File, photos: Sequence[str], budget: Budget) -> _Text:
    octets = file.load()
    text = decode_text(octets[: 4 * KEPT_TEXT])  # a character has at most four octets
    if len(octets) > 4 * KEPT_TEXT or not budget.take_text(len(text)):
        budget.exceed("text")
        text = text[:KEPT_TEXT]
    found = tuple(find_labels(text, "file", file.name, photos))
    why = explain(ReasonCode.CAPTIONS_FILE if found else ReasonCode.TEXT_FILE)
    return _Text(
        why=why,
        labels=found,
        is_article=len("".join(text.split())) >= ARTICLE,
        is_whole=is_read_whole(text, photos),
    )
