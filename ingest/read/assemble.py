"""A Parcel becomes Submissions: every file in its place, documents and photos read, captions
paired, and what was not understood looked for.

    files ─► sort ─► read documents ─► which are articles ─► which pictures are photos
          ─► (several articles: photos shared out) ─► captions paired ─► what was not understood

Every file of the parcel ends exactly once: as document, photo or other. Pure; facts only, the rules
judge.
"""

from collections.abc import Sequence

import msgspec

from ingest.read.budget import Budget
from ingest.read.captions.pairing import Paired, may_pair_all, pair
from ingest.read.classify_files import make_other
from ingest.read.contents import Read, Reader, list_captions, read_contents
from ingest.read.document.answer_size import MOST, measure_answer, shrink
from ingest.read.document.document import read_document
from ingest.read.doubts.made_to_attack import doubt_attacks
from ingest.read.doubts.mended_files import doubt_mended_files
from ingest.read.doubts.other_business import doubt_other_business
from ingest.read.doubts.text_aside import doubt_text_aside
from ingest.read.event_dates import note_dates
from ingest.read.guarded import read_guarded
from ingest.read.photo.formats import STILL_KINDS
from ingest.read.photo.metadata import read_description
from ingest.read.photo.picture import Emit
from ingest.read.photo_allocation import share_out
from ingest.read.photo_selection import is_of_picture_aside
from ingest.read.unjudged import assemble_bare, mark
from ingest.read.unread import add_unread
from redaksi.arrival import File, Mail, Parcel
from redaksi.limits import Limits
from redaksi.model import Document, Label, Other, Photo, Submission
from redaksi.text import clean, subject

Assembled = tuple[tuple[Submission, ...], tuple[Other, ...]]


def assemble(
    parcel: Parcel,
    limits: Limits,
    read: Reader | None = None,
    emit: Emit | None = None,
    budget: Budget | None = None,
) -> Assembled:
    """The submissions in a parcel, and the streams that belong to none.

    A mail without any file is one empty submission (its links may tell where the article is); a
    refused parcel is none. `read` reads one document; without it the configured fonts, size and
    spacing are asked for. `emit` gets what people look at of each picture. What `budget` leaves
    closed, and what a reader of ours fails on, is unjudged.
    """
    if parcel.refused:
        return (), tuple(
            make_other(file, file.aside or file.refused or parcel.refused) for file in parcel.files
        )
    if not parcel.files and parcel.mail is None:
        return (), ()
    budget = budget or Budget(limits.safety)
    budget.number(parcel.files)
    if budget.bare:
        return assemble_bare(parcel, [budget.exceed("attempt")])
    submissions, others = read_guarded(
        "assembly",
        budget,
        lambda: _fit_all(
            _assemble(parcel, limits, read or _reader(limits, budget), emit, budget), budget
        ),
        lambda reason: assemble_bare(parcel, [reason]),
    )
    reasons = (*parcel.unjudged, *budget.reasons)
    return tuple(mark(submission, reasons) for submission in submissions), others


def _fit_all(found: Assembled, budget: Budget) -> Assembled:
    submissions, others = found
    return tuple(_fit(each, len(submissions), budget) for each in submissions), others


def _fit(submission: Submission, among: int, budget: Budget) -> Submission:
    """The same, cut to what an answer holds of one `among` several."""
    if measure_answer(submission) <= MOST // among:
        return submission
    budget.exceed("text")
    return shrink(submission, MOST // among)


def _assemble(
    parcel: Parcel, limits: Limits, read: Reader, emit: Emit | None, budget: Budget
) -> Assembled:
    found = read_contents(parcel, read, emit, budget)
    if len(found.articles) <= 1:
        documents = found.articles[0] if found.articles else ()
        paired = _pair(found.photos, [*list_captions(documents), *found.labels], budget)
        whole = _submission(parcel, documents, paired, found)
        whole = _add_unread(parcel, whole, found, budget)
        whole = doubt_other_business(whole, parcel.mail)
        return (_doubt(parcel, whole, limits),), ()
    submissions, others = _several(parcel, found, budget)
    return tuple(_doubt(parcel, each, limits) for each in submissions), others


def _doubt(parcel: Parcel, submission: Submission, limits: Limits) -> Submission:
    """With what an editor has to look at before anything is said of it."""
    doubted = doubt_mended_files(doubt_text_aside(submission, limits), parcel)
    return doubt_attacks(doubted, parcel)


def _reader(limits: Limits, budget: Budget) -> Reader:
    """Bind the reader of documents to the fonts, size and spacing the redaksi asks for."""
    names = _setting(limits, "font", "names", ("Times New Roman",))
    points = _setting(limits, "size", "points", 12.0)
    lines = _setting(limits, "spacing", "lines", 1.0)
    fonts = tuple(str(name) for name in names) if isinstance(names, list | tuple) else (str(names),)

    def read(file: File) -> Document:
        wanted = (fonts, _number(points, 12.0), _number(lines, 1.0))
        return read_document(file, limits.safety, *wanted, budget)

    return read


def _setting(limits: Limits, section: str, key: str, default: object) -> object:
    return limits.rules.get(section, {}).get(key, default)


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, int | float) else default


# ── putting together ──────────────────────────────────────────────────────────────────────────────


def _pair(photos: Sequence[tuple[File, Photo]], labels: Sequence[Label], budget: Budget) -> Paired:
    """Pair; only photos that got nothing are asked for a caption of their own."""
    alone = [photo for _, photo in photos]
    if not may_pair_all(alone, labels):
        budget.exceed("text")

    def read() -> Paired:
        paired = pair(alone, labels)
        bare = {photo.sha256 for photo in paired.photos if _is_bare(photo)}
        asked = [file for file, _ in photos if file.sha256 in bare]
        own = {file.sha256: text for file in asked if (text := _read_own(file, budget))}
        return pair(alone, labels, own) if own else paired

    return read_guarded(
        "captions", budget, read, lambda _: Paired(photos=tuple(alone), action="auto")
    )


def _is_bare(photo: Photo) -> bool:
    return photo.caption is None and photo.kind in STILL_KINDS and photo.unjudged is None


def _read_own(file: File, budget: Budget) -> str:
    """The caption that a photo carries in itself."""
    if budget.begin(file):
        return ""
    return read_guarded("photo", budget, lambda: read_description(file.load()), lambda _: "")


def _add_unread(parcel: Parcel, submission: Submission, found: Read, budget: Budget) -> Submission:
    """With what was not understood; nothing is called missing where that cannot be told."""
    return read_guarded(
        "captions",
        budget,
        lambda: add_unread(parcel, submission, found.others, found.unread, budget),
        lambda _: submission,
    )


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


def _several(
    parcel: Parcel, found: Read, budget: Budget
) -> tuple[tuple[Submission, ...], tuple[Other, ...]]:
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
        paired = _pair(photos, [*list_captions(documents), *shares.labels[i]], budget)
        # A caption of the mail's body that fits no photo here may belong to the other article.
        own = tuple(
            label
            for label in paired.orphans
            if label not in shares.labels[i] and not is_of_picture_aside(label, found.others)
        )
        paired = msgspec.structs.replace(paired, orphans=own)
        submission = _submission(parcel, documents, paired, share)
        submissions.append(_add_unread(parcel, submission, found, budget))
    return tuple(submissions), found.others
