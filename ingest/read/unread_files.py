"""Files that came and were not read, by what they may hold: captions, the article, photos.

Where there is no document at all and the mail hands something in, a letter names those of known
kinds (redaksi.named_kinds); of everything else an editor looks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.read.budget import Budget
from ingest.read.captions.unread import find_unread
from ingest.read.classify_files import VIDEO, decode_text, strip_ending
from redaksi.arrival import File, MayBe, Parcel, Unread
from redaksi.model import Other, Submission
from redaksi.named_kinds import choose_case
from redaksi.reasons import HOSTILE_MAILS, ReasonCode
from redaksi.sender_policy.attempt import looks_like_a_try
from redaksi.text import clean

_ALL: tuple[MayBe, ...] = ("article", "caption", "photo")
# What was not opened, or is of a kind that says nothing of what it holds.
_MAY_HOLD: Mapping[ReasonCode, tuple[MayBe, ...]] = {
    ReasonCode.SPREADSHEET: ("article", "caption"),
    ReasonCode.PRESENTATION: _ALL,
    ReasonCode.MAIL: _ALL,
    ReasonCode.NEITHER: _ALL,
    ReasonCode.WINMAIL: _ALL,
    ReasonCode.ARCHIVE: _ALL,
    ReasonCode.SMIME_WRAPPED: _ALL,
    ReasonCode.SMIME_ENCRYPTED: _ALL,
    ReasonCode.PARTIAL_MESSAGE: _ALL,
    ReasonCode.EXTERNAL_BODY: _ALL,
    ReasonCode.DELETED_ATTACHMENT: _ALL,
    ReasonCode.FORWARDS_DEPTH: _ALL,
    ReasonCode.DAMAGED_IN_ARCHIVE: _ALL,
    ReasonCode.OFFICE_FILE: _ALL,
    **dict.fromkeys(HOSTILE_MAILS, _ALL),
    ReasonCode.SHORTCUT: ("article", "photo"),
    ReasonCode.DRAWING: ("photo",),
    # closed archives: P002 tells of them where the article or the photos are lacking
    ReasonCode.ARCHIVE_ENCRYPTED: ("caption",),
    ReasonCode.ARCHIVE_KIND: ("caption",),
    ReasonCode.ARCHIVE_METHOD: ("caption",),
    ReasonCode.ARCHIVE_DAMAGED: ("caption",),
    ReasonCode.ARCHIVE_DEPTH: ("caption",),
    ReasonCode.FILE_LIMIT: ("caption",),
    ReasonCode.PGP_ENCRYPTED: ("caption",),
    ReasonCode.PROTECTED_MAIL: ("caption",),
    ReasonCode.WINMAIL_UNSIGNED: ("caption",),
    ReasonCode.WINMAIL_CUT: ("caption",),
    ReasonCode.WINMAIL_DEPTH: ("caption",),
    # beside the article: a copy of it, unless it is called otherwise
    ReasonCode.COPY_BESIDE_WORD: ("caption", "photo"),
    ReasonCode.COPY_BESIDE_DOCUMENT: ("caption", "photo"),
    ReasonCode.UNJUDGED_BESIDE: ("caption", "photo"),
    ReasonCode.UNREADABLE_BESIDE: ("caption", "photo"),
}
# A picture that is no photo by its place may be one after all when there is no other.
_PLACED = frozenset(
    {
        ReasonCode.PICTURE_IN_QUOTATION,
        ReasonCode.PICTURE_BELOW_SIGNATURE,
        ReasonCode.PICTURE_SHOWN_SMALL,
    }
)
_NO_LOGO = 60_000  # octets: pictures of signatures are smaller
_COPIES = frozenset({ReasonCode.COPY_BESIDE_WORD, ReasonCode.COPY_BESIDE_DOCUMENT})
_OFFICE = _COPIES | {ReasonCode.SPREADSHEET, ReasonCode.PRESENTATION}
_PROGRAMS = frozenset({"exe"})  # nothing of it is a submission's
_CAPTIONS_NAME = re.compile(
    r"(?<![a-z])(?:captions?|keterangan|ket|takarir|narasi|deskripsi|penjelasan)(?![a-z])",
    re.IGNORECASE,
)
_ARTICLE_NAME = re.compile(r"(?<![a-z])(?:naskah|artikel|tulisan|halaman|scan)(?![a-z])", re.I)
_OFFICIAL = re.compile(
    r"(?<![a-z])(?:surat|undangan|sk|daftar[\s_-]*hadir|absensi|biodata|cv|kwitansi|proposal|rab|tor|ktp)(?![a-z])",
    re.IGNORECASE,
)
_APART = re.compile(r"[\s_.-]+")
_HANDED_IN = re.compile(
    r"\b(?:naskah|artikel|warta|berita|tulisan|liputan|rilis|reportase|article|news)(?:nya)?\b",
    re.I,
)
_TEXT_NAME = re.compile(r"\.(?:txt|text|md|csv)$", re.IGNORECASE)
_SOME_WORDS = 40  # of a text that may be an article, or a mail that nobody took apart
_MOST_READ = 60_000  # octets of a text file that are looked at


def find_files(
    parcel: Parcel,
    submission: Submission,
    others: Sequence[Other],
    photos: Sequence[str],
    budget: Budget | None = None,
) -> Iterator[Unread]:
    """The files among `others` that may hold captions, the article or photos."""
    files = {file.sha256: file for file in parcel.files}
    stems = {strip_ending(document.name) for document in submission.documents}
    is_named = not submission.documents and _hands_in(parcel, submission, others)
    for other in others:
        if other.why.code in (ReasonCode.TEXT_FILE, ReasonCode.CAPTIONS_FILE):
            file = files.get(other.sha256)
            if file is not None and not (budget and budget.begin(file)):
                yield from _in_text(other, file, stems, photos)
        elif _may_be_the_words(parcel, other):
            yield _unread("article", other.name)
        elif not (is_named and choose_case(other)):
            yield from (_unread(what, other.name) for what in _may_hold(other, stems))
    # A picture of the captions, or of the article's pages, is a photo to us.
    for photo in submission.photos:
        if photo.caption is None and _CAPTIONS_NAME.search(photo.name):
            yield _unread("caption", photo.name)
        if _ARTICLE_NAME.search(photo.name):
            yield _unread("article", photo.name)


def _may_be_the_words(parcel: Parcel, other: Other) -> bool:
    """Whether Outlook's wrapping may hold the mail's own words, which stand nowhere else."""
    is_wrapping = other.why.code is ReasonCode.WINMAIL_EMPTY
    return is_wrapping and parcel.mail is not None and not parcel.mail.text.strip()


def _hands_in(parcel: Parcel, submission: Submission, others: Sequence[Other]) -> bool:
    """Whether somebody means to hand in an article: a letter that names a spreadsheet goes to
    nobody else."""
    if parcel.mail is None or submission.photos or looks_like_a_try(parcel.mail):
        return True
    names = [_APART.sub(" ", other.name) for other in others if choose_case(other)]
    return any(map(_HANDED_IN.search, (parcel.mail.subject, *names)))


def _may_hold(other: Other, stems: set[str]) -> tuple[MayBe, ...]:
    """What one file may hold. A copy of the article, an official letter or a program holds
    nothing that is missing."""
    if other.kind in VIDEO or (other.why.code in _PLACED and other.size >= _NO_LOGO):
        return ("photo",)
    named = _CAPTIONS_NAME.search(other.name) is not None and not _OFFICIAL.search(other.name)
    holds = _MAY_HOLD.get(other.why.code, ())
    is_copy = other.why.code in _COPIES and strip_ending(other.name) in stems
    is_known = is_copy or (other.why.code in _OFFICE and bool(_OFFICIAL.search(other.name)))
    if other.kind in _PROGRAMS or is_known:
        holds = ()
    return tuple(dict.fromkeys((*holds, "caption"))) if named else holds


def _in_text(other: Other, file: File, stems: set[str], photos: Sequence[str]) -> Iterator[Unread]:
    """Lines of a text file that may be captions; all of it where it holds words that nobody
    understood. A copy of the article is none."""
    if strip_ending(other.name) in stems:
        return
    octets = file.load()
    text = decode_text(octets[:_MOST_READ])
    yield from find_unread(text, other.name, photos)
    words = sum(any(c.isalpha() for c in word) for word in text.split())
    # what stands further down may be anything
    if len(octets) > _MOST_READ or (other.why.code is ReasonCode.TEXT_FILE and words >= 4):
        yield _unread("caption", other.name)
    # Longer ones are the article when nothing else is: this one is called like no text file.
    if words >= _SOME_WORDS and not _TEXT_NAME.search(other.name):
        yield _unread("article", other.name)
        yield _unread("photo", other.name)


def _unread(may_be: MayBe, name: str) -> Unread:
    return Unread(may_be=may_be, kind="file", text=clean.line(name, 200), place=name)
