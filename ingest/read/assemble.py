"""A Parcel becomes Submissions: every file in its place, documents and photos read, captions
paired, and what was not understood looked for.

    files ─► sort ─► read documents ─► which are articles ─► which pictures are photos
          ─► (several articles: photos shared out) ─► captions paired ─► what was not understood

Every file of the parcel ends exactly once: as document, photo or other. Pure; facts only, the rules
judge.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from ingest.read.articles import ARTICLE, Chosen, choose, sort_best_first
from ingest.read.captions.labels import choose_words, find_labels
from ingest.read.captions.matching.evidence import names_a_file
from ingest.read.captions.pairing import Paired, pair
from ingest.read.captions.photo_names import stem_form
from ingest.read.classify_files import SHAPELESS, decode_text, make_other, sort, strip_ending
from ingest.read.document.document import read_document
from ingest.read.doubts.mended_files import doubt_mended_files
from ingest.read.doubts.other_business import doubt_other_business
from ingest.read.doubts.text_aside import doubt_text_aside
from ingest.read.event_dates import note_dates
from ingest.read.photo.formats import STILL_KINDS
from ingest.read.photo.metadata import read_description
from ingest.read.photo.picture import Emit
from ingest.read.photo_allocation import share_out
from ingest.read.photo_selection import find_photos_as_pdf, is_of_picture_aside, select_photos
from ingest.read.unread import add_unread
from redaksi.arrival import File, Mail, Parcel, Unread
from redaksi.limits import Limits, Safety
from redaksi.model import Document, Label, Other, Photo, Picture, Submission
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.text import clean, subject

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


def assemble(
    parcel: Parcel, limits: Limits, read: Reader | None = None, emit: Emit | None = None
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    """The submissions in a parcel, and the streams that belong to none.

    A mail without any file is one empty submission (its links may tell where the article is); a
    refused parcel is none. `read` reads one document; without it the configured fonts, size and
    spacing are asked for. `emit` gets what people look at of each picture.
    """
    if parcel.refused:
        return (), tuple(
            make_other(file, file.aside or file.refused or parcel.refused) for file in parcel.files
        )
    if not parcel.files and parcel.mail is None:
        return (), ()
    found = _read(parcel, limits.safety, read or _reader(limits), emit)
    if len(found.articles) <= 1:
        documents = found.articles[0] if found.articles else ()
        paired = _paired(found.photos, [*_captions(documents), *found.labels])
        whole = _submission(parcel, documents, paired, found)
        whole = add_unread(parcel, whole, found.others, found.unread)
        whole = doubt_other_business(whole, parcel.mail)
        return (_doubt(parcel, whole, limits),), ()
    submissions, others = _several(parcel, found)
    return tuple(_doubt(parcel, each, limits) for each in submissions), others


def _doubt(parcel: Parcel, submission: Submission, limits: Limits) -> Submission:
    """With what an editor has to look at before anything is said of it."""
    return doubt_mended_files(doubt_text_aside(submission, limits), parcel)


def _reader(limits: Limits) -> Reader:
    """Bind the reader of documents to the fonts, size and spacing the redaksi asks for."""
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


# ── reading ───────────────────────────────────────────────────────────────────────────────────────


def _read(parcel: Parcel, safety: Safety, read: Reader, emit: Emit | None) -> Read:
    """Sort and read everything."""
    files = sort(parcel.files)
    chosen = choose([_document(file, read) for file in files.word])
    plain, pictured = (
        find_photos_as_pdf(files) if chosen.articles and not files.photos else (files.plain, ())
    )
    rest = _without_word(chosen.articles, files.rich, plain, read)
    texts, labels, unused = _texts(
        files.texts,
        read,
        [file.name for file in (*files.photos, *pictured)],
        wanted=not chosen.articles and not rest.articles,
    )
    articles = (*chosen.articles, *rest.articles, *((document,) for document in texts))
    shown = (*files.photos, *pictured)
    beside = (*_body_labels(parcel, [file.name for file in shown]), *chosen.labels, *labels)
    named = _named_by(beside, articles)
    photos, logos = select_photos(shown, safety, articles, emit, named)
    # A closed archive has a rule of its own; of other files that could not be opened no one can
    # tell what they are.
    closed = any(x.kind in SHAPELESS for x in parcel.files if x.refused and not x.aside)
    lacking = closed and not (articles and photos)
    doubts = (*chosen.doubts, *rest.doubts, *(("file-not-opened",) if lacking else ()))
    return Read(
        articles=articles,
        photos=tuple(photos),
        labels=(
            *_body_labels(parcel, [photo.name for _, photo in photos]),
            *chosen.labels,
            *labels,
        ),
        others=(*files.others, *chosen.others, *rest.others, *unused, *logos),
        doubts=tuple(dict.fromkeys(doubts)),
        pictures=chosen.pictures,
        unread=chosen.unread,
    )


def _body_labels(parcel: Parcel, photos: Sequence[str]) -> tuple[Label, ...]:
    """The captions in the words of the mail."""
    return find_labels(choose_words(parcel.words, photos), "body", photos=photos)


def _named_by(labels: Sequence[Label], articles: Sequence[Sequence[Document]]) -> frozenset[str]:
    """The files that captions of the mail, beside it or of the articles name."""
    written = [label for group in articles for label in _captions(group)]
    return frozenset(stem_form(each.key) for each in (*labels, *written) if names_a_file(each))


def _document(file: File, read: Reader) -> Document:
    """Read one document; one that came in refused (too big, encrypted archive) is not opened."""
    if not file.refused:
        return read(file)
    return Document(
        name=file.name,
        kind=file.kind,
        sha256=file.sha256,
        size=file.size,
        origin=file.origin,
        readable=False,
        refused=file.refused,
    )


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
    documents = tuple(sort_best_first([_document(file, read) for file in files]))
    return Chosen(articles=(documents,) if documents else (), others=tuple(left))


def _why_beside(file: File) -> Reason:
    if file.kind == "shortcut":
        return explain(ReasonCode.SHORTCUT)
    return explain(ReasonCode.COPY_BESIDE_WORD, kind=file.kind)


def _texts(
    files: Sequence[File], read: Reader, photos: Sequence[str], *, wanted: bool
) -> tuple[list[Document], list[Label], list[Other]]:
    """Text files: captions, or the article itself when nothing else is it."""
    documents: list[Document] = []
    labels: list[Label] = []
    others: list[Other] = []
    for file in files:
        text = decode_text(file.load())
        found = find_labels(text, "file", file.name, photos)
        if wanted and not documents and len("".join(text.split())) >= ARTICLE:
            documents.append(_document(file, read))
        else:
            labels += found
            why = ReasonCode.CAPTIONS_FILE if found else ReasonCode.TEXT_FILE
            others.append(make_other(file, explain(why)))
    return documents, labels, others


# ── putting together ──────────────────────────────────────────────────────────────────────────────


def _captions(documents: Sequence[Document]) -> list[Label]:
    return [label for document in documents[:1] for label in document.captions]


def _paired(photos: Sequence[tuple[File, Photo]], labels: Sequence[Label]) -> Paired:
    """Pair; only photos that got nothing are asked for a caption of their own."""
    alone = [photo for _, photo in photos]
    paired = pair(alone, labels)
    bare = {
        photo.sha256
        for photo in paired.photos
        if photo.caption is None and photo.kind in STILL_KINDS
    }
    own = {
        file.sha256: text
        for file, _ in photos
        if file.sha256 in bare and (text := read_description(file.load()))
    }
    return pair(alone, labels, own) if own else paired


def _submission(
    parcel: Parcel,
    documents: Sequence[Document],
    paired: Paired,
    found: Read,
) -> Submission:
    mail = parcel.mail
    title = next((d.title for d in documents if d.title), "") or clean.line(
        subject.strip_marks(mail.subject) if mail else ""
    )
    return Submission(
        documents=tuple(documents),
        photos=note_dates(paired.photos, documents, mail.date if mail else None),
        others=found.others,
        caption_action=paired.action,
        title=title,
        links=_links(mail, photos=bool(paired.photos)) if mail else (),
        doubts=found.doubts,
        from_mail=mail is not None,
        orphans=tuple(
            label for label in paired.orphans if not is_of_picture_aside(label, found.others)
        ),
        loose=paired.loose,
        unread=paired.unread,
        pictures=found.pictures,
    )


def _links(mail: Mail, *, photos: bool) -> tuple[str, ...]:
    """Where the files may be; a short link that no word speaks of only where no photo came."""
    return mail.links if photos else tuple(dict.fromkeys((*mail.links, *mail.short_links)))


def _several(parcel: Parcel, found: Read) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
    """A submission an article. Photos go where the evidence points; where it is silent an editor
    must look."""
    firsts = [documents[0] for documents in found.articles]
    shares = share_out(firsts, [photo for _, photo in found.photos], found.labels, parcel.files)
    doubts = [*found.doubts, *([] if shares.sure else ["several-articles", "photos-shared-out"])]
    if found.pictures:  # of which article they are cannot be known
        doubts.append("document-set-aside")
    share = msgspec.structs.replace(found, others=(), doubts=tuple(doubts), pictures=())
    submissions = []
    for i, documents in enumerate(found.articles):
        photos = [
            item for item, owner in zip(found.photos, shares.owners, strict=True) if owner == i
        ]
        paired = _paired(photos, [*_captions(documents), *shares.labels[i]])
        # A caption of the mail's body that fits no photo here may belong to the other article.
        own = tuple(
            label
            for label in paired.orphans
            if label not in shares.labels[i] and not is_of_picture_aside(label, found.others)
        )
        paired = msgspec.structs.replace(paired, orphans=own)
        submission = _submission(parcel, documents, paired, share)
        submissions.append(add_unread(parcel, submission, found.others, found.unread))
    return tuple(submissions), found.others
