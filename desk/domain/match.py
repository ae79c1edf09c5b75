"""Which submission an incoming mail belongs to. Pure: what is known of the submissions is an
argument.

First hit wins, and its sender must have taken part in that submission already:
1 In-Reply-To or References name a letter of ours (its Message-ID is keyed: nobody can make one up)
2 it was sent to the plus-address of one submission (keyed too)
All else counts only for an authenticated sender; a number can be guessed, a From can be forged:
3 In-Reply-To or References name a mail of the sender's own that is part of a submission
4 the subject bears the number
5 it brings, byte for byte, what one submission consists of
6 one submission waits for mending and this mail repeats its text, or its file's name and title
7 it says "bagian 2/2" where another mail says "bagian 1/2" of the same subject
8 it came within `settle` of another, and at most one of the two mails holds an article
9 nothing was attached to one submission, and here it is; what only lacks its photos or its article, an editor pairs

Where a hit names somebody else's submission, or there are several, an editor pairs the mail; it
opens nothing.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from desk.domain.similarity import OTHER_TEXT, SAME_TEXT, measure_similarity, stem, text_of
from redaksi.model import Examination, Submission, Verdict
from redaksi.states import State
from validators.seen import find_closed

NEEDS_MATCHING = "needs-matching"  # the doubt an editor resolves
_OPEN: frozenset[State] = frozenset({"revising", "incomplete", "noted"})
_CLOSED: frozenset[State] = frozenset({"quarantined", "failed", "not_a_submission", "received"})
# how long an article without photos waits for them in a mail of their own
_LACKS = timedelta(days=14)
_NUMBER = re.compile(r"(?<![\w-])W-\d{4}-\d{4,9}(?![\w-])", re.IGNORECASE)
_PART = re.compile(
    r"[(\[]?\s*(?:\b(?:bagian|bag\.|part)\s*(\d{1,2})\s*(?:/|dari|of)\s*(\d{1,2})\b"
    r"|(?<=[(\[])\s*(\d{1,2})\s*/\s*(\d{1,2})(?=\s*[)\]]))\s*[)\]]?",
    re.IGNORECASE,
)
# parts of one parcel are sent one after the other; a series of articles is not
_PARTS = timedelta(days=1)
_TEXTS = frozenset(
    {"docm", "dotx", "odt", "rtf", "wordml", "wordperfect", "encrypted", "pdf", "html"}
)
_BY_A_CAMERA = re.compile(r"\d{4}")


class Known(Struct, frozen=True, kw_only=True):
    """A submission, as far as a mail can be matched with it."""

    id: int
    number: str
    state: State
    participants: frozenset[str]  # addresses, lower-case
    submission: Submission | None = None  # of the newest try
    decision: Verdict | None = None  # on the newest try
    subject: str = ""  # of the newest mail
    arrived: datetime | None = None  # the newest mail, at its server
    mails: frozenset[str] = frozenset()  # Message-IDs of the mails it consists of


class Incoming(Struct, frozen=True, kw_only=True):
    """What a mail says about where it belongs."""

    sender: str  # lower-case addr-spec of From
    authenticated: bool  # dmarc=pass at our border
    # numbers of the letters of ours it answers, verified, the nearest first
    answers: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()  # every Message-ID it answers
    addressed: tuple[str, ...] = ()  # numbers whose plus-address it was sent to, verified
    subject: str = ""
    submission: Submission | None = None  # what came with it
    arrived: datetime | None = None  # at its server
    # how long after one mail another one of the same thing may come
    settle: timedelta = timedelta(0)


class Match(Struct, frozen=True, kw_only=True):
    """The submission a mail belongs to (None: a new one), how that is known, and why an editor
    must look."""

    id: int | None = None
    # "letter", "plus", "thread", "number", "same", "similar", "part", "settle", "lacks"
    by: str = ""
    doubt: str = ""
    # where an editor must look: the mail itself names a submission, its words are somebody's
    keyed: bool = False
    candidates: tuple[str, ...] = ()  # numbers of those it may belong to, where an editor must look


def match(incoming: Incoming, known: Sequence[Known]) -> Match:
    """Where the mail belongs. `known` holds every submission of the sender's and every one it
    names."""
    numbered = {entry.number.lower(): entry for entry in known}
    answered = _first(numbered.get(number.lower()) for number in incoming.answers)
    if answered is not None:
        return _keyed(incoming, [answered], "letter")
    if addressed := [numbered[n.lower()] for n in incoming.addressed if n.lower() in numbered]:
        return _keyed(incoming, addressed, "plus")
    named = [numbered[n] for n in numbers_in(incoming.subject) if n in numbered]
    if not incoming.authenticated:
        return _doubtful(named) if named else Match()
    own = [entry for entry in known if incoming.sender in entry.participants]
    if thread := _own_thread(incoming, own):
        return _keyed(incoming, thread, "thread")
    if named:
        return _keyed(incoming, named, "number")
    return _by_content(incoming, own)


def _own_thread(incoming: Incoming, own: Sequence[Known]) -> list[Known]:
    """The submissions that the nearest mail of the sender's own it answers is part of: a mail
    may hold several."""
    still = [entry for entry in own if entry.state not in _CLOSED]
    found = ([entry for entry in still if answered in entry.mails] for answered in incoming.thread)
    return next((some for some in found if some), [])


def _by_content(incoming: Incoming, own: Sequence[Known]) -> Match:
    """By what came with it, among the sender's own submissions."""
    if same := [
        entry for entry in own if entry.state not in _CLOSED and _same_files(incoming, entry)
    ]:
        return Match(id=same[-1].id, by="same")
    answers = [(entry, _waits_for_this(incoming, entry)) for entry in own]
    alike = [entry for entry, waits in answers if waits is not False]
    if alike:
        surely = [entry for entry, waits in answers if waits]
        return _only(alike, "similar") if surely else _doubtful(alike)
    found = _shortly_after(incoming, own)
    return found if found != Match() else _lacking(incoming, own)


def numbers_in(subject: str) -> frozenset[str]:
    """Submission numbers in a subject, lower-case."""
    return frozenset(found.lower() for found in _NUMBER.findall(subject[:1000]))


def part_of(subject: str) -> tuple[str, int, int] | None:
    """The subject without "bagian 1/2", and the 1 and the 2; None where it does not say so once."""
    parts = list(_PART.finditer(subject[:1000]))
    if len(parts) != 1:
        return None
    (part,) = parts
    number, count = (int(digits) for digits in part.groups() if digits)
    rest = subject[: part.start()] + " " + subject[part.end() :]
    bare = " ".join(re.findall(r"\w+", rest.casefold()))
    return (bare, number, count) if 1 <= number <= count > 1 else None


def submission_of(examination: Examination) -> Submission | None:
    """What came with a mail, when it is no more than one submission."""
    return examination.assessments[0].submission if len(examination.assessments) == 1 else None


def _doubtful(candidates: Sequence[Known]) -> Match:
    return Match(
        doubt=NEEDS_MATCHING, candidates=tuple(sorted(entry.number for entry in candidates))
    )


def _entered(incoming: Incoming, entry: Known, by: str) -> Match:
    if incoming.sender not in entry.participants:
        return _doubtful([entry])
    return Match() if entry.state in _CLOSED else Match(id=entry.id, by=by)


def _keyed(incoming: Incoming, found: Sequence[Known], by: str) -> Match:
    """By what somebody says who could not make it up: from an outsider, or for several, an
    editor sees it whatever came with it."""
    entered = _entered(incoming, found[0], by) if len(found) == 1 else _doubtful(found)
    return msgspec.structs.replace(entered, keyed=True) if entered.doubt else entered


def _same_files(incoming: Incoming, entry: Known) -> bool:
    mine, theirs = incoming.submission, entry.submission
    if mine is None or theirs is None or not (mine.documents or mine.photos):
        return False
    return _hashes(mine) == _hashes(theirs)


def _hashes(submission: Submission) -> frozenset[str]:
    return frozenset(entry.sha256 for entry in submission.documents) | {
        entry.sha256 for entry in submission.photos
    }


def _waits_for_this(incoming: Incoming, entry: Known) -> bool | None:
    """Whether it repeats what waits for mending; None where the file is called the same, the
    text partly another."""
    mine, theirs = incoming.submission, entry.submission
    if entry.state not in _OPEN or mine is None or theirs is None:
        return False
    alike = measure_similarity(text_of(mine.document), text_of(theirs.document))
    if alike is not None and (alike > SAME_TEXT or alike < OTHER_TEXT):
        return alike > SAME_TEXT
    if not mine.documents:
        return bool(_stems(mine) & _stems(Submission(photos=theirs.photos)))
    if not _stems(mine) & _stems(theirs):
        return False
    return True if alike is None or _title(mine) == _title(theirs) else None


def _title(submission: Submission) -> str:
    return " ".join(re.findall(r"\w+", submission.title.casefold()))


def _lacking(incoming: Incoming, own: Sequence[Known]) -> Match:
    """It brings what submissions of the sender's still lack altogether. Whose photos they are
    only an editor can see; but who attached nothing at all and sends it now is plain."""
    mine = incoming.submission
    if mine is None or not (mine.documents or mine.photos):
        return Match()
    if not incoming.settle or part_of(incoming.subject):
        return Match()
    waiting = [entry for entry in own if entry.state in _OPEN and _within(incoming, entry, _LACKS)]
    lacking = [entry for entry in waiting if entry.submission and _lacks(entry.submission, mine)]
    if len(lacking) == 1 and is_empty(lacking[0].submission):
        return Match(id=lacking[0].id, by="lacks")
    return _doubtful(lacking) if lacking else Match()


def _lacks(theirs: Submission, mine: Submission) -> bool:
    if is_empty(theirs):
        return True
    if has_article(theirs) and not theirs.documents:
        # a link, an archive, a PDF: what came was an article, only not one we could read
        return False
    if mine.documents and mine.photos:
        return False
    return not theirs.documents if mine.documents else not theirs.photos


def is_empty(submission: Submission | None) -> bool:
    """Whether nothing came at all, not even a link or something that could not be opened."""
    return submission is not None and not (
        submission.documents or submission.photos or has_article(submission)
    )


def _shortly_after(incoming: Incoming, known: Sequence[Known]) -> Match:
    """Of one thing with what came shortly before: parts that say so, else files without a second
    article."""
    if incoming.submission is None:
        return Match()
    near = [entry for entry in known if _takes_more(entry)]
    parts = [
        entry
        for entry in near
        if _within(incoming, entry, _PARTS) and _parts_of_one(incoming, entry)
    ]
    if parts:
        return _only(parts, "part")
    settling = [entry for entry in near if _within(incoming, entry, incoming.settle)]
    together = [entry for entry in settling if _belong_together(incoming, entry)]
    if len(together) > 1:  # it fills the gap of one of them, or an editor knows
        mine = incoming.submission
        together = [entry for entry in together if _fills(mine, entry.submission)] or together
    return _only(together, "settle")


def _only(found: Sequence[Known], by: str) -> Match:
    """The one it is; of several an editor's; of none a new submission."""
    if not found:
        return Match()
    return Match(id=found[0].id, by=by) if len(found) == 1 else _doubtful(found)


def _takes_more(entry: Known) -> bool:
    return entry.submission is not None and (
        entry.state in _OPEN or (entry.state == "review" and entry.decision == "accept")
    )


def _within(incoming: Incoming, entry: Known, span: timedelta) -> bool:
    if not span or incoming.arrived is None or entry.arrived is None:
        return False
    return abs(incoming.arrived - entry.arrived) <= span


def _parts_of_one(incoming: Incoming, entry: Known) -> bool:
    mine, theirs = part_of(incoming.subject), part_of(entry.subject)
    if mine is None or theirs is None:
        return False
    return mine[0] == theirs[0] and mine[2] == theirs[2] and mine[1] != theirs[1]


def _belong_together(incoming: Incoming, entry: Known) -> bool:
    mine, theirs = incoming.submission, entry.submission
    if mine is None or theirs is None or part_of(incoming.subject) or part_of(entry.subject):
        return False
    brings = mine.documents or mine.photos or mine.orphans or mine.loose
    return bool(brings) and not (has_article(mine) and has_article(theirs))


def has_article(submission: Submission) -> bool:
    """Whether it holds an article, also one that cannot be read, or may: none may be lost."""
    if submission.documents or submission.links or find_closed(submission):
        return True
    return any(other.kind in _TEXTS for other in submission.others)


def _fills(mine: Submission, theirs: Submission | None) -> bool:
    return theirs is not None and (not theirs.documents if mine.documents else not theirs.photos)


def _stems(submission: Submission) -> frozenset[str]:
    """Of its documents; where none came along, of photos a camera named: every article has a
    "Foto 1.jpg"."""
    if submission.documents:
        return frozenset(stem(entry.name) for entry in submission.documents)
    return frozenset(
        stem(entry.name) for entry in submission.photos if _BY_A_CAMERA.search(entry.name)
    )


def _first(found: Iterable[Known | None]) -> Known | None:
    return next((entry for entry in found if entry is not None), None)
