"""What of a parcel was not understood and may be the caption, article or photo that is missing
(decisions.md, "What we did not understand is not absent"). Where this finds something an editor
looks, and no letter says that the thing is lacking.

Only what is missing is looked for: a submission that lacks nothing has nothing unread.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from ingest.read.articles import photos_of
from ingest.read.body_article import find_typed, is_certain, is_reply, may_be_article
from ingest.read.budget import Budget
from ingest.read.captions.labels import choose_words
from ingest.read.captions.suspicions import find_suspicions
from ingest.read.captions.unread import find_unread
from ingest.read.mail import links
from ingest.read.photo.formats import STILL_KINDS
from ingest.read.unread_files import find_files
from redaksi.arrival import Mail, MayBe, Parcel, Unread
from redaksi.model import Document, Other, Submission
from redaksi.named_kinds import CONFIDENTIAL
from redaksi.sender_policy.attempt import looks_like_a_try
from redaksi.text import clean

MOST = 40  # shown to an editor
_NAMED = frozenset({"name", "label"})  # what ties a caption to its photo in its author's own words
_COMPARED = 120  # characters of a caption that a line of it must hold
_LONGEST_LINE = 10_000  # characters, as of a document's lines
_ALMOST_EMPTY = 300  # characters: a document below it beside an article in the mail's text
# An attachment that stands in the mail's own text: yEnc, uuencode, BinHex, a broken multipart.
_STREAM = re.compile(
    r"^=ybegin [^\n]{0,200}|^-----BEGIN PGP MESSAGE-----|^begin [0-7]{3,4} \S[^\n]{0,200}|^\(This file must be converted with BinHex"
    r"|^content-(?:disposition:\s*attachment|transfer-encoding:\s*base64)[^\n]{0,200}"
    r"|(?:^[A-Za-z0-9+/]{60,76}\r?\n){5}",
    re.IGNORECASE | re.MULTILINE,
)
# Mails whose words and files only a page shows: Gmail's confidential mode, encrypted mails of
# Microsoft and others.
_GMAIL = r"confidential-mail\.google\.com|mode rahasia gmail|gmail confidential mode"
_MICROSOFT = r"(?:outlook\.office365?\.com|microsoft\.com)/encryption|message\.rpmsg"
_SENT_YOU = r"(?:sent you|mengirimi anda|telah mengirim(?:kan)?)"
_LOCKED = (
    r"(?:protected|encrypted|e-?mail melalui mode|pesan (?:terenkripsi|terproteksi|terlindungi))"
)
_ELSEWHERE = re.compile(
    rf"{_GMAIL}|{_MICROSOFT}|{_SENT_YOU} (?:an? |sebuah )?{_LOCKED}", re.IGNORECASE
)
# "Keterangan foto ada pada nama file": its sender says that they came, and where.
_CAPTIONS = r"(?:captions?|keterangan(?:\s{1,5}(?:foto|gambar))?|takarir|narasi\s{1,5}foto)(?:nya)?"
_IN_A_FILE = (
    r"pdf|excel|xlsx?|spreadsheet|power\s?point|ppt|google\s+docs?|drive|tautan|link"
    r"|(?:file|berkas|dokumen|lampiran)(?:\s{1,5}\S{1,40})?\s{1,5}(?:terpisah|lain|tersendiri|berbeda)"
    r"|naskah|dokumen|word"
)
_AT_THE_PHOTO = (
    r"bawah\s+(?:foto|gambar)|(?:di|pada|dalam)\s+(?:foto|gambar)(?:nya)?"
    r"|whats\s?app|metadata|properti(?:es)?|exif"
)
_IN_ITS_NAME = r"nama\s+(?:file|berkas|foto|gambar)(?:nya)?|file\s?name"
_SAYS_WHERE = re.compile(
    rf"\b{_CAPTIONS}\b(?P<how>[^.\n]{{0,60}}?)"
    rf"\b(?P<where>{_IN_ITS_NAME}|{_IN_A_FILE}|{_AT_THE_PHOTO})\b",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"\b(?:ada|terdapat|tercantum|tertulis|tertera|sesuai|mengikuti|di|pada|dalam|lewat|melalui|menjadi|sebagai)\b|[:=]",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"menyusul|belum|tidak|tanpa|tak\b|mohon|silakan|bukan|,|\b(?:dan|serta|beserta|dengan|bersama)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[\n\v\x0c\r\u2028]")  # of lines in a paragraph
# a site's front page is no file
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s/<>]{3,200}/[^\s<>]", re.IGNORECASE)
# Pages of people and places, as signatures name them.
_SOCIAL = re.compile(
    r"(?:https?://)?(?:\w{1,5}\.)?(?:facebook|instagram|twitter|x|youtube|tiktok|linkedin|threads|wa|t)\.(?:com|me|net)/"
    r"|(?:https?://)?(?:maps\.|goo\.gl/maps|(?:www\.)?google\.\w{2,3}/maps)",
    re.IGNORECASE,
)
_SPEAKS_OF: Mapping[MayBe, re.Pattern[str]] = {
    "article": re.compile(r"naskah|artikel|berita|tulisan|warta|rilis|dokumen|article", re.I),
    "photo": re.compile(r"foto|photo|gambar|dokumentasi|image|picture|album|galeri", re.I),
    "caption": re.compile(r"caption|keterangan|takarir|narasi", re.I),
}


def add_unread(
    parcel: Parcel,
    submission: Submission,
    others: Sequence[Other],
    beside: Sequence[Unread] = (),
    budget: Budget | None = None,
) -> Submission:
    """The submission with `unread`, and with `typed` where its article stands in the mail.
    `others` are the parcel's streams that are neither document nor photo, `beside` what was not
    understood in documents set aside; what the pairing left is in `submission` already."""
    missing = find_missing(parcel, submission)
    if not missing:
        return submission
    mail = parcel.mail
    if mail and not submission.documents and is_certain(mail, photos=bool(submission.photos)):
        missing.remove("article")
        characters = find_typed(mail.text).characters
        submission = msgspec.structs.replace(submission, typed=characters)
    candidates = (*submission.unread, *_search(parcel, submission, others, budget), *beside)
    candidates = tuple(each for each in candidates if not _is_paired(each, submission))
    doubted = [each for each in candidates if each.may_be in missing]
    firsts = {each.may_be: each for each in reversed(doubted)}  # of many, one of each stays
    found = dict.fromkeys([*firsts.values(), *doubted][: 5 * MOST])
    unread = tuple(each for each in found if not _is_within(each, found))[:MOST]
    return msgspec.structs.replace(submission, unread=unread)


def _is_paired(unread: Unread, submission: Submission) -> bool:
    """Whether a line was understood: it is the caption of the photo that it names."""
    return unread.kind == "line" and any(
        photo.caption.evidence in _NAMED and photo.caption.text[:_COMPARED] in unread.text
        for photo in submission.photos
        if photo.caption is not None
    )


def _is_within(unread: Unread, found: Iterable[Unread]) -> bool:
    """Whether its words are part of another's."""
    return any(
        unread.text != other.text
        and unread.text in other.text
        and (unread.may_be, unread.place) == (other.may_be, other.place)
        for other in found
    )


def find_missing(parcel: Parcel, submission: Submission) -> list[MayBe]:
    """What the submission lacks, as far as the rules ask for it."""
    missing: list[MayBe] = []
    if lacks_captions(submission):
        missing.append("caption")
    if not submission.documents or _is_almost_empty(parcel, submission):
        missing.append("article")
    if not submission.photos and not _has_pictures(submission):
        missing.append("photo")
    return missing


def lacks_captions(submission: Submission) -> bool:
    """Whether a photo is left without a caption, where the article was read and may hold it."""
    document = submission.document
    if document is None or not (document.readable and document.judged):
        return False
    return submission.caption_action == "ask" and any(
        photo.kind in STILL_KINDS and photo.caption is None for photo in submission.photos
    )


def _is_almost_empty(parcel: Parcel, submission: Submission) -> bool:
    """Whether hardly a word stands in the documents and an article in the mail."""
    written = max((d.characters for d in submission.documents), default=0)
    readable = any(d.readable and d.judged for d in submission.documents)
    if not readable or written >= _ALMOST_EMPTY or parcel.mail is None:
        return False
    return may_be_article(parcel.mail)


def _has_pictures(submission: Submission) -> bool:
    """Whether photos stand in a document, where a rule of its own tells of them."""
    own = photos_of(submission.document) if submission.document else ()
    return bool(own or submission.pictures)


def _search(
    parcel: Parcel, submission: Submission, others: Sequence[Other], budget: Budget | None
) -> Iterator[Unread]:
    """Everything that may be one of the three, whatever is missing."""
    if parcel.mail is not None:
        yield from _in_words(parcel.mail, submission)
        if not (submission.documents or submission.photos or submission.links or others):
            yield from _other_links(parcel.mail)
    names = [photo.name for photo in submission.photos]
    words = choose_words(parcel.words, names)
    yield from find_unread(words, "", names)
    yield from find_suspicions(words.splitlines(), names)
    for document in submission.documents:
        yield from document.unread
        lines = [*split_lines(document)]
        yield from find_suspicions(lines, names, document.name, document=True)
        yield from _linked_lines("\n".join(lines), document.name)
    yield from find_files(parcel, submission, others, names, budget)
    yield from parcel.unread


def split_lines(document: Document) -> Iterator[str]:
    """The lines of a document that may hold captions: neither headline nor byline, header or
    footer."""
    for paragraph in document.paragraphs:
        if paragraph.role in ("title", "byline") or paragraph.story in ("header", "footer"):
            continue
        yield from _BREAK.split(paragraph.text)


def _in_words(mail: Mail, submission: Submission) -> Iterator[Unread]:
    """What the mail's own words may hold."""
    yield from _find_claims(mail.text)
    handed_in = looks_like_a_try(mail) or bool(submission.photos or submission.documents)
    hidden = any(CONFIDENTIAL in link for link in mail.links)  # a rule tells of it (P001)
    if (elsewhere := _ELSEWHERE.search(mail.text)) and not (hidden and handed_in):
        yield from _name_line(mail.text, elsewhere, "link", ("article", "photo", "caption"))
    if stream := _STREAM.search(mail.text):
        yield from _name_line(mail.text, stream, "body", ("article", "photo"))
    if mail.embedded:
        yield Unread(may_be="photo", kind="body", text="data:image")
    typed = find_typed(mail.text)
    if may_be_article(mail) or (handed_in and (typed.signed or typed.is_long)):
        yield Unread(may_be="article", kind="body", text=typed.opening)
    if handed_in:
        yield from _linked_lines(mail.text)
    elif mail.links and not is_reply(mail):
        yield Unread(may_be="article", kind="link", text=", ".join(mail.links)[:200])


def _find_claims(text: str) -> Iterator[Unread]:
    """Sentences that say where the captions are."""
    for claim in _SAYS_WHERE.finditer(text[:100_000]):
        if _PLACED.search(claim["how"] + claim["where"]) and not _NOT_THERE.search(claim["how"]):
            yield Unread(may_be="caption", kind="line", text=clean.line(claim[0], 200))


def _linked_lines(text: str, place: str = "") -> Iterator[Unread]:
    """Lines with an address that speak of the article, photos or captions: it may be there. Of
    articles and photos behind a mail's link to a file service a rule tells (P001)."""
    for each in text.splitlines():
        line = each[:_LONGEST_LINE]
        if not _URL.search(line):
            continue
        known = not place and bool(links.find_services(line))
        for may_be, speaks in _SPEAKS_OF.items():
            if speaks.search(_URL.split(line)[0]) and not (known and may_be != "caption"):
                yield Unread(may_be=may_be, kind="link", text=clean.line(line, 200), place=place)


def _other_links(mail: Mail) -> Iterator[Unread]:
    """Of a mail that hands in and brought nothing else: what may lie behind any address."""
    if not looks_like_a_try(mail):
        return
    for line in mail.text.splitlines():
        found = _URL.search(line[:_LONGEST_LINE])
        if found and not _SOCIAL.match(found[0]):
            yield Unread(may_be="article", kind="link", text=clean.line(line, 200))


def _name_line(
    text: str, found: re.Match[str], kind: Literal["link", "body"], may_be: Sequence[MayBe]
) -> Iterator[Unread]:
    """The line in which something was found, once for each thing that it may be."""
    earliest = max(0, found.start() - 500)
    above = text.rfind("\n", earliest, found.start())
    start = above + 1 if above >= 0 else earliest
    line = text[start : start + 1000].partition("\n")[0]
    for what in may_be:
        yield Unread(may_be=what, kind=kind, text=clean.line(line, 200))
