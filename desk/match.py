"""Which submission an incoming mail belongs to. Pure: what is known of the submissions is an argument.

First hit wins, and its sender must have taken part in that submission already:
1 In-Reply-To or References name a letter of ours (its Message-ID is keyed: nobody can make one up)
2 the subject bears the number, and the mail is authenticated: a number can be guessed, a From can be forged
3 the same sender, authenticated, has one submission that waits for mending and whose file or text this mail repeats

Where a hit names somebody else's submission, or there are several, an editor pairs the mail; it opens nothing.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from redaksi.model import Document, Examination, Submission
from redaksi.states import State

NEEDS_MATCHING = "needs-matching"  # the doubt an editor resolves
SAME_TEXT = 0.6  # share of the shingles two versions of one article have in common
OTHER_TEXT = 0.1  # below it two texts are two articles, whatever their files are called
_SHINGLE, _MOST_WORDS = 5, 20_000
_OPEN: frozenset[State] = frozenset({"revising", "incomplete"})
_CLOSED: frozenset[State] = frozenset({"withdrawn", "quarantined", "failed", "not_a_submission", "received"})
_NUMBER = re.compile(r"(?<![\w-])W-\d{4}-\d{4,9}(?![\w-])", re.IGNORECASE)
_BY_A_CAMERA = re.compile(r"\d{4}")
_COPY = re.compile(r"(?:\s*\(\d{1,3}\)|\s*-\s*(?:copy|salinan)|^(?:copy of|salinan)\s+)", re.IGNORECASE)


class Known(Struct, frozen=True, kw_only=True):
    """A submission, as far as a mail can be matched with it."""

    id: int
    number: str
    state: State
    participants: frozenset[str]  # addresses, lower-case
    submission: Submission | None = None  # of the newest try


class Incoming(Struct, frozen=True, kw_only=True):
    """What a mail says about where it belongs."""

    sender: str  # lower-case addr-spec of From
    authenticated: bool  # dmarc=pass at our border
    answers: tuple[str, ...] = ()  # numbers of the letters of ours it answers, verified, the nearest first
    subject: str = ""
    submission: Submission | None = None  # what came with it


class Match(Struct, frozen=True, kw_only=True):
    """The submission a mail belongs to (None: a new one), how that is known, and why an editor must look."""

    id: int | None = None
    by: str = ""  # "letter", "number", "similar"
    doubt: str = ""


def match(incoming: Incoming, known: Sequence[Known]) -> Match:
    """Where the mail belongs. `known` holds every submission of the sender's and every one it names."""
    numbered = {one.number.lower(): one for one in known}
    answered = _first(numbered.get(number.lower()) for number in incoming.answers)
    if answered is not None:
        return _entered(incoming, answered, "letter")
    named = [numbered[n] for n in numbers_in(incoming.subject) if n in numbered]
    if len(named) == 1 and incoming.authenticated:
        return _entered(incoming, named[0], "number")
    if named:
        return Match(doubt=NEEDS_MATCHING)
    alike = [one for one in known if incoming.authenticated and _waits_for_this(incoming, one)]
    if len(alike) == 1:
        return Match(id=alike[0].id, by="similar")
    return Match(doubt=NEEDS_MATCHING if alike else "")


def numbers_in(subject: str) -> frozenset[str]:
    """Submission numbers in a subject, lower-case."""
    return frozenset(found.lower() for found in _NUMBER.findall(subject[:1000]))


def stem(name: str) -> str:
    """A file's name without case, extension, "(1)" and "- Copy": what stays the same when it is sent again."""
    bare = re.sub(r"\.[^.\s]{1,5}$", "", name.casefold().strip())
    return " ".join(_COPY.sub("", bare).replace("_", " ").split()) or bare


def text_of(document: Document | None) -> str:
    """The words of a document; "" where they could not be read."""
    if document is None or not document.readable:
        return ""
    return " ".join(paragraph.text for paragraph in document.paragraphs)


def similarity(one: str, other: str) -> float | None:
    """Sorensen-Dice over shingles of five words, 0..1; None when either is too short to tell."""
    mine, theirs = _shingles(one), _shingles(other)
    if not mine or not theirs:
        return None
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def of_examination(examination: Examination) -> Submission | None:
    """What came with a mail, when it is no more than one submission."""
    return examination.judged[0].submission if len(examination.judged) == 1 else None


def _entered(incoming: Incoming, one: Known, by: str) -> Match:
    if incoming.sender not in one.participants:
        return Match(doubt=NEEDS_MATCHING)
    return Match() if one.state in _CLOSED else Match(id=one.id, by=by)


def _waits_for_this(incoming: Incoming, one: Known) -> bool:
    mine, theirs = incoming.submission, one.submission
    if one.state not in _OPEN or incoming.sender not in one.participants or mine is None or theirs is None:
        return False
    alike = similarity(text_of(mine.document), text_of(theirs.document))
    if alike is not None and (alike > SAME_TEXT or alike < OTHER_TEXT):
        return alike > SAME_TEXT
    if mine.documents:
        return bool(_stems(mine) & _stems(theirs))
    return bool(_stems(mine) & _stems(Submission(photos=theirs.photos)))


def _stems(submission: Submission) -> frozenset[str]:
    """Of its documents; where none came along, of photos a camera named: every article has a "Foto 1.jpg"."""
    if submission.documents:
        return frozenset(stem(one.name) for one in submission.documents)
    return frozenset(stem(one.name) for one in submission.photos if _BY_A_CAMERA.search(one.name))


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())[:_MOST_WORDS]
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))


def _first(found: Iterable[Known | None]) -> Known | None:
    return next((one for one in found if one is not None), None)
